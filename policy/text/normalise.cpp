#include "policy/text/normalise.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <utility>

#include "policy/text/change_blocks.hpp"

namespace huxin::text {
namespace {

constexpr std::string_view kMiddleDot = "\xC2\xB7";

/// What a character becomes, and what must stand before it.
enum class Change : std::uint8_t {
  kNone,
  kAscii,         ///< full-width: its ASCII twin
  kGone,          ///< nothing
  kSpace,         ///< ' '
  kSpaceInside,   ///< ' ' behind a digit
  kHyphenInside,  ///< '-' behind a digit
  kDotInside,     ///< '·' behind a character beyond ASCII
};

// Every character that may change starts with one of these four bytes.
constexpr bool may_change(unsigned char lead) {
  return lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF;
}

constexpr Change change_of(char32_t code) {
  const auto in = [code](char32_t low, char32_t high) { return code >= low && code <= high; };
  if (in(0xFF10, 0xFF19) || in(0xFF20, 0xFF3A) || in(0xFF41, 0xFF5A)) return Change::kAscii;
  if (code == 0xFF0B || in(0xFF0D, 0xFF0F) || code == 0xFF3F) return Change::kAscii;
  if (code == 0xAD || code == 0xFEFF || in(0x200B, 0x200F) || in(0x202A, 0x202E) ||
      in(0x2060, 0x2069)) {
    return Change::kGone;
  }
  if (code == 0xA0 || in(0x2000, 0x200A) || code == 0x202F || code == 0x205F) return Change::kSpace;
  if (code == 0x3000) return Change::kSpaceInside;
  if (in(0x2010, 0x2015) || code == 0x2043 || code == 0x2212 || code == 0xFE58 || code == 0xFE63)
    return Change::kHyphenInside;
  if (code == 0x2022 || code == 0x2027 || code == 0x2219 || code == 0x22C5 || code == 0x30FB ||
      code == 0xFF65) {
    return Change::kDotInside;
  }
  return Change::kNone;
}

constexpr std::size_t kBlock = 64;

// Which characters of U+2000–U+3FFF and U+E000–U+FFFF change, a bit each: most punctuation of
// Chinese does not.
constexpr std::size_t slot_of(char32_t code) { return (code & 0x1FFFU) | (code & 0x8000U) >> 2U; }
constexpr auto kChanges = [] {
  std::array<std::uint64_t, 0x4000 / 64> bits{};
  for (const auto& [low, high] :
       {std::pair{0x2000U, 0x22FFU}, {0x3000U, 0x30FFU}, {0xFE40U, 0xFFFFU}}) {
    for (char32_t code = low; code <= high; ++code) {
      const std::size_t slot = slot_of(code);
      if (change_of(code) != Change::kNone) bits[slot / 64] |= std::uint64_t{1} << slot % 64;
    }
  }
  return bits;
}();
bool changes(char32_t code) {
  return (kChanges[slot_of(code) / 64] >> slot_of(code) % 64 & 1U) != 0;
}

struct Found {
  std::size_t at = 0;
  std::size_t length = 0;
  std::string_view becomes;
};

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  /// The next character from `at` on that changes.
  std::optional<Found> next(std::size_t at) {
    for (;;) {
      const ChangeBlock block = next_change_block(text_.data(), at, text_.size());
      at = block.at;
      if (block.leads == 0) break;
      for (std::uint64_t leads = block.leads; leads != 0; leads &= leads - 1) {
        if (auto found = look(at + static_cast<std::size_t>(std::countr_zero(leads)))) return found;
      }
      at += kBlock;
    }
    for (; at < text_.size(); ++at) {
      if (!may_change(byte(at))) continue;
      if (auto found = look(at)) return found;
    }
    return std::nullopt;
  }

  /// Tells what stands before the next character, where that was changed.
  void wrote(const Found& found) {
    if (!found.becomes.empty()) last_ = static_cast<unsigned char>(found.becomes.back());
    if (found.becomes.empty() && last_end_ != found.at) last_ = before(found.at);
    last_end_ = found.at + found.length;
  }

 private:
  unsigned char byte(std::size_t at) const { return static_cast<unsigned char>(text_[at]); }

  unsigned char before(std::size_t at) const {
    if (at == last_end_) return last_;
    return at == 0 ? 0 : byte(at - 1);
  }

  std::optional<Found> look(std::size_t at) const {
    const unsigned char lead = byte(at);
    const auto bits = [&](std::size_t i) { return static_cast<char32_t>(byte(at + i) & 0x3FU); };
    if (lead == 0xC2) {
      if (at + 1 >= text_.size()) return std::nullopt;
      return changed(at, 2, 0x80U | bits(1));
    }
    if (at + 2 >= text_.size()) return std::nullopt;
    const char32_t code = static_cast<char32_t>(lead & 0x0FU) << 12U | bits(1) << 6U | bits(2);
    return changes(code) ? changed(at, 3, code) : std::nullopt;
  }

  std::optional<Found> changed(std::size_t at, std::size_t length, char32_t code) const {
    const auto to = [&](std::string_view becomes) { return Found{at, length, becomes}; };
    const auto behind_digit = [&] { return before(at) >= '0' && before(at) <= '9'; };
    switch (change_of(code)) {
      case Change::kNone:
        return std::nullopt;
      case Change::kAscii:
        return to(std::string_view(&kAscii[code - 0xFF01], 1));
      case Change::kGone:
        return to("");
      case Change::kSpace:
        return to(" ");
      case Change::kSpaceInside:
        return behind_digit() ? std::optional(to(" ")) : std::nullopt;
      case Change::kHyphenInside:
        return behind_digit() ? std::optional(to("-")) : std::nullopt;
      case Change::kDotInside:
        return before(at) >= 0x80 ? std::optional(to(kMiddleDot)) : std::nullopt;
    }
    return std::nullopt;
  }

  static constexpr auto kAscii = [] {
    std::array<char, 0x5E> table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<char>('!' + i);
    return table;
  }();

  std::string_view text_;
  std::size_t last_end_ = 0;  ///< behind the last character changed
  unsigned char last_ = 0;    ///< the byte that stands before last_end_ in the normal text
};

}  // namespace

Normalised normalise(std::string_view utf8) {
  Normalised result;
  Finder finder(utf8);
  auto found = finder.next(0);
  if (!found) {
    result.same = true;
    return result;
  }
  result.text.reserve(utf8.size());
  std::size_t done = 0;
  for (; found; found = finder.next(done)) {
    result.text += utf8.substr(done, found->at - done);
    result.origin.copied(found->at - done);
    result.text += found->becomes;
    result.origin.replaced(found->becomes.size(), found->length);
    finder.wrote(*found);
    done = found->at + found->length;
  }
  result.text += utf8.substr(done);
  result.origin.copied(utf8.size() - done);
  return result;
}

}  // namespace huxin::text
