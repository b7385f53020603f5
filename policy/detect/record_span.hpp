#pragma once
#include <array>

#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Bytes of plain text on either side of a value that its record has at most.
inline constexpr std::size_t kRecordReach = 200;

/// What stands around a value and may tell whose it is: of a table its row, at most 64 cells and
/// 2048 bytes on either side; of plain text kRecordReach on either side, up to a blank line.
Span record_around(const Layout& layout, const Span& value);

/// The lines of plain text above and below the one that a record stands on, as line_around() gives
/// them; empty where there is none, or where it ends in a digit, as no line does that names
/// somebody alone.
std::array<Span, 2> lines_above_and_below(std::string_view text, const Span& record);

}  // namespace huxin::detect
