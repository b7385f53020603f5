#pragma once
#include <string>
#include <string_view>

namespace huxin::session {

/// The X type STRING is Latin-1 (ICCCM 2.7.1).
std::string from_latin1(std::string_view bytes);
/// What Latin-1 cannot say becomes '?'. Takes UTF-8.
std::string to_latin1(std::string_view text);

}  // namespace huxin::session
