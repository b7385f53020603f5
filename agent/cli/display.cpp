#include "agent/cli/display.hpp"

#include <fmt/format.h>

namespace huxin::agent::cli {

namespace {

/// The character at the front of valid UTF-8.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};

Character front(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at]));
  };
  const char32_t first = byte(0);
  if (first < 0x80 || text.size() < 2) return {first, 1};
  if (first < 0xE0) return {((first & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
  if (text.size() < 3) return {first, 1};
  if (first < 0xF0)
    return {((first & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU), 3};
  if (text.size() < 4) return {first, 1};
  return {((first & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) |
              (byte(3) & 0x3FU),
          4};
}

bool wide(char32_t code) {
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
         (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
         (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
         (code >= 0x20000 && code <= 0x3FFFD);
}

std::size_t width_of(char32_t code) { return wide(code) ? 2 : 1; }

void append_unit(std::string& out, std::uint32_t unit) { out += fmt::format("\\u{:04x}", unit); }

/// As RFC 8259, section 7, has it: beyond the first plane by two surrogates.
void append_escaped(std::string& out, char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  if (number <= 0xFFFF) return append_unit(out, number);
  append_unit(out, 0xD800U + ((number - 0x10000U) >> 10U));
  append_unit(out, 0xDC00U + ((number - 0x10000U) & 0x3FFU));
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Character character = front(text);
    const bool quoted = character.code == '"' || character.code == '\\';
    if (quoted) out.push_back('\\');
    if (text::is_hidden(character.code)) {
      append_escaped(out, character.code);
    } else {
      out += text.substr(0, character.length);
    }
    text.remove_prefix(character.length);
  }
  return out + '"';
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  while (!utf8.empty()) {
    const Character character = front(utf8);
    width += width_of(character.code);
    utf8.remove_prefix(character.length);
  }
  return width;
}

std::string fitted(std::string_view utf8, std::size_t width) {
  const std::size_t whole = display_width(utf8);
  if (whole <= width) return std::string(utf8).append(width - whole, ' ');
  std::string out;
  std::size_t used = 0;
  while (!utf8.empty()) {
    const Character character = front(utf8);
    if (used + width_of(character.code) + 1 > width) break;
    out += utf8.substr(0, character.length);
    used += width_of(character.code);
    utf8.remove_prefix(character.length);
  }
  return out.append("…").append(width - used - 1, ' ');
}

std::string fitted_end(std::string_view utf8, std::size_t width) {
  std::size_t left = display_width(utf8);
  if (left <= width) return fitted(utf8, width);
  while (left + 1 > width) {
    const Character character = front(utf8);
    utf8.remove_prefix(character.length);
    left -= width_of(character.code);
  }
  return fmt::format("…{}{}", utf8, std::string(width - left - 1, ' '));
}

}  // namespace huxin::agent::cli
