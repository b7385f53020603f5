#include "agent/extract/text/words.hpp"

#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kLook = std::size_t{64} << 10U;

bool has_high(ByteView bytes) {
  return std::ranges::any_of(bytes, [](std::uint8_t byte) { return byte >= 0x80; });
}

bool wide(text::Encoding encoding) {
  return encoding == text::Encoding::kUtf16le || encoding == text::Encoding::kUtf16be;
}

}  // namespace

std::string words_utf8(std::string_view bytes) {
  using text::Encoding;
  if (!has_high(as_bytes(bytes)) && !bytes.contains('\0')) return std::string(bytes);
  const Encoding guess = text::guess_encoding(as_bytes(bytes));
  if (wide(guess)) return text::decode(as_bytes(bytes), guess).text;
  const bool utf8 = text::valid_utf8_prefix(bytes) == bytes.size();
  if (utf8 && guess != Encoding::kGb18030) return std::string(bytes);
  const Encoding encoding = guess == Encoding::kBig5 ? guess : Encoding::kGb18030;
  return text::decode(as_bytes(bytes), encoding).text;
}

text::Encoding likely_encoding(ByteView content, std::optional<text::Encoding> said) {
  using text::Encoding;
  const Encoding guess = text::guess_encoding(content);
  if (!said || wide(guess) || *said == Encoding::kUtf8) return guess;
  if (wide(*said)) return *said;
  if (guess == Encoding::kBinary) return guess;
  const bool utf8 =
      guess == Encoding::kUtf8 && has_high(content.first(std::min(content.size(), kLook)));
  return utf8 ? guess : *said;
}

}  // namespace huxin::extract
