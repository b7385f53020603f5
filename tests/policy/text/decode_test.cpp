#include "policy/text/decode.hpp"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include <unicode/ucnv.h>
#include <catch2/catch_test_macros.hpp>

#include "policy/text/normalise.hpp"
#include "policy/text/utf8.hpp"

using namespace huxin;
using namespace huxin::text;

namespace {

/// Encodes one code point with ICU, which is nobody's code under test here; empty: it has no such
/// character.
std::string encode(char32_t code, Encoding encoding) {
  if (encoding == Encoding::kUtf8) {
    std::string text;
    append_utf8(text, code);
    return text;
  }
  const char* const name = encoding == Encoding::kGb18030   ? "gb18030"
                           : encoding == Encoding::kBig5    ? "Big5-HKSCS"
                           : encoding == Encoding::kUtf16le ? "UTF-16LE"
                           : encoding == Encoding::kUtf16be ? "UTF-16BE"
                                                            : "ISO-8859-1";
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(name, &error),
                                                                     ucnv_close);
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
  std::u16string units;
  if (code >= 0x10000) {
    units += static_cast<char16_t>(0xD800 + ((code - 0x10000) >> 10U));
    units += static_cast<char16_t>(0xDC00 + ((code - 0x10000) & 0x3FFU));
  } else {
    units += static_cast<char16_t>(code);
  }
  std::string bytes(16, '\0');
  const int length = ucnv_fromUChars(converter.get(), bytes.data(), 16, units.data(),
                                     static_cast<int32_t>(units.size()), &error);
  if (U_FAILURE(error)) return {};
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

std::string encode(std::string_view utf8, Encoding encoding) {
  std::string bytes;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t length = utf8_length(utf8, at);
    REQUIRE(length > 0);
    char32_t code = static_cast<unsigned char>(utf8[at]);
    if (length > 1) code &= 0x7FU >> length;
    for (std::size_t i = 1; i < length; ++i)
      code = code << 6U | (static_cast<unsigned char>(utf8[at + i]) & 0x3FU);
    bytes += encode(code, encoding);
    at += length;
  }
  return bytes;
}

constexpr Encoding kAll[] = {Encoding::kUtf8,    Encoding::kGb18030, Encoding::kUtf16le,
                             Encoding::kUtf16be, Encoding::kBig5,    Encoding::kLatin1};

char32_t any_character(std::mt19937& random) {
  switch (random() % 8) {
    case 0:
    case 1:
      return 0x20 + random() % 0x5F;
    case 2:
    case 3:
      return 0x4E00 + random() % 0x51A6;
    case 4:
      return 0xFF01 + random() % 0x5E;
    case 5:
      return 0x2010 + random() % 0x10;
    case 6:
      return 0xA0 + random() % 0x60;
    default:
      return 0x20000 + random() % 0xA6D7;
  }
}

struct Piece {
  std::string utf8;
  Span derived;
  Span original;
};

/// A random text with, for every character, where it stands in UTF-8 and in the encoded bytes.
std::vector<Piece> random_text(std::mt19937& random, Encoding encoding, std::string& bytes) {
  std::vector<Piece> pieces;
  std::size_t derived = 0;
  for (std::size_t i = random() % 60; i > 0; --i) {
    const char32_t code = any_character(random);
    const std::string encoded = encode(code, encoding);
    if (encoded.empty()) continue;
    std::string utf8;
    append_utf8(utf8, code);
    pieces.push_back(
        {utf8, {derived, derived + utf8.size()}, {bytes.size(), bytes.size() + encoded.size()}});
    derived += utf8.size();
    bytes += encoded;
  }
  return pieces;
}

}  // namespace

TEST_CASE("any span of a decoded text maps back to the bytes of just those characters") {
  std::mt19937 random(20261123);
  for (const Encoding encoding : kAll) {
    for (int round = 0; round < 100; ++round) {
      std::string bytes;
      const std::vector<Piece> pieces = random_text(random, encoding, bytes);
      const Decoded decoded = decode(as_bytes(bytes), encoding);
      INFO(to_string(encoding) << " round " << round << " " << to_hex(as_bytes(bytes)));
      REQUIRE(decoded.replaced == 0);
      std::string expected;
      for (const Piece& piece : pieces) expected += piece.utf8;
      REQUIRE(decoded.text == expected);
      for (std::size_t first = 0; first < pieces.size(); ++first) {
        const std::size_t last = first + random() % (pieces.size() - first);
        const Span derived{pieces[first].derived.begin, pieces[last].derived.end};
        REQUIRE(decoded.origin.original(derived) ==
                Span{pieces[first].original.begin, pieces[last].original.end});
      }
    }
  }
}

