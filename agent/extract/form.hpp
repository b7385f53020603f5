#pragma once
#include <string>
#include <string_view>

namespace huxin::extract {

/// Says whether text is an application/x-www-form-urlencoded body: nothing but its characters,
/// pairs with '=', and at least one '&', '%XX' or '+'.
bool looks_like_form(std::string_view head);

/// Resolves %XX and '+'. A '%' without two hexadecimal digits stays.
std::string percent_decoded(std::string_view text);

}  // namespace huxin::extract
