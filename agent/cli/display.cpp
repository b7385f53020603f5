#include "agent/cli/display.hpp"

#include <fmt/format.h>

#include "policy/text/utf8.hpp"

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

bool turns_direction(char32_t code) {
  return code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

bool control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

bool wide(char32_t code) {
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
         (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
         (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
         (code >= 0x20000 && code <= 0x3FFFD);
}

std::size_t width_of(char32_t code) { return wide(code) ? 2 : 1; }

void append_escaped(std::string& out, std::string_view raw, char32_t code) {
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code < 0x80) {
    out += fmt::format("\\x{:02x}", static_cast<unsigned>(code));
  } else if (control(code) || turns_direction(code)) {
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
  } else {
    out += raw;
  }
}

}  // namespace

std::string printable(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t valid = text::valid_utf8_prefix(name);
    for (std::string_view good = name.substr(0, valid); !good.empty();) {
      const Character character = front(good);
      const std::string_view raw = good.substr(0, character.length);
      if (control(character.code) || turns_direction(character.code)) {
        append_escaped(out, raw, character.code);
      } else {
        out += raw;
      }
      good.remove_prefix(character.length);
    }
    name.remove_prefix(valid);
    if (name.empty()) break;
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(name.front()));
    name.remove_prefix(1);
  }
  return out;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20U) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out.push_back(c);
    }
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
