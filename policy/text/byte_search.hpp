#pragma once
// What <string_view> does byte by byte, many bytes at once: it is asked of whole windows, and of
// the line before every number.
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policy/text/byte_block.hpp"

namespace huxin::text {

/// Where the next `byte` of a text stands from `at` on, and the last one of a text; npos where none
/// does. Mostly it is near, and a line's end: a block is looked at before the search proper.
std::size_t find_next(std::string_view text, char byte, std::size_t at = 0);
std::size_t find_last(std::string_view text, char byte);
/// Where the first two of `byte` in a row begin, or the last two; npos where none do.
std::size_t find_pair(std::string_view text, char byte);
std::size_t find_last_pair(std::string_view text, char byte);
std::size_t count(std::string_view text, char byte);

namespace detail {
std::size_t find_last_far(std::string_view text, char byte);
}  // namespace detail

inline std::size_t find_next(std::string_view text, char byte, std::size_t at) {
  if (text.size() >= at + ByteBlock::kSize) {
    const auto found = ByteBlock(text.data() + at).equal(static_cast<unsigned char>(byte));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
    at += ByteBlock::kSize;
  }
  return text.find(byte, at);
}

inline std::size_t find_last(std::string_view text, char byte) {
  if (text.size() >= ByteBlock::kSize) {
    const std::size_t begin = text.size() - ByteBlock::kSize;
    const auto found = ByteBlock(text.data() + begin).equal(static_cast<unsigned char>(byte));
    if (found != 0) return begin + static_cast<std::size_t>(63 - std::countl_zero(found));
    text = text.substr(0, begin);
  }
  return detail::find_last_far(text, byte);
}

/// Calls `use` with the place of every `byte` of a text, in order.
template <class Use>
void for_each(std::string_view text, char byte, const Use& use) {
  std::size_t done = 0;
  while (text.size() >= ByteBlock::kSize && done < text.size()) {
    const std::size_t begin = std::min(done, text.size() - ByteBlock::kSize);
    const std::uint64_t found =
        ByteBlock(text.data() + begin).equal(static_cast<unsigned char>(byte));
    for (std::uint64_t rest = found >> (done - begin); rest != 0; rest &= rest - 1)
      use(done + static_cast<std::size_t>(std::countr_zero(rest)));
    done = begin + ByteBlock::kSize;
  }
  if (done > 0) return;
  for (std::size_t at = text.find(byte); at != std::string_view::npos; at = text.find(byte, at + 1))
    use(at);
}

}  // namespace huxin::text
