#pragma once
// What <string_view> does byte by byte, many bytes at once: it is asked of whole windows, and of
// the line before every number.
#include <cstddef>
#include <string_view>

namespace huxin::text {

/// Where the last `byte` of a text stands; npos where none does.
std::size_t find_last(std::string_view text, char byte);
/// Where the first two of `byte` in a row begin, or the last two; npos where none do.
std::size_t find_pair(std::string_view text, char byte);
std::size_t find_last_pair(std::string_view text, char byte);
std::size_t count(std::string_view text, char byte);

}  // namespace huxin::text
