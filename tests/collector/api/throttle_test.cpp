#include <catch2/catch_test_macros.hpp>

#include "collector/api/sessions.hpp"
#include "collector/api/throttle.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::api {
namespace {

using std::chrono::seconds;

TEST_CASE("Guessing gets slower with each failure, up to a quarter of an hour") {
  test::FakeClock clock(Time(std::chrono::hours(100'000)));
  Throttle throttle(clock, 3);
  for (int i = 0; i < 3; ++i) CHECK(throttle.begin("li.wei").count() == 0);
  CHECK(throttle.begin("li.wei") == seconds(2));
  CHECK(throttle.begin("wang.fang").count() == 0);
  seconds longest{};
  for (int i = 0; i < 20; ++i) {
    const seconds wait = throttle.begin("li.wei");
    longest = std::max(longest, wait);
    clock.advance(wait);
    CHECK(throttle.begin("li.wei").count() == 0);
  }
  CHECK(longest == std::chrono::minutes(15));
  clock.advance(std::chrono::hours(2));
  for (int i = 0; i < 3; ++i) CHECK(throttle.begin("li.wei").count() == 0);
}

TEST_CASE("Success forgives a user; it takes back one attempt of an address") {
  test::FakeClock clock(Time(std::chrono::hours(100'000)));
  Throttle throttle(clock, 3);
  for (int i = 0; i < 3; ++i) throttle.begin("li.wei");
  throttle.succeeded("li.wei");
  CHECK(throttle.begin("li.wei").count() == 0);
  for (int i = 0; i < 3; ++i) throttle.begin("10.0.0.1");
  throttle.take_back("10.0.0.1");
  CHECK(throttle.begin("10.0.0.1").count() == 0);
  CHECK(throttle.begin("10.0.0.1").count() > 0);
}

TEST_CASE("A throttle with a short longest wait never keeps anybody out for longer") {
  test::FakeClock clock(Time(std::chrono::hours(100'000)));
  Throttle throttle(clock, 1, seconds(30));
  for (int i = 0; i < 40; ++i) {
    const seconds wait = throttle.begin("li.wei");
    CHECK(wait <= seconds(30));
    clock.advance(wait);
  }
}

TEST_CASE("A session ends idle, with its day, with its password and with its user") {
  test::FakeClock clock(Time(std::chrono::hours(100'000)));
  Sessions sessions(clock);
  store::User user{.name = "li.wei", .roles = {store::Role::kOfficer}, .password = "$argon2id$…"};
  const std::string token = sessions.begin(user);
  CHECK(token.size() == 64);
  CHECK(sessions.touch(token) == "li.wei");
  CHECK(sessions.confirm(token, user));
  SECTION("idle") {
    clock.advance(std::chrono::minutes(15) + seconds(1));
    CHECK_FALSE(sessions.touch(token));
  }
  SECTION("twelve hours in all") {
    for (int i = 0; i < 73; ++i) {
      clock.advance(std::chrono::minutes(10));
      sessions.touch(token);
    }
    CHECK_FALSE(sessions.touch(token));
  }
  SECTION("password changed") {
    user.password = "another";
    CHECK_FALSE(sessions.confirm(token, user));
    CHECK_FALSE(sessions.touch(token));
  }
  SECTION("disabled") {
    user.disabled = true;
    CHECK_FALSE(sessions.confirm(token, user));
  }
  SECTION("the seventeenth session ends the oldest") {
    for (int i = 0; i < 16; ++i) {
      clock.advance(seconds(1));
      sessions.begin(user);
    }
    CHECK_FALSE(sessions.touch(token));
  }
}

}  // namespace
}  // namespace huxin::api
