#include "agent/extract/text/words.hpp"

#include "policy/text/code_page.hpp"
#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kLook = std::size_t{64} << 10U;

}  // namespace

std::string words_utf8(std::string_view bytes) {
  using text::Encoding;
  if (text::ascii_prefix(as_bytes(bytes)) == bytes.size() && !bytes.contains('\0'))
    return std::string(bytes);
  const Encoding guess = text::guess_encoding(as_bytes(bytes));
  if (text::is_utf16(guess)) return text::decode(as_bytes(bytes), guess).text;
  const bool utf8 = text::valid_utf8_prefix(bytes) == bytes.size();
  if (utf8 && guess != Encoding::kGb18030) return std::string(bytes);
  const Encoding encoding = guess == Encoding::kBig5 ? guess : Encoding::kGb18030;
  return text::decode(as_bytes(bytes), encoding).text;
}

text::Encoding likely_encoding(ByteView content, std::optional<text::Encoding> said) {
  using text::Encoding;
  const Encoding guess = text::guess_encoding(content);
  if (!said || text::is_utf16(guess) || *said == Encoding::kUtf8) return guess;
  if (text::is_utf16(*said)) return *said;
  if (guess == Encoding::kBinary) return guess;
  const ByteView look = content.first(std::min(content.size(), kLook));
  const bool utf8 = guess == Encoding::kUtf8 && text::ascii_prefix(look) < look.size();
  return utf8 ? guess : *said;
}

}  // namespace huxin::extract
