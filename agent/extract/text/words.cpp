#include "agent/extract/text/words.hpp"

#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

std::string words_utf8(std::string_view bytes) {
  using text::Encoding;
  const bool utf8 = text::valid_utf8_prefix(bytes) == bytes.size();
  const bool ascii =
      std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return std::string(bytes);
  const Encoding guess = text::guess_encoding(as_bytes(bytes));
  if (utf8 && guess != Encoding::kGb18030) return std::string(bytes);
  const Encoding encoding = guess == Encoding::kBig5 ? guess : Encoding::kGb18030;
  return text::decode(as_bytes(bytes), encoding).text;
}

}  // namespace huxin::extract