TEST_CASE("bad bytes in a long text are replaced one by one, and every offset holds") {
  static constexpr std::string_view kParts[] = {"a", "客", "\xFF", "\xE5\xAE", "\xC0", "é", "\n"};
  std::mt19937 random(3);
  for (int round = 0; round < 40; ++round) {
    std::string bytes = "\xFF";
    std::string expected = "\uFFFD";
    std::size_t replaced = 1;
    std::vector<std::pair<std::size_t, std::size_t>> places;  // decoded, and in the bytes
    while (bytes.size() < 20'000) {
      places.emplace_back(expected.size(), bytes.size());
      if (random() % 40 == 0) {
        const std::string plain(random() % 6000, 'x');
        bytes += plain;
        expected += plain;
        continue;
      }
      const std::string_view part = kParts[random() % std::size(kParts)];
      const bool whole = valid_utf8_prefix(part) == part.size();
      bytes += part;
      bytes += 'y';  // so that no part completes another
      for (std::size_t i = 0; !whole && i < part.size(); ++i, ++replaced) expected += kReplacement;
      if (whole) expected += part;
      expected += 'y';
    }
    const Decoded decoded = decode(as_bytes(bytes), Encoding::kUtf8);
    REQUIRE(decoded.text == expected);
    REQUIRE(decoded.replaced == replaced);
    for (std::size_t i = 0; i + 1 < places.size(); ++i) {
      const Span derived{places[i].first, places[i + 1].first};
      REQUIRE(decoded.origin.original(derived) == Span{places[i].second, places[i + 1].second});
    }
  }
}

TEST_CASE("a span found after decoding and normalising maps back through both") {
  std::mt19937 random(7);
  const std::string value = "11010519491231002X";
  std::string wide;
  for (const char c : value) append_utf8(wide, static_cast<char32_t>(0xFF01 + (c - '!')));
  for (const Encoding encoding :
       {Encoding::kUtf8, Encoding::kGb18030, Encoding::kUtf16le, Encoding::kUtf16be}) {
    for (int round = 0; round < 100; ++round) {
      std::string before;
      std::string after;
      random_text(random, encoding, before);
      random_text(random, encoding, after);
      const std::string fence = encode("身份证", encoding);
      const std::string middle = encode(round % 2 == 0 ? value : wide, encoding);
      const std::string bytes = before + fence + middle + fence + after;
      const Decoded decoded = decode(as_bytes(bytes), encoding);
      const Normalised normal = normalise(decoded.text);
      const std::string_view view = normal.view(decoded.text);
      const std::size_t at = view.find(value);
      REQUIRE(at != std::string_view::npos);
      const Span original = normal.origin.through(decoded.origin, {at, at + value.size()});
      INFO(to_string(encoding) << " round " << round);
      REQUIRE(original ==
              Span{before.size() + fence.size(), before.size() + fence.size() + middle.size()});
    }
  }
}

