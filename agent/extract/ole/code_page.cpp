#include "agent/extract/ole/code_page.hpp"

#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

namespace {

/// 0x80 to 0x9F of Windows-1252 (the WHATWG Encoding Standard, index-windows-1252).
constexpr char16_t kWestern[] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

text::Encoding encoding_of(ByteView bytes, std::uint32_t page) {
  switch (page) {
    case 936:
    case 20936:
    case 54936:
    case 10008:  // simplified Chinese of the Macintosh, GB 2312 as well
      return text::Encoding::kGb18030;
    case 950:
    case 10002:
      return text::Encoding::kBig5;
    case 1200:
      return text::Encoding::kUtf16le;
    case 65001:
      return text::Encoding::kUtf8;
    default:
      return text::guess_encoding(bytes);
  }
}

char* put(char* to, char32_t code) {
  if (code >= 0x80) return to + text::write_utf8(to, code);
  *to = static_cast<char>(code);
  return to + 1;
}

/// Appends what `write` puts behind the text, at most `most` bytes of it; it returns their end.
template <typename Write>
void append(std::string& out, std::size_t most, const Write& write) {
  const std::size_t before = out.size();
  out.resize_and_overwrite(before + most, [&](char* text, std::size_t) {
    return static_cast<std::size_t>(write(text + before) - text);
  });
}

/// The character at `at`, which is moved behind its first half where it has two.
char32_t utf16_at(ByteView bytes, std::size_t& at) {
  const auto unit = [&](std::size_t i) {
    return static_cast<char32_t>(bytes[i] | (std::uint32_t{bytes[i + 1]} << 8U));
  };
  const char32_t code = unit(at);
  if (code < 0xD800 || code > 0xDFFF) return code;
  if (code > 0xDBFF || at + 3 >= bytes.size()) return 0xFFFD;
  const char32_t low = unit(at + 2);
  if (low < 0xDC00 || low > 0xDFFF) return 0xFFFD;
  at += 2;
  return 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
}

}  // namespace

void append_utf16(std::string& out, ByteView bytes) {
  append(out, bytes.size() / 2 * 3, [&](char* to) {
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) to = put(to, utf16_at(bytes, at));
    return to;
  });
}

std::string from_utf16(ByteView bytes) {
  std::string text;
  append_utf16(text, bytes);
  return text;
}

void append_low_bytes(std::string& out, ByteView bytes) {
  append(out, bytes.size() * 2, [&](char* to) {
    for (const std::uint8_t byte : bytes) to = put(to, byte);
    return to;
  });
}

void append_windows_1252(std::string& out, ByteView bytes) {
  append(out, bytes.size() * 3, [&](char* to) {
    for (const std::uint8_t byte : bytes)
      to = put(to, byte >= 0x80 && byte < 0xA0 ? kWestern[byte - 0x80] : byte);
    return to;
  });
}

std::string from_code_page(ByteView bytes, std::uint32_t page) {
  const text::Encoding encoding = encoding_of(bytes, page);
  const bool western = encoding == text::Encoding::kLatin1 || encoding == text::Encoding::kBinary;
  if (!western) return text::decode(bytes, encoding).text;
  std::string text;
  append_windows_1252(text, bytes);
  return text;
}

}  // namespace huxin::extract
