#include "agent/extract/mail/transfer_encoding.hpp"

#include <array>

#include "agent/extract/mail/header.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10U;
constexpr std::uint8_t kNoLetter = 0xFF;

constexpr std::array<std::uint8_t, 256> kLetters = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoLetter);
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

/// 16 and more: no digit.
unsigned digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const int letter = (c | 0x20) - 'a';
  return letter >= 0 && letter < 6 ? static_cast<unsigned>(letter) + 10 : 16;
}

/// Length of what a "=" at the front begins: a soft line break, with the blanks that gateways put
/// before it, or an escape; 1: nothing.
std::size_t escape_length(std::string_view text) {
  const std::size_t line_end = text.find_first_not_of(" \t\r", 1);
  if (line_end == std::string_view::npos) return text.size();
  if (text[line_end] == '\n') return line_end + 1;
  return text.size() > 2 && digit(text[1]) < 16 && digit(text[2]) < 16 ? 3 : 1;
}

/// Where a piece may be cut: behind a line's end if there is one.
std::size_t piece_length(std::string_view content) {
  if (content.size() <= kPiece) return content.size();
  const std::size_t line = content.rfind('\n', kPiece - 1);
  if (line != std::string_view::npos) return line + 1;
  const std::size_t escape = content.rfind('=', kPiece - 1);
  return escape != std::string_view::npos && escape + 3 > kPiece ? escape : kPiece;
}

}  // namespace

TransferEncoding transfer_encoding(std::string_view name) {
  if (same_name(name, "base64")) return TransferEncoding::kBase64;
  if (same_name(name, "quoted-printable")) return TransferEncoding::kQuotedPrintable;
  for (const std::string_view uuencode : {"x-uuencode", "uuencode", "x-uue"}) {
    if (same_name(name, uuencode)) return TransferEncoding::kUuencode;
  }
  return TransferEncoding::kNone;
}

void Base64Decoder::append(std::string_view piece, std::string& out) {
  for (const char c : piece) {
    if (c == '=') held_ = 0;
    const std::uint8_t value = kLetters[static_cast<unsigned char>(c)];
    if (value == kNoLetter) continue;
    bits_ = bits_ << 6U | value;
    held_ += 6;
    if (held_ < 8) continue;
    held_ -= 8;
    out.push_back(static_cast<char>(bits_ >> held_ & 0xFFU));
  }
}

void append_quoted_printable(std::string_view text, bool underscore, std::string& out) {
  while (!text.empty()) {
    const std::size_t plain = std::min(text.size(), text.find_first_of(underscore ? "=_" : "="));
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return;
    const std::size_t length = text[0] == '=' ? escape_length(text) : 1;
    if (length == 3 && digit(text[1]) < 16 && digit(text[2]) < 16) {
      out.push_back(static_cast<char>(digit(text[1]) << 4U | digit(text[2])));
    } else if (length == 1) {
      out.push_back(text[0] == '_' ? ' ' : text[0]);
    }
    text.remove_prefix(length);
  }
}

void append_uuencoded(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty() || line.starts_with("begin ") || line == "end") continue;
    const auto value = [&](std::size_t at) {
      return at < line.size() ? (static_cast<unsigned>(line[at]) - ' ') & 0x3FU : 0U;
    };
    const std::size_t length = std::min<std::size_t>(value(0), line.size());
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t at = 1 + i / 3 * 4 + i % 3;
      const unsigned pair = value(at) << 6U | value(at + 1);
      out.push_back(static_cast<char>(pair >> (4 - 2 * (i % 3)) & 0xFFU));
    }
  }
}

std::string decode_part(std::string_view content, TransferEncoding encoding,
                        Extraction& extraction) {
  const std::size_t packed = content.size();
  std::string out;
  Base64Decoder base64;
  while (!content.empty() && !extraction.stopped()) {
    const std::string_view piece = content.substr(0, piece_length(content));
    const std::size_t before = out.size();
    if (encoding == TransferEncoding::kBase64) base64.append(piece, out);
    if (encoding == TransferEncoding::kQuotedPrintable) append_quoted_printable(piece, false, out);
    if (encoding == TransferEncoding::kUuencode) append_uuencoded(piece, out);
    extraction.spend(packed, out.size(), out.size() - before);
    content.remove_prefix(piece.size());
  }
  return out;
}

}  // namespace huxin::extract
