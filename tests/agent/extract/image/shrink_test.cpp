#include "agent/extract/image/shrink.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::extract::test {

TEST_CASE("a picture that fits stays as it is") {
  Shrink shrink(3, 2);
  const Bytes rows[] = {{1, 2, 3}, {4, 5, 6}};
  for (const Bytes& row : rows) shrink.add(row.data());
  const GreyImage image = std::move(shrink).take();
  CHECK(image.width == 3);
  CHECK(image.height == 2);
  CHECK(image.pixels == Bytes{1, 2, 3, 4, 5, 6});
}

TEST_CASE("each pixel of a larger one is the mean of a square, and what fills none is left out") {
  constexpr std::size_t kWide = 5001;
  constexpr std::size_t kHigh = 5000;  // squares of two: 2,500 by 2,500
  Shrink shrink(kWide, kHigh);
  Bytes even(kWide, 10);
  Bytes odd(kWide, 20);
  odd[1] = 60;
  for (std::size_t y = 0; y < kHigh + 2; ++y) shrink.add((y % 2 == 0 ? even : odd).data());
  const GreyImage image = std::move(shrink).take();
  CHECK(image.width == 2500);
  CHECK(image.height == 2500);
  REQUIRE(image.pixels.size() == std::size_t{2500} * 2500);
  CHECK(image.pixels[0] == 25);
  CHECK(image.pixels[1] == 15);
  CHECK(image.pixels.back() == 15);
}

TEST_CASE("a picture too narrow for its size has no pixels left") {
  Shrink shrink(1, 2 * kMostPixels);
  const std::uint8_t row = 7;
  shrink.add(&row);
  CHECK(std::move(shrink).take().pixels.empty());
}

}  // namespace huxin::extract::test
