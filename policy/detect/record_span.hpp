#pragma once
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Bytes of plain text on either side of a value that its record has at most.
inline constexpr std::size_t kRecordReach = 200;

/// What stands around a value and may tell whose it is: of a table its row, at most 64 cells and
/// 2048 bytes on either side; of plain text kRecordReach on either side, up to a blank line.
Span record_around(const Layout& layout, const Span& value);

}  // namespace huxin::detect
