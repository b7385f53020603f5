#include "collector/ingest/pace.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

std::string name(int number) { return "T-" + std::to_string(number); }

TEST_CASE("Few terminals are asked often, many seldom, and one with an order under way often") {
  Pace pace;
  const Time now(std::chrono::hours(500'000));
  CHECK(pace.next("T-0", false, now) == milliseconds(2'000));
  for (int i = 0; i < 100; ++i) pace.next(name(i), false, now);
  CHECK(pace.next("T-0", false, now) == milliseconds(4'000));
  for (int i = 0; i < 5'000; ++i) pace.next(name(i), false, now);
  CHECK(pace.next("T-0", false, now) == milliseconds(30'000));
  CHECK(pace.next("T-0", true, now) == milliseconds(2'000));
}

TEST_CASE("Terminals that fell silent are forgotten, also when the clock was put back") {
  Pace pace;
  const Time now(std::chrono::hours(500'000));
  for (int i = 0; i < 500; ++i) pace.next(name(i), false, now);
  CHECK(pace.next("T-0", false, now) == milliseconds(20'000));
  CHECK(pace.next("T-0", false, now + minutes(5)) == milliseconds(2'000));
  CHECK(pace.next("T-0", false, now - minutes(60)) == milliseconds(2'000));
}

}  // namespace
}  // namespace huxin::ingest