TEST_CASE(
    "what cannot be decoded becomes one replacement character, counted, and the rest survives") {
  struct Row {
    std::string bytes;
    Encoding encoding;
    std::string text;
    std::size_t replaced;
    const char* reason;
  };
  using namespace std::string_literals;
  const std::string r(kReplacement);
  const Row rows[] = {
      {"a\xFF"
       "b",
       Encoding::kUtf8, "a" + r + "b", 1, "a byte that is never UTF-8"},
      {"\xE8\xBA", Encoding::kUtf8, r + r, 2, "a character cut off"},
      {"\xC0\xAF", Encoding::kUtf8, r + r, 2, "an overlong slash"},
      {"\xED\xA0\x80", Encoding::kUtf8, r + r + r, 3, "a surrogate in UTF-8"},
      {"\xF4\x90\x80\x80", Encoding::kUtf8, r + r + r + r, 4, "beyond U+10FFFF"},
      {"\xC9", Encoding::kGb18030, r, 1, "half a character at the end"},
      {"\xC9\n1", Encoding::kGb18030, r + "\n1", 1,
       "half a character must not swallow the line end"},
      {"\x80"
       "1",
       Encoding::kGb18030, r + "1", 1, "0x80 is no character"},
      {"\x81\x30\x81", Encoding::kGb18030, r + "0" + r, 2, "three of four bytes"},
      {"\xFE\x39\xFE\x39", Encoding::kGb18030, r + "9" + r + "9", 2, "four bytes beyond U+10FFFF"},
      {"\x00\xD8"
       "a\0"s,
       Encoding::kUtf16le, r + "a", 1, "a lone high surrogate"},
      {"\x00\xDC"
       "a\0"s,
       Encoding::kUtf16le, r + "a", 1, "a lone low surrogate"},
      {"\xD8\x00\x00"
       "a"s,
       Encoding::kUtf16be, r + "a", 1, "a lone high surrogate, big-endian"},
      {"a\0b"s, Encoding::kUtf16le, "a" + r, 1, "an odd byte at the end"},
      {"", Encoding::kUtf16le, "", 0, "nothing"},
      {"\xA4\n1", Encoding::kBig5, r + "\n1", 1, "half a character must not swallow the line end"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    const Decoded decoded = decode(as_bytes(row.bytes), row.encoding);
    CHECK(decoded.text == row.text);
    CHECK(decoded.replaced == row.replaced);
    CHECK(decoded.origin.original({0, decoded.text.size()}) == Span{0, row.bytes.size()});
  }
}

TEST_CASE("a byte-order mark is no text, and offsets count it") {
  struct Row {
    std::string mark;
    Encoding encoding;
  };
  for (const Row& row :
       {Row{"\xEF\xBB\xBF", Encoding::kUtf8}, Row{"\xFF\xFE", Encoding::kUtf16le},
        Row{"\xFE\xFF", Encoding::kUtf16be}, Row{"\x84\x31\x95\x33", Encoding::kGb18030}}) {
    const std::string bytes = row.mark + encode("卡号1", row.encoding);
    INFO(to_string(row.encoding));
    CHECK(guess_encoding(as_bytes(bytes)) == row.encoding);
    const Decoded decoded = decode(as_bytes(bytes), row.encoding);
    CHECK(decoded.text == "卡号1");
    CHECK(decoded.origin.original({0, 3}).begin == row.mark.size());
    CHECK(decoded.origin.original({6, 7}).end == bytes.size());
  }
}

TEST_CASE("the tables may be built ahead, and again") {
  prepare_decoding();
  prepare_decoding();
  CHECK(decode(as_bytes("\xD6\xD0"), Encoding::kGb18030).text == "中");
}

TEST_CASE("GB18030 reaches every plane") {
  CHECK(decode(as_bytes("\xD6\xD0\x81\x30\x84\x36\x90\x30\x81\x30\xA2\xE3"), Encoding::kGb18030)
            .text == "中\xC2\xA5\xF0\x90\x80\x80€");
  CHECK(decode(as_bytes("\x82\x35\x8F\x33"), Encoding::kGb18030).text == "龦");
}

TEST_CASE("the encoding of a text is guessed right") {
  struct Row {
    std::string utf8;
    Encoding encoding;
    const char* reason;
  };
  const std::string header = "姓名,身份证号,手机号\n张三,11010519491231002X,13800138000\n";
  const std::string prose = "本行将于近日调整客户信息保护制度，请各网点遵照执行。";
  const Row rows[] = {
      {"身份证号11010519491231002X", Encoding::kGb18030, "one short line"},
      {"卡号", Encoding::kGb18030, "one word"},
      {"┌──────────────┬──────────────┐\n│客户        │证件        "
       "│\n├──────────────┼──────────────┤\n",
       Encoding::kGb18030, "a table drawn with lines"},
      {header, Encoding::kGb18030, "a table with a Chinese header"},
      {prose, Encoding::kGb18030, "prose without ASCII"},
      {header, Encoding::kUtf8, "the same in UTF-8"},
      {"plain ASCII 6222021234567890", Encoding::kUtf8, "ASCII is UTF-8"},
      {header, Encoding::kUtf16le, "little-endian without a mark"},
      {header, Encoding::kUtf16be, "big-endian without a mark"},
      {prose, Encoding::kUtf16le, "no zero bytes to see"},
      {prose, Encoding::kUtf16be, "no zero bytes to see"},
      {"name,card\nZhang San,6222021234567890\n", Encoding::kUtf16le, "ASCII in UTF-16"},
      {"name,card\nZhang San,6222021234567890\n", Encoding::kUtf16be,
       "ASCII in UTF-16, big-endian"},
      {"姓名,身分證號碼,電話\n陳大文,A123456789,0912345678\n客戶資料與帳號均應保密。",
       Encoding::kBig5, "a table from Taipei"},
      {"□本人 ☑配偶 □子女 ★★★ →", Encoding::kGb18030, "boxes to tick"},
      {"☑\U0001F600\U0001F44D☑\uFE0F", Encoding::kUtf8, "emoji"},
      {"好\U0001F600\U0001F44D", Encoding::kGb18030, "emoji in four bytes each"},
      {"联通", Encoding::kGb18030, "whose bytes are valid UTF-8, the famous trap"},
      {"Привет, мир! Как дела у вас?", Encoding::kUtf8, "Russian is two-byte UTF-8 all through"},
      {"naïve café", Encoding::kUtf8, "a few Western letters are UTF-8, not GB18030"},
      {"Müller", Encoding::kLatin1, "one Western letter before ASCII"},
      {"Zürich", Encoding::kLatin1, "even length, and a fair UTF-16 by chance"},
      {"Le café est fermé à Noël, señor.", Encoding::kLatin1, "French and Spanish"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    CHECK(to_string(guess_encoding(as_bytes(encode(row.utf8, row.encoding)))) ==
          to_string(row.encoding));
  }
  CHECK(guess_encoding({}) == Encoding::kUtf8);
}

TEST_CASE("a few bad bytes do not make binary of a text") {
  std::string list = "姓名,身份证号,手机号\n";
  for (int row = 0; row < 500; ++row) list += "张三,11010519491231002X,13800138000\n";
  const std::string ascii = "name,card\nZhang San,6222021234567890\n";
  struct Row {
    std::string bytes;
    const char* reason;
  };
  const Row rows[] = {
      {list + "\xFF", "a byte that no encoding has, at the end"},
      {list.substr(0, 9) + "\x80" + list.substr(9), "a continuation by itself in the header"},
      {list.substr(1), "the first byte is lost"},
      {list.substr(0, 400) + "\xED\xA0\x80" + list.substr(400), "a lone surrogate"},
      {list.substr(0, 400) + "\xC0\xAF" + list.substr(400), "an overlong form"},
      {list + "\xD6\xD0\xB9\xFA\n", "a word of GB18030"},
      {list.substr(0, list.find("名") + 2), "a character cut by the end"},
      {ascii + "\x80", "ASCII and a byte of nothing"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    CHECK(to_string(guess_encoding(as_bytes(row.bytes))) == "utf-8");
  }
}

TEST_CASE("ASCII before its first character tells nothing of a text's encoding") {
  for (const std::size_t before : {17'000U, 33'000U, 60'000U}) {
    INFO(before);
    const std::string ascii(before, '-');
    CHECK(to_string(guess_encoding(as_bytes(ascii + encode("客户姓名：张三，取款密码：135790",
                                                           Encoding::kGb18030)))) == "gb18030");
    CHECK(to_string(guess_encoding(as_bytes(
              ascii + encode("客戶姓名：陳大文，身分證號碼：A123456789", Encoding::kBig5)))) ==
          "big5");
  }
}

TEST_CASE("a character cut by the end of the sample does not spoil the guess") {
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string utf8(shift, 'x');
    while (utf8.size() < 70'000) utf8 += "客户信息保护";
    CHECK(guess_encoding(as_bytes(utf8)) == Encoding::kUtf8);
  }
}

TEST_CASE("what is no text is called binary") {
  std::mt19937 random(3);
  for (const std::size_t size : {64U, 1000U, 100'000U}) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    INFO(size);
    CHECK(guess_encoding(as_bytes(bytes)) == Encoding::kBinary);
  }
  using namespace std::string_literals;
  CHECK(guess_encoding(as_bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\4\0\0\0\3\0\x08\6\0\0\0"s)) ==
        Encoding::kBinary);
  CHECK(guess_encoding(as_bytes("\x7F"
                                "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0"s)) ==
        Encoding::kBinary);
  CHECK(guess_encoding(as_bytes(std::string(100, '\0'))) == Encoding::kBinary);
  CHECK(guess_encoding(as_bytes("\xFF\xFE\0\0a\0\0\0"s)) == Encoding::kBinary);
}
