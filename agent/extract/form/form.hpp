#pragma once
#include <string>
#include <string_view>

namespace huxin::extract {

/// Says whether text is an application/x-www-form-urlencoded body: nothing but its characters,
/// pairs with '=', and at least one '&', '%XX' or '+'. `head`: the content's start. The first
/// pair's key is not empty.
bool looks_like_form(std::string_view head);

/// Resolves %XX and '+'. A '%' without two hexadecimal digits stays. The result is bytes, in
/// whatever encoding the sender used.
std::string percent_decoded(std::string_view text);

}  // namespace huxin::extract
