#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "policy/text/decode.hpp"

namespace huxin::extract {

/// The encoding that a charset of MIME names (IANA's names and those of Chinese mail programs),
/// whatever its case; nullopt for ASCII, which is often not true, and for what is not known.
std::optional<text::Encoding> encoding_of(std::string_view charset);

/// Says whether a charset writes other characters in bytes of ASCII, so that its text is not seen:
/// UTF-7, HZ, ISO 2022.
bool hides_in_ascii(std::string_view charset);

/// The encoding of a text that calls itself `charset`, as likely_encoding() tells it.
text::Encoding encoding_of_text(ByteView content, std::string_view charset);

/// Turns a name or a few words into UTF-8, by their charset if the bytes bear it out.
std::string words_utf8(std::string_view bytes, std::string_view charset);

}  // namespace huxin::extract
