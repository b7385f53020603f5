#pragma once
#include <cstdint>
#include <vector>

#include "agent/extract/image/grey_image.hpp"

namespace huxin::extract {

/// Makes a picture of rows smaller by a whole factor while they come, so that no more than
/// kMostPixels are left: each pixel is the mean of a square.
class Shrink {
 public:
  /// Takes all the memory it will need.
  Shrink(std::size_t width, std::size_t height);

  /// The next row, `width` shades. Rows beyond `height` are passed over.
  void add(const std::uint8_t* row) noexcept;
  /// Rows that did not come are missing. Without pixels when the picture is too narrow for its
  /// size.
  GreyImage take() &&;

 private:
  void end_squares() noexcept;

  std::size_t side_ = 1;
  std::size_t most_;
  std::size_t rows_ = 0;             ///< added of the squares that are being filled
  std::vector<std::uint32_t> sums_;  ///< of each of them
  GreyImage image_;
};

}  // namespace huxin::extract
