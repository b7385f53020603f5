#pragma once
#include <bit>
#include <cstring>

#include "policy/base/bytes.hpp"

namespace huxin::known {

static_assert(std::endian::native == std::endian::little);

/// Reads and writes a little-endian number, wherever it lies; the caller has checked that it does.
template <class T>
T number_at(ByteView file, std::size_t at) {
  T number{};
  std::memcpy(&number, file.data() + at, sizeof number);
  return number;
}
template <class T>
void put_number(Bytes& file, std::size_t at, T number) {
  std::memcpy(file.data() + at, &number, sizeof number);
}

}  // namespace huxin::known
