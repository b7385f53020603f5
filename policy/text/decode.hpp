#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/text/offset_map.hpp"

namespace huxin::text {

/// kBinary: no text; decode() then reads it as kLatin1, byte by byte.
enum class Encoding : std::uint8_t { kUtf8, kGb18030, kUtf16le, kUtf16be, kBig5, kLatin1, kBinary };
std::string_view to_string(Encoding encoding);
constexpr bool is_utf16(Encoding encoding) {
  return encoding == Encoding::kUtf16le || encoding == Encoding::kUtf16be;
}

/// Guesses the encoding of a text from its byte-order mark, its validity and its byte statistics;
/// kBinary when it is not text. A few bytes that are wrong in an encoding do not speak against it.
/// Looks at no more than the first 64 KiB; ASCII alone is UTF-8. UTF-32 is not read and counts as
/// binary. A guess may be wrong for a few characters of text.
Encoding guess_encoding(ByteView bytes);

/// A mark at the front is no part of the text.
struct Decoded {
  std::string text;  ///< valid UTF-8; an undecodable byte becomes U+FFFD and is counted
  OffsetMap origin;  ///< offsets of `text` → bytes of the input
  std::size_t replaced = 0;
};

/// Turns bytes into UTF-8. Never fails: what cannot be decoded is replaced and counted. Linear;
/// text is at most three times the input. An empty map means that offsets are the same.
Decoded decode(ByteView bytes, Encoding encoding);
/// The same, of bytes that may be taken: valid UTF-8 without a mark is not copied.
Decoded decode(std::string bytes, Encoding encoding);

/// Builds the tables of the legacy encodings now (about 10 ms) and not at first use: before a
/// process forks, so that its children share them, or gives up its rights. Thread-safe; a second
/// call does nothing.
void prepare_decoding();

}  // namespace huxin::text
