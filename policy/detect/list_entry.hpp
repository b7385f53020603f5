#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::detect {

/// What the lines of a list look like, which has one value on each line.
enum class EntryShape : std::uint8_t {
  kCode,  ///< ASCII: numbers, passwords, Latin names
  kText,  ///< with characters beyond: names, addresses
};

/// The shape of a line as the entry of a list; nullopt where it is blank, longer than 40 bytes of
/// ASCII or 160 of text, or has the marks of a sentence or of several fields.
std::optional<EntryShape> entry_shape(std::string_view line);

/// The shape that the first three lines at `begin` have in common, as far as `stop`; nullopt where
/// they have none, or are fewer.
std::optional<EntryShape> list_shape(std::string_view text, std::size_t begin, std::size_t stop);

}  // namespace huxin::detect
