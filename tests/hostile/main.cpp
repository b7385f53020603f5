// The hostile table: input made to break whoever reads it × what became of it, through the caged
// workers. `huxin_hostile [FAMILY…]`; exit 1 when a row does not hold.
#include <signal.h>

#include <algorithm>
#include <exception>
#include <span>

#include <fmt/format.h>

#include "tests/hostile/trial.hpp"

using namespace huxin::hostile;

namespace {

struct Family {
  std::string_view name;
  Rows (*rows)();
};

constexpr Family kFamilies[] = {{"bombs", bombs},
                                {"depths", depths},
                                {"pictures", pictures},
                                {"disguises", disguises},
                                {"strange_files", strange_files},
                                {"damaged_documents", damaged_documents}};

std::string outcomes_text(const Seen& seen) {
  std::string text;
  const bool one = seen.outcomes.size() == 1;
  for (const auto& [outcome, count] : seen.outcomes) {
    if (!text.empty()) text += "; ";
    text += one ? outcome : fmt::format("{} {}", count, outcome);
  }
  return text;
}

bool run(const Family& family, Trial& trial) {
  bool good = true;
  for (const Row& row : family.rows()) {
    const Seen seen = trial.run(row);
    const std::string memory =
        seen.memory.resident > 0
            ? fmt::format("{:.0f} | {:.0f}", seen.memory.resident, seen.memory.own)
            : "— | —";  // no worker was handed it
    fmt::print("| {} | {} | {:.2f} | {} |\n", row.name, outcomes_text(seen), seen.slowest.count(),
               memory);
    for (const std::string& fault : seen.faults) fmt::print("  FAULT: {}\n", fault);
    good = good && seen.faults.empty();
    std::fflush(stdout);
  }
  return good;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::span<char*> wanted(argv + 1, static_cast<std::size_t>(argc - 1));
  ::signal(SIGPIPE, SIG_IGN);  // a worker may close a pipe that a row still writes to
  Trial trial;
  bool good = true;
  fmt::print("| input | outcome | seconds | MB | private MB |\n|---|---|--:|--:|--:|\n");
  for (const Family& family : kFamilies) {
    const bool asked = wanted.empty() || std::ranges::any_of(wanted, [&](std::string_view name) {
                         return name == family.name;
                       });
    if (asked) good = run(family, trial) && good;
  }
  return good ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 2;
}
