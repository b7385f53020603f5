#include "agent/extract/mail/charset.hpp"

#include <algorithm>

#include "agent/extract/markup/markup.hpp"
#include "agent/extract/text/words.hpp"
#include "policy/text/code_page.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

namespace {

using text::Encoding;

struct Name {
  std::string_view name;
  Encoding encoding;
};

// IANA's registry of character sets, and what mail programs write besides.
constexpr Name kNames[] = {
    {"utf-8", Encoding::kUtf8},          {"utf8", Encoding::kUtf8},
    {"gb2312", Encoding::kGb18030},      {"gbk", Encoding::kGb18030},
    {"gb18030", Encoding::kGb18030},     {"cp936", Encoding::kGb18030},
    {"ms936", Encoding::kGb18030},       {"windows-936", Encoding::kGb18030},
    {"gb_2312-80", Encoding::kGb18030},  {"csgb2312", Encoding::kGb18030},
    {"euc-cn", Encoding::kGb18030},      {"x-gbk", Encoding::kGb18030},
    {"chinesesimp", Encoding::kGb18030}, {"big5", Encoding::kBig5},
    {"big5-hkscs", Encoding::kBig5},     {"cp950", Encoding::kBig5},
    {"x-x-big5", Encoding::kBig5},       {"csbig5", Encoding::kBig5},
    {"utf-16", Encoding::kUtf16be},      {"utf-16be", Encoding::kUtf16be},
    {"utf-16le", Encoding::kUtf16le},    {"iso-8859-1", Encoding::kLatin1},
    {"windows-1252", Encoding::kLatin1}, {"latin1", Encoding::kLatin1},
    {"iso-8859-15", Encoding::kLatin1},
};

constexpr std::string_view kHiding[] = {"utf-7", "unicode-1-1-utf-7", "hz-gb-2312", "hz", "utf-32"};

}  // namespace

std::optional<Encoding> encoding_of(std::string_view charset) {
  const auto* const found =
      std::ranges::find_if(kNames, [&](const Name& row) { return same_name(row.name, charset); });
  if (found == std::ranges::end(kNames)) return std::nullopt;
  return found->encoding;
}

bool hides_in_ascii(std::string_view charset) {
  return same_name(charset.substr(0, 9), "iso-2022-") ||
         std::ranges::any_of(kHiding,
                             [&](std::string_view name) { return same_name(name, charset); });
}

Encoding encoding_of_text(ByteView content, std::string_view charset) {
  return likely_encoding(content, encoding_of(charset));
}

std::string words_utf8(std::string_view bytes, std::string_view charset) {
  const auto said = encoding_of(charset);
  if (text::ascii_prefix(as_bytes(bytes)) == bytes.size() && !(said && text::is_utf16(*said)))
    return std::string(bytes);
  const bool utf8 = text::valid_utf8_prefix(bytes) == bytes.size();
  if (said && (text::is_utf16(*said) || utf8 == (*said == Encoding::kUtf8)))
    return text::decode(as_bytes(bytes), *said).text;
  return words_utf8(bytes);
}

}  // namespace huxin::extract
