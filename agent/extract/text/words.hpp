#pragma once
#include <string>
#include <string_view>

namespace huxin::extract {

/// Turns a few bytes of text, such as a name or a cell, into UTF-8, when nothing tells their
/// encoding: valid UTF-8 as it is, else Big5 where it reads better, else GB18030.
std::string words_utf8(std::string_view bytes);

}  // namespace huxin::extract
