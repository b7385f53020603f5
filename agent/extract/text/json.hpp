#pragma once
#include <string_view>

namespace huxin::extract {

/// Says whether text begins like JSON (RFC 8259) or lines of it, by parsing the start. `whole` says
/// that the text is all there is. A number or a string alone is not taken for JSON.
bool looks_like_json(std::string_view text, bool whole);

}  // namespace huxin::extract
