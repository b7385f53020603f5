#include "policy/text/byte_search.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "policy/text/byte_block.hpp"

namespace huxin::text {
namespace {

// Bit i: bytes i and i + 1 of a block are both `byte`.
std::uint64_t pairs_in(const char* data, char byte) {
  const std::uint64_t found = ByteBlock(data).equal(static_cast<unsigned char>(byte));
  return found & found >> 1U;
}

}  // namespace

std::size_t detail::find_last_far(std::string_view text, char byte) {
  const void* const found = text.empty() ? nullptr : memrchr(text.data(), byte, text.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// Blocks share a byte, so that a pair is whole in one.
std::size_t find_pair(std::string_view text, char byte) {
  std::size_t at = 0;
  for (; text.size() - at >= ByteBlock::kSize; at += ByteBlock::kSize - 1) {
    if (const std::uint64_t pairs = pairs_in(text.data() + at, byte); pairs != 0)
      return at + static_cast<std::size_t>(std::countr_zero(pairs));
  }
  const char both[] = {byte, byte};
  return text.find(std::string_view(both, 2), at);
}

std::size_t find_last_pair(std::string_view text, char byte) {
  std::size_t end = text.size();
  for (; end >= ByteBlock::kSize; end -= ByteBlock::kSize - 1) {
    const std::size_t begin = end - ByteBlock::kSize;
    if (const std::uint64_t pairs = pairs_in(text.data() + begin, byte); pairs != 0)
      return begin + static_cast<std::size_t>(63 - std::countl_zero(pairs));
  }
  const char both[] = {byte, byte};
  return text.substr(0, end).rfind(std::string_view(both, 2));
}

std::size_t count(std::string_view text, char byte) {
  std::size_t count = 0;
  for (; text.size() >= ByteBlock::kSize; text.remove_prefix(ByteBlock::kSize)) {
    const ByteBlock block(text.data());
    count += static_cast<std::size_t>(std::popcount(block.equal(static_cast<unsigned char>(byte))));
  }
  return count + static_cast<std::size_t>(std::ranges::count(text, byte));
}

}  // namespace huxin::text
