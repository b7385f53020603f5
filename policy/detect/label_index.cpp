#include "policy/detect/label_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "policy/detect/ascii.hpp"
#include "policy/detect/label_tail.hpp"

namespace huxin::detect {
namespace {

constexpr KindSet kSecrets{Kind::kPassword, Kind::kPin, Kind::kOneTimeCode,
                           Kind::kCardSecurityCode};
constexpr int kMaxParts = 4;  // of a label's tail

constexpr std::size_t kTail = 8;  // bytes: the end of a word, or all of a shorter one

// The last eight bytes before `end`, the last one highest.
std::uint64_t last_bytes(std::string_view text, std::size_t end) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t bytes = 0;
  if (end >= sizeof bytes) {
    std::memcpy(&bytes, text.data() + end - sizeof bytes, sizeof bytes);
  } else {
    for (std::size_t i = 0; i < end; ++i)
      bytes = bytes >> 8U | std::uint64_t{static_cast<unsigned char>(text[i])} << 56U;
  }
  return bytes;
}

// Of the last `size` bytes. Small and capital letters are alike, as some other bytes are: it is
// what a word is ruled out by.
std::size_t tail_bit(std::uint64_t bytes, std::size_t size) {
  const std::uint64_t lower = bytes | 0x2020'2020'2020'2020U;
  return (lower >> (64 - 8 * size)) * 0x9E37'79B9'7F4A'7C15U >> 48U;
}

// The last two bytes of a word, in lower case.
std::size_t pair_of(std::string_view text, std::size_t end) {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(ascii_lower(text[at])));
  };
  return byte(end - 2) << 8U | byte(end - 1);
}

// False where a letter ends: a Han character's three bytes begin at 0xE4 and beyond, but for rare
// ones, and those of marks below or at 0xEF.
bool may_be_mark(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  const char last = text[end - 1];
  if (static_cast<unsigned char>(last) < 0x80) return !is_ascii_alnum(last);
  const auto lead = static_cast<unsigned char>(end < 3 ? '\xE2' : text[end - 3]);
  return lead < 0xE4 || lead > 0xE9;
}

// Spreads steps over the table.
std::uint32_t hash_of(std::uint32_t from) { return from * 0x9E37'79B1U; }

std::uint32_t step_from(std::uint32_t node, char c) {
  return node << 8U | static_cast<unsigned char>(c);
}

}  // namespace

LabelIndex::LabelIndex(const Vocabulary& vocabulary) : keywords_{kNone} {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) bytes += vocabulary[i].text.size();
  for (const std::string_view word : number_words()) bytes += word.size();
  for (const std::string_view word : filler_words()) bytes += word.size();
  steps_.resize(std::bit_ceil(2 * bytes + 1));
  shift_ = 32 - std::countr_zero(steps_.size());
  for (const std::string_view word : number_words()) add(word, kNumberWord);
  for (const std::string_view word : filler_words()) add(word, kFiller);
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    const Keyword& keyword = vocabulary[i];
    secrets_.push_back(!(keyword.means & kSecrets).empty());
    if ((keyword.means.empty() && keyword.headings.empty()) || keyword.text.size() < 2) continue;
    add(keyword.text, static_cast<std::uint16_t>(i));
  }
}

void LabelIndex::add(std::string_view word, std::uint16_t keyword) {
  Tails& tails = tails_[pair_of(word, word.size())];
  const std::size_t tail = std::min(word.size(), kTail);
  tails = static_cast<Tails>(tails | 1U << (tail - 1));
  seen_.set(tail_bit(last_bytes(word, word.size()), tail));
  std::uint32_t node = 0;
  for (std::size_t left = word.size(); left > 0; --left) node = add_step(node, word[left - 1]);
  keywords_[node] = keyword;
}

std::uint32_t LabelIndex::add_step(std::uint32_t node, char c) {
  if (const std::uint32_t known = step(node, c); known != 0) return known;
  const std::uint32_t from = step_from(node, c);
  std::size_t at = hash_of(from) >> shift_;
  while (steps_[at].from != kFree) at = (at + 1) & (steps_.size() - 1);
  steps_[at] = {from, static_cast<std::uint32_t>(keywords_.size())};
  keywords_.push_back(kNone);
  return steps_[at].to;
}

// Where a byte leads; 0, the root, where no keyword goes on so.
std::uint32_t LabelIndex::step(std::uint32_t node, char c) const {
  const std::uint32_t from = step_from(node, c);
  const std::size_t mask = steps_.size() - 1;
  const Step* const steps = steps_.data();  // the mask keeps within them
  std::size_t at = hash_of(from) >> shift_;
  while (steps[at].from != from && steps[at].from != kFree) at = (at + 1) & mask;
  return steps[at].to;
}

// Most words are told apart by their last two or eight bytes; a shorter keyword is all of a word.
bool LabelIndex::may_end(std::string_view text, std::size_t end) const {
  if (end < 2) return false;
  unsigned tails = tails_[pair_of(text, end)];
  if (tails == 0) return false;
  const std::uint64_t bytes = last_bytes(text, end);
  for (; tails != 0; tails &= tails - 1) {
    const auto size = static_cast<std::size_t>(std::countr_zero(tails)) + 1;
    if (size <= end && seen_.test(tail_bit(bytes, size)) &&
        (size == kTail || begins_word(text, end - size)))
      return true;
  }
  return false;
}

// The longest keyword, and the longest word of a tail.
LabelIndex::Ending LabelIndex::ending_at(std::string_view text, std::size_t end) const {
  Ending ending{{}, end};
  if (!may_end(text, end) || !ends_word(text, end)) return ending;
  std::uint32_t node = 0;
  for (std::size_t at = end; at > 0;) {
    node = step(node, ascii_lower(text[--at]));
    if (node == 0) break;
    const std::uint16_t keyword = keywords_[node];
    if (keyword == kNone || !begins_word(text, at)) continue;
    if (keyword < kFiller) {
      ending.label = KeywordHit{{at, end}, keyword};
    } else {
      ending.tail = at;
      ending.numbers = keyword == kNumberWord;
    }
  }
  return ending;
}

std::optional<KeywordHit> LabelIndex::before(std::string_view text, std::size_t end) const {
  bool numbered = false;
  for (int part = 0; part < kMaxParts; ++part) {
    if (may_be_mark(text, end)) {
      end = before_label_marks(text, end);
      if (const auto note = note_before(text, end)) {
        const Ending inside = ending_at(text, note->inside.end);
        if (inside.label) return inside.label;
        end = note->begin;
        continue;
      }
    }
    const Ending ending = ending_at(text, end);
    if (ending.label && numbered && secrets_[ending.label->keyword]) return std::nullopt;
    if (ending.label) return ending.label;
    numbered = numbered || ending.numbers;
    const std::size_t rest = ending.tail < end ? ending.tail : before_ordinal(text, end);
    if (rest == end) return std::nullopt;
    end = rest;
  }
  return std::nullopt;
}

}  // namespace huxin::detect
