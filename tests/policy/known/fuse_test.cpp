#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>
#include <set>

#include "policy/known/fuse_builder.hpp"

namespace huxin::known {
namespace {

constexpr std::uint64_t kSeed = 20260301;

std::vector<std::uint64_t> random_keys(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::set<std::uint64_t> keys;
  while (keys.size() < count) keys.insert(random());
  return {keys.begin(), keys.end()};
}

bool has(const Fuse& fuse, std::uint64_t key) {
  return fuse_contains(fuse.layout, fuse.array, key);
}

}  // namespace

TEST_CASE("a filter misses none of a million keys, and takes about nine bits for each") {
  const auto keys = random_keys(1'000'000, 1);
  const auto fuse = build_fuse(keys, kSeed);
  REQUIRE(fuse);
  CHECK(std::ranges::all_of(keys, [&](std::uint64_t key) { return has(*fuse, key); }));
  CHECK(8.0 * static_cast<double>(fuse->array.size()) / 1e6 < 9.3);
}

TEST_CASE("one in 256 of the others is taken for a key") {
  const auto fuse = build_fuse(random_keys(200'000, 2), kSeed);
  REQUIRE(fuse);
  std::mt19937_64 random(3);
  constexpr int kAsked = 1'000'000;
  int taken = 0;
  for (int i = 0; i < kAsked; ++i) taken += has(*fuse, random()) ? 1 : 0;
  // 3,906 are expected; six standard deviations are 374.
  CHECK(taken > 3906 - 374);
  CHECK(taken < 3906 + 374);
}

TEST_CASE("every small number of keys makes a filter that has them all") {
  for (std::size_t count = 0; count <= 300; ++count) {
    const auto keys = random_keys(count, 100 + count);
    const auto fuse = build_fuse(keys, kSeed + count);
    CAPTURE(count);
    REQUIRE(fuse);
    CHECK(fuse->array.size() == fuse->layout.length());
    CHECK(fuse->layout.sane());
    CHECK(std::ranges::all_of(keys, [&](std::uint64_t key) { return has(*fuse, key); }));
  }
}

TEST_CASE("keys that are not spread at all make a filter too") {
  std::vector<std::uint64_t> keys(50'000);
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = i;
  const auto fuse = build_fuse(keys, 0);
  REQUIRE(fuse);
  CHECK(std::ranges::all_of(keys, [&](std::uint64_t key) { return has(*fuse, key); }));
}

TEST_CASE("a key that stands twice is an error, and no filter that misses") {
  const std::vector<std::uint64_t> keys{7, 7};
  CHECK(build_fuse(keys, kSeed).error().code == Errc::kInternal);
}

TEST_CASE("the same keys and seed make the same filter") {
  const auto keys = random_keys(10'000, 4);
  CHECK(build_fuse(keys, kSeed)->array == build_fuse(keys, kSeed)->array);
  CHECK(build_fuse(keys, kSeed)->array != build_fuse(keys, kSeed + 1)->array);
}

TEST_CASE("numbers from outside that are no layout are told") {
  CHECK(FuseLayout{.segment_length = 4, .segments = 1}.sane());
  CHECK_FALSE(FuseLayout{.segment_length = 0, .segments = 1}.sane());
  CHECK_FALSE(FuseLayout{.segment_length = 24, .segments = 1}.sane());
  CHECK_FALSE(FuseLayout{.segment_length = 1U << 19U, .segments = 1}.sane());
  CHECK_FALSE(FuseLayout{.segment_length = 4, .segments = 0}.sane());
  CHECK_FALSE(FuseLayout{.segment_length = 1U << 18U, .segments = 0xFFFFFFFFU}.sane());
}

}  // namespace huxin::known
