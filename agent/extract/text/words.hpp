#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "policy/text/decode.hpp"

namespace huxin::extract {

/// Turns a few bytes of text, such as a name or a cell, into UTF-8, when nothing tells their
/// encoding: UTF-16 that looks like it, valid UTF-8 as it is, else Big5 where it reads better, else
/// GB18030.
std::string words_utf8(std::string_view bytes);

/// The encoding of a text that something says is in `said`. That is believed unless the bytes speak
/// against it: GBK that calls itself UTF-8, and the other way round.
text::Encoding likely_encoding(ByteView content, std::optional<text::Encoding> said);

}  // namespace huxin::extract
