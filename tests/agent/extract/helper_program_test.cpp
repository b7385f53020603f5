#include "agent/extract/helper_program.hpp"

#include <sys/resource.h>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"

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

TEST_CASE(
    "a helper that cannot be started is not called uninstalled, and another moment may see more") {
#ifdef HUXIN_SANITIZED
  SKIP("the sanitizers need descriptors of their own");
#endif
  const auto letter = read_file(HUXIN_SOURCE_DIR "/tests/golden/letter.pdf");
  REQUIRE(letter);
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  const rlimit none{0, limit.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  const Outcome outcome = test::extract_all(*letter, "letter.pdf").outcome;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
  CHECK(outcome.reason == "no_worker");
  CHECK(may_pass(outcome));
  CHECK(test::extract_all(*letter, "letter.pdf").outcome.reason.empty());
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
