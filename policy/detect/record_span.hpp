#pragma once
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// What stands around a value and may tell whose it is: of a table its row, at most 64 cells and
/// 2048 bytes on either side; of plain text 200 bytes on either side, up to a blank line.
Span record_around(const Layout& layout, const Span& value);

}  // namespace huxin::detect
