#include "agent/watch/decision_cache.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::watch {
namespace {

const DecisionCache::Moment kStart = DecisionCache::Moment{} + std::chrono::hours(1);

DecisionCache::Key key(std::uint64_t inode, std::uint32_t uid = 1,
                       std::string process = "/bin/cat") {
  return {.version = {.device = 1, .inode = inode, .mtime_ns = 5, .ctime_ns = 6, .size = 7},
          .uid = uid,
          .process = std::move(process)};
}

}  // namespace

TEST_CASE("a decision is remembered for its version, user and process alone, and for a minute") {
  DecisionCache cache;
  cache.put(key(1), false, kStart);
  CHECK(cache.find(key(1), kStart) == false);
  CHECK_FALSE(cache.find(key(2), kStart).has_value());
  CHECK_FALSE(cache.find(key(1, 2), kStart).has_value());
  CHECK_FALSE(cache.find(key(1, 1, "/bin/cp"), kStart).has_value());
  auto rewritten = key(1);
  rewritten.version.ctime_ns = 8;
  CHECK_FALSE(cache.find(rewritten, kStart).has_value());
  CHECK_FALSE(cache.find(key(1), kStart + DecisionCache::kLifetime).has_value());
}

TEST_CASE("the cache keeps those used last when it is full") {
  DecisionCache cache;
  for (std::uint64_t i = 0; i < DecisionCache::kLimit; ++i) cache.put(key(i), true, kStart);
  REQUIRE(cache.find(key(0), kStart));
  cache.put(key(9999), true, kStart);
  CHECK(cache.size() == DecisionCache::kLimit);
  CHECK(cache.find(key(0), kStart));
  CHECK_FALSE(cache.find(key(1), kStart).has_value());
}

TEST_CASE("a version is trusted only when its clock has moved on") {
  constexpr std::int64_t kSecond = 1'000'000'000;
  struct Row {
    std::int64_t changed, now;
    bool settled;
    std::string_view reason;
  };
  const Row rows[] = {
      {100 * kSecond + 1, 100 * kSecond + 10'000'000, false, "within two ticks"},
      {100 * kSecond + 1, 100 * kSecond + 30'000'000, true, "ticks later"},
      {100 * kSecond, 102 * kSecond, false, "whole seconds, as FAT counts in twos"},
      {100 * kSecond, 104 * kSecond, true, "whole seconds, long ago"},
      {100 * kSecond + 1, 90 * kSecond, false, "changed in the future: the clock was set back"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    CHECK(
        has_settled(
            {.device = 1, .inode = 1, .mtime_ns = row.changed, .ctime_ns = row.changed, .size = 1},
            row.now) == row.settled);
  }
}

}  // namespace huxin::watch
