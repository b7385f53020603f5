#include "policy/text/windows.hpp"

#include "policy/text/byte_search.hpp"
#include "policy/text/code_page.hpp"

namespace huxin::text {
namespace {

bool wide(Encoding encoding) {
  return encoding == Encoding::kUtf16le || encoding == Encoding::kUtf16be;
}

/// The last place at or before `limit` that stands behind `byte`, or 0. In GB18030 and Big5 neither
/// 0x0A nor 0x20 is ever part of a longer character.
std::size_t behind_last(ByteView content, std::size_t limit, std::uint8_t byte, Encoding encoding) {
  if (!wide(encoding)) {
    const auto found = find_last(as_text(content.first(limit)), static_cast<char>(byte));
    return found == std::string_view::npos ? 0 : found + 1;
  }
  const std::size_t low = encoding == Encoding::kUtf16le ? 0 : 1;
  for (std::size_t unit = limit & ~std::size_t{1}; unit >= 2; unit -= 2) {
    if (content[unit - 2 + low] == byte && content[unit - 1 - low] == 0) return unit;
  }
  return 0;
}

std::size_t character_boundary(ByteView content, std::size_t limit, Encoding encoding) {
  std::size_t cut = limit;
  if (wide(encoding)) {
    cut &= ~std::size_t{1};
    const std::size_t high = encoding == Encoding::kUtf16le ? cut - 1 : cut - 2;
    if (cut > 2 && (content[high] & 0xFCU) == 0xD8U) cut -= 2;  // a surrogate pair stays whole
    return cut;
  }
  if (encoding == Encoding::kUtf8) {
    while (cut > limit - 4 && (content[cut] & 0xC0U) == 0x80U) --cut;
  }
  return cut;
}

}  // namespace

std::size_t cut_at_line(ByteView content, std::size_t limit, Encoding encoding) {
  if (content.size() <= limit) return content.size();
  for (const std::uint8_t byte : {std::uint8_t{'\n'}, std::uint8_t{' '}}) {
    if (const std::size_t cut = behind_last(content, limit, byte, encoding); cut != 0) return cut;
  }
  return character_boundary(content, limit, encoding);
}

// The text may have been ASCII so far, or of several files with an encoding each.
Decoded WindowReader::decoded(ByteView bytes) {
  Decoded decoded = decode(bytes, encoding_);
  if (encoding_ != Encoding::kUtf8 || decoded.replaced == 0) return decoded;
  const Encoding guess = guess_encoding(bytes.subspan(ascii_prefix(bytes)));
  if (guess == encoding_ || guess == Encoding::kBinary || wide(guess)) return decoded;
  encoding_ = guess;
  return decode(bytes, guess);
}

Window WindowReader::cut(ByteView bytes) {
  Window window{decoded(bytes), line_};
  line_ += count(window.decoded.text, '\n');
  if (begin_ != 0) {  // a window may begin with what looks like a byte-order mark
    window.decoded.origin.start_at(begin_ + window.decoded.origin.original({0, 0}).begin);
  }
  begin_ += bytes.size();
  return window;
}

std::optional<Window> WindowReader::next(ByteView rest) {
  if (rest.size() <= size_) return std::nullopt;
  return cut(rest.first(cut_at_line(rest, size_, encoding_)));
}

std::optional<Window> WindowReader::last(ByteView rest) {
  if (auto window = next(rest)) return window;
  return rest.empty() ? std::nullopt : std::optional(cut(rest));
}

}  // namespace huxin::text
