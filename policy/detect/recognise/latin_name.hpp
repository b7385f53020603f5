#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the name in Pinyin that begins at `at`, no further than `stop`: two to four words of whole
/// syllables, each in capitals or with one in front, between single spaces, commas or slashes, as
/// passports (ICAO 9303-3, 4.6) and cards have them. ASCII.
std::optional<Span> latin_name(std::string_view text, std::size_t at, std::size_t stop);

}  // namespace huxin::detect
