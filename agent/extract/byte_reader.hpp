#pragma once
#include <algorithm>
#include <cstdint>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Reads numbers one after another out of a view, which it borrows: little-endian ones, and those
/// that end in "be" the other way round. What lies beyond
/// the end reads as 0, and failed() is true from then on.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes, std::size_t at = 0)
      : bytes_(bytes), at_(std::min(at, bytes.size())), failed_(at > bytes.size()) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  std::uint16_t u16be() { return __builtin_bswap16(u16()); }
  std::uint32_t u32be() { return __builtin_bswap32(u32()); }
  /// The next `size` bytes, or as many of them as there are.
  ByteView take(std::size_t size) {
    if (size > left()) failed_ = true;
    const ByteView taken = bytes_.subspan(at_, std::min(size, left()));
    at_ += taken.size();
    return taken;
  }
  void skip(std::size_t size) { take(size); }

  std::size_t at() const { return at_; }  ///< bytes from the view's beginning
  std::size_t left() const { return bytes_.size() - at_; }
  ByteView rest() const { return bytes_.subspan(at_); }
  bool failed() const { return failed_; }

 private:
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    const ByteView taken = take(size);
    if (taken.size() < size) return 0;
    for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{taken[i]} << (8 * i);
    return value;
  }

  ByteView bytes_;
  std::size_t at_;
  bool failed_;
};

}  // namespace huxin::extract
