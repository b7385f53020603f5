#include "agent/extract/image/shrink.hpp"

#include <algorithm>
#include <utility>

namespace huxin::extract {

Shrink::Shrink(std::size_t width, std::size_t height) {
  while ((width / side_) * (height / side_) > kMostPixels) ++side_;
  image_.width = width / side_;
  most_ = image_.width * (height / side_);
  image_.pixels.reserve(most_);
  sums_.resize(image_.width);
}

void Shrink::add(const std::uint8_t* row) noexcept {
  if (image_.pixels.size() == most_) return;
  for (std::uint32_t& sum : sums_) {
    for (std::size_t i = 0; i < side_; ++i) sum += *row++;
  }
  if (++rows_ == side_) end_squares();
}

void Shrink::end_squares() noexcept {
  const auto area = static_cast<std::uint32_t>(side_ * side_);
  for (std::uint32_t& sum : sums_) {
    image_.pixels.push_back(static_cast<std::uint8_t>(sum / area));
    sum = 0;
  }
  rows_ = 0;
  ++image_.height;
}

GreyImage Shrink::take() && { return std::move(image_); }

}  // namespace huxin::extract
