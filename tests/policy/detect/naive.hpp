#pragma once
// A matcher that is slow, simple and shares no code with the detector: it reads the fact files
// itself and computes check digits as the standards write them down.
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace huxin::detect::test {

/// begin → end, element's number; bytes of the file.
using Places = std::map<std::size_t, std::pair<std::size_t, unsigned>>;

/// Finds D01, D27, D40 and D41 in bytes that are to be UTF-8. A word is a stretch of ASCII letters
/// and digits or their full-width twins; U+200B inside it is not there; it is one of these elements
/// whole or not at all.
Places naively(std::string_view bytes);

}  // namespace huxin::detect::test
