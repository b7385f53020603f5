#include "policy/text/byte_search.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "policy/text/byte_block.hpp"

namespace huxin::text {

std::size_t find_last(std::string_view text, char byte) {
  const void* const found = memrchr(text.data(), byte, text.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
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
