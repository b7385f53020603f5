#include "agent/extract/helper_program.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::extract {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

struct Ran {
  HelperExit exit;
  std::string output, reason;
  Clock::duration took{};
};

Ran run(const std::string& script, std::chrono::milliseconds deadline, bool enough = false) {
  const Budget budget{.deadline = deadline};
  const Sink sink = [](text::Document&&) { return true; };
  const auto start = Clock::now();
  Extraction extraction(budget, sink);
  Ran ran;
  ran.exit = run_helper({"/bin/sh", "-c", script}, as_bytes("input"), extraction,
                        [&](std::string_view text) {
                          ran.output += text;
                          if (enough) extraction.stop("stopped");
                        });
  ran.took = Clock::now() - start;
  ran.reason = extraction.reason();
  return ran;
}

}  // namespace

TEST_CASE("a helper reads the input, and its output, errors and exit code come back") {
  const Ran ran = run("cat; echo told >&2; exit 3", 10s);
  CHECK(ran.exit.started);
  CHECK(ran.exit.code == 3);
  CHECK(ran.output == "input");
  CHECK(ran.exit.errors == "told\n");
  CHECK(ran.reason.empty());
}

TEST_CASE("a helper whose own time is over is killed, and the extraction goes on") {
  const Budget budget{.deadline = 10s};
  const Sink sink = [](text::Document&&) { return true; };
  Extraction extraction(budget, sink);
  const auto run_for = [&](milliseconds patience) {
    return run_helper({"/bin/sh", "-c", "exec sleep 30"}, {}, extraction, [](auto) {}, patience);
  };
  const auto start = Clock::now();
  const HelperExit exit = run_for(200ms);
  CHECK(Clock::now() - start < 2s);
  CHECK(exit.overdue);
  CHECK(exit.code == -1);
  CHECK_FALSE(extraction.stopped());
  CHECK(extraction.reason().empty());
}

TEST_CASE("a helper that does not end is killed when the extraction stops") {
  struct Row {
    std::string script;
    bool enough;
    std::string reason, why;
  };
  const Row rows[] = {
      {"exec sleep 30", false, "timeout", "it waits, and burns no processor time"},
      {"exec sleep 30 >&- 2>&-", false, "timeout", "it has closed its output, and lives on"},
      {"trap '' TERM PIPE; while :; do :; done", false, "timeout", "it ignores what it can"},
      {"echo some; exec sleep 30", true, "stopped", "nobody wants more of it"},
  };
  for (const Row& row : rows) {
    const Ran ran = run(row.script, row.enough ? 10'000ms : 200ms, row.enough);
    INFO(row.why);
    CHECK(ran.took < 1s);
    CHECK(ran.reason == row.reason);
    CHECK(ran.exit.code == -1);
  }
}

}  // namespace huxin::extract
