#pragma once
#include <string>
#include <string_view>

#include "collector/assess/inputs.hpp"

namespace huxin::assess {

/// Writes a month's inputs as the JSON text that a closed month is kept as. The same inputs give
/// the same text. "format": "huxin-assessment-1". Its SHA-256 is what vouches for a closed month.
std::string to_text(const Inputs& inputs);
/// Reads it back; kCorrupt names what does not fit. kUnsupported: another format.
Result<Inputs> inputs_from(std::string_view text);

}  // namespace huxin::assess
