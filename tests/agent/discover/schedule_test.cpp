#include "agent/discover/schedule.hpp"

#include <catch2/catch_test_macros.hpp>

#include "agent/discover/pressure.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::discover {
namespace {

using namespace std::chrono_literals;

Time at(std::string_view text) { return from_rfc3339(text).value(); }

/// 12:30 on working days, in China.
rule::DiscoverSettings noon() {
  rule::DiscoverSettings settings;
  settings.at = 12h + 30min;
  for (unsigned day = 1; day <= 5; ++day) settings.days.emplace_back(day);
  return settings;
}

}  // namespace

TEST_CASE("a run is due at its time of day, once, and made up when it was missed") {
  struct Row {
    std::string_view why, now;
    std::optional<std::string_view> last;
    bool due;
  };
  // 2026-03-02 is a Monday; branch time is eight hours ahead.
  const Row rows[] = {
      {"never ran: due at once", "2026-03-02T00:00:00Z", std::nullopt, true},
      {"a minute before", "2026-03-02T04:29:00Z", "2026-02-27T04:30:00Z", false},
      {"on the minute", "2026-03-02T04:30:00Z", "2026-02-27T04:30:00Z", true},
      {"it has run today", "2026-03-02T09:00:00Z", "2026-03-02T04:30:10Z", false},
      {"switched on in the afternoon: made up", "2026-03-02T09:00:00Z", "2026-02-27T04:30:10Z",
       true},
      {"made up once, whatever was missed", "2026-03-02T09:00:01Z", "2026-03-02T09:00:00Z", false},
      {"a Saturday is no day of it", "2026-03-07T05:00:00Z", "2026-03-06T04:30:10Z", false},
      {"a run by hand in the morning is not the schedule's: its own last counts",
       "2026-03-03T04:31:00Z", "2026-03-02T04:30:10Z", true},
      {"off over the weekend: Friday's is made up on Saturday", "2026-03-07T05:00:00Z",
       "2026-03-05T04:30:10Z", true},
      {"the clock was set back: not again", "2026-03-02T04:31:00Z", "2026-03-04T04:30:10Z", false},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    const auto last = row.last ? std::optional(at(*row.last)) : std::nullopt;
    CHECK(is_due(noon(), at(row.now), last, 8h) == row.due);
  }
}

TEST_CASE("without a time of day nothing is ever due; without days every day counts") {
  rule::DiscoverSettings settings;
  CHECK_FALSE(is_due(settings, at("2026-03-02T00:00:00Z"), std::nullopt, 8h));
  settings.at = 0min;
  CHECK(newest_due(settings, at("2026-03-01T15:59:59Z"), 8h) == at("2026-02-28T16:00:00Z"));
  CHECK(newest_due(settings, at("2026-03-01T16:00:00Z"), 8h) == at("2026-03-01T16:00:00Z"));
  settings.days = {std::chrono::Sunday};
  CHECK(newest_due(settings, at("2026-03-06T16:00:00Z"), 8h) == at("2026-02-28T16:00:00Z"));
}

TEST_CASE(
    "the machine is busy by its pressure, or by its load where the kernel tells no pressure") {
  struct Row {
    std::string_view why, cpu, io, load;
    bool busy;
  };
  const Row rows[] = {
      {"idle", "some avg10=0.00 avg60=9 total=1", "some avg10=0.00", "9.0 1 1", false},
      {"somebody waits for a processor", "some avg10=35.20 avg60=0", "some avg10=0.00", "", true},
      {"somebody waits for the disk", "some avg10=1.00", "some avg10=12.5 avg60=0", "", true},
      {"no pressure told, little load", "", "", "1.20 0 0 1/200 7", false},
      {"no pressure told, much load", "", "", "2.50 0 0 1/200 7", true},
      {"nothing told", "", "", "", false},
      {"told in another tongue", "full avg10=99", "avg10", "much", false},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    const test::TempDir proc;
    if (!row.cpu.empty()) proc.write("pressure/cpu", row.cpu);
    if (!row.io.empty()) proc.write("pressure/io", row.io);
    if (!row.load.empty()) proc.write("loadavg", row.load);
    CHECK(Pressure(proc.path(), 2).busy() == row.busy);
  }
}

}  // namespace huxin::discover
