#include <array>
#include <charconv>

#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

namespace {

struct Named {
  std::string_view name;
  std::string_view utf8;
};

constexpr std::array kNamed = std::to_array<Named>({
    {"amp", "&"},   {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},  {"ensp", " "},   {"emsp", " "},   {"thinsp", " "}, {"middot", "·"},
    {"ndash", "–"}, {"mdash", "—"},  {"hellip", "…"}, {"ldquo", "“"},  {"rdquo", "”"},
    {"lsquo", "‘"}, {"rsquo", "’"},  {"yen", "¥"},    {"commat", "@"}, {"period", "."},
    {"colon", ":"}, {"equals", "="}, {"lowbar", "_"}, {"shy", ""},     {"zwnj", ""},
    {"zwj", ""},
});

/// Longest reference taken seriously: "&#x0010FFFF;".
constexpr std::size_t kLongest = 12;

void append_utf8(std::string& out, std::uint32_t c) {
  const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0U | (c >> 6U));
  } else {
    if (c < 0x10000) {
      byte(0xE0U | (c >> 12U));
    } else {
      byte(0xF0U | (c >> 18U));
      byte(0x80U | ((c >> 12U) & 0x3FU));
    }
    byte(0x80U | ((c >> 6U) & 0x3FU));
  }
  byte(0x80U | (c & 0x3FU));
}

bool append_numeric(std::string& out, std::string_view body) {
  const bool hexadecimal = body.starts_with('x') || body.starts_with('X');
  if (hexadecimal) body.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(body.data(), body.data() + body.size(), value, hexadecimal ? 16 : 10);
  if (error != std::errc{} || end != body.data() + body.size() || body.empty()) return false;
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  append_utf8(out, value == 0 || surrogate || value > 0x10FFFF ? 0xFFFD : value);
  return true;
}

bool append_reference(std::string& out, std::string_view body) {
  if (body.starts_with('#')) return append_numeric(out, body.substr(1));
  for (const Named& named : kNamed) {
    if (named.name == body) {
      out += named.utf8;
      return true;
    }
  }
  return false;
}

}  // namespace

void append_decoded(std::string& out, std::string_view raw) {
  while (!raw.empty()) {
    const std::size_t ampersand = raw.find('&');
    out += raw.substr(0, ampersand);
    if (ampersand == std::string_view::npos) return;
    raw.remove_prefix(ampersand);
    const std::size_t semicolon = raw.substr(0, kLongest).find(';');
    const bool known =
        semicolon != std::string_view::npos && append_reference(out, raw.substr(1, semicolon - 1));
    if (!known) out.push_back('&');
    raw.remove_prefix(known ? semicolon + 1 : 1);
  }
}

void append_text(std::string& out, const Token& token) {
  if (token.cdata) {
    out += token.text;
  } else {
    append_decoded(out, token.text);
  }
}

}  // namespace huxin::extract
