#include "policy/base/zeroed_array.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <catch2/catch_test_macros.hpp>

using namespace huxin;

TEST_CASE("an array begins with zeros, small or of large pages, and keeps what is written") {
  for (const std::size_t size : {1U, 1000U, 262'144U, 1'000'003U}) {
    INFO(size);
    ZeroedArray<std::uint64_t> array(size);
    CHECK(array.size() == size);
    CHECK(std::ranges::all_of(array, [](std::uint64_t value) { return value == 0; }));
    for (std::size_t i = 0; i < size; ++i) array[i] = i;
    const ZeroedArray<std::uint64_t> moved = std::exchange(array, ZeroedArray<std::uint64_t>(8));
    CHECK(moved[size - 1] == size - 1);
    CHECK(std::ranges::is_sorted(moved));
    CHECK(array[0] == 0);
  }
}
