#include "policy/text/normalise.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace huxin::text {
namespace {

constexpr std::string_view kMiddleDot = "\xC2\xB7";
constexpr std::array<std::string_view, 0x5E> kFullWidth = [] {
  constexpr std::string_view kAscii =
      "!\"#$%&'()*+,-./"
      "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  std::array<std::string_view, 0x5E> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = kAscii.substr(i, 1);
  return table;
}();

/// Only characters with these lead bytes are ever replaced: U+00xx, U+2xxx, U+3xxx, U+Fxxx.
bool may_change(unsigned char lead) {
  return lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF;
}

/// Finds the next byte that may start a character to replace; a block at a time, so that the inner
/// loop is one the compiler vectorises.
std::size_t next_candidate(const unsigned char* data, std::size_t at, std::size_t size) {
  constexpr std::size_t kBlock = 64;
  while (at + kBlock <= size) {
    unsigned char found = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const unsigned char byte = data[at + i];
      const bool hit = (byte == 0xC2) | (byte == 0xE2) | (byte == 0xE3) | (byte == 0xEF);
      found = static_cast<unsigned char>(found | static_cast<unsigned char>(hit));
    }
    if (found != 0) break;
    at += kBlock;
  }
  while (at < size && !may_change(data[at])) ++at;
  return at;
}

/// What a character of the blocks above becomes; nullopt: it stays. The view is static.
std::optional<std::string_view> replacement(char32_t code) {
  if (code >= 0xFF01 && code <= 0xFF5E) return kFullWidth[code - 0xFF01];
  if (code == 0x3000 || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
      code == 0x205F) {
    return " ";
  }
  if (code == 0xAD || (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
      (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF) {
    return "";
  }
  if ((code >= 0x2010 && code <= 0x2015) || code == 0x2043 || code == 0x2212 || code == 0xFE58 ||
      code == 0xFE63) {
    return "-";
  }
  if (code == 0x2022 || code == 0x2027 || code == 0x2219 || code == 0x22C5 || code == 0x30FB ||
      code == 0xFF65) {
    return kMiddleDot;
  }
  return std::nullopt;
}

struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};

/// Reads the two- or three-byte character at `at`; a broken one counts as a byte that stays.
Character read(const unsigned char* data, std::size_t at, std::size_t size) {
  const auto bits = [&](std::size_t i) { return static_cast<char32_t>(data[at + i] & 0x3FU); };
  if (data[at] == 0xC2) return at + 1 < size ? Character{0x80U | bits(1), 2} : Character{};
  if (at + 2 >= size) return {};
  return {static_cast<char32_t>(data[at] & 0x0FU) << 12U | bits(1) << 6U | bits(2), 3};
}

/// Finds the next character that changes, with what it becomes; `at` is where to begin looking and
/// is left on the character, or at the end.
std::optional<std::string_view> next_change(std::string_view text, std::size_t& at,
                                            std::size_t& length) {
  const auto* const data = reinterpret_cast<const unsigned char*>(text.data());
  for (;;) {
    at = next_candidate(data, at, text.size());
    if (at >= text.size()) return std::nullopt;
    const Character character = read(data, at, text.size());
    length = character.length;
    if (const auto change = replacement(character.code)) return change;
    at += length;
  }
}

}  // namespace

Normalised normalise(std::string_view utf8) {
  Normalised result;
  std::size_t at = 0;
  std::size_t length = 0;
  auto change = next_change(utf8, at, length);
  if (!change) {
    result.same = true;
    return result;
  }
  result.text.reserve(utf8.size());
  std::size_t done = 0;
  while (change) {
    result.text += utf8.substr(done, at - done);
    result.origin.copied(at - done);
    result.text += *change;
    result.origin.replaced(change->size(), length);
    at += length;
    done = at;
    change = next_change(utf8, at, length);
  }
  result.text += utf8.substr(done);
  result.origin.copied(utf8.size() - done);
  return result;
}

}  // namespace huxin::text
