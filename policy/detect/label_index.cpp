#include "policy/detect/label_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr KindSet kSecrets{Kind::kPassword, Kind::kPin, Kind::kOneTimeCode,
                           Kind::kCardSecurityCode};
constexpr int kMaxParts = 4;            // of a label's tail
constexpr std::size_t kMaxSpaces = 12;  // bytes between two characters of a label

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

// Most marks before a label's own are no bracket.
bool may_close(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  const char last = text[end - 1];
  return static_cast<unsigned char>(last) >= 0x80 || last == ')' || last == ']' || last == '}';
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

// Whether a Han character ends there that spaces part from the one before.
bool spaces_before_last(std::string_view text, std::size_t end) {
  if (end <= kHanBytes || static_cast<unsigned char>(text[end - 1]) < 0x80) return false;
  const std::size_t last = end - kHanBytes;
  const bool space = text[last - 1] == ' ' || text.substr(0, last).ends_with("\u3000");
  return space && is_han(text.substr(last, kHanBytes));
}

// Spreads steps over the table.
std::uint32_t hash_of(std::uint32_t from) { return from * 0x9E37'79B1U; }

std::uint32_t step_from(std::uint32_t node, char c) {
  return node << 8U | static_cast<unsigned char>(c);
}

}  // namespace

LabelIndex::LabelIndex(const Vocabulary& vocabulary) : words_(1) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) bytes += vocabulary[i].text.size();
  for (const std::string_view word : number_words()) bytes += word.size();
  for (const std::string_view word : filler_words()) bytes += word.size();
  steps_.resize(std::bit_ceil(2 * bytes + 1));
  shift_ = 32 - std::countr_zero(steps_.size());
  for (const std::string_view word : number_words()) add(word).tail = Tail::kNumberWord;
  for (const std::string_view word : filler_words()) add(word).tail = Tail::kFiller;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    const Keyword& keyword = vocabulary[i];
    secrets_.push_back(!(keyword.means & kSecrets).empty());
    numbers_.push_back(!(keyword.means & kNumbered).empty());
    if ((keyword.means.empty() && keyword.headings.empty()) || keyword.text.size() < 2) continue;
    add(keyword.text).keyword = static_cast<std::uint16_t>(i);
  }
}

LabelIndex::Word& LabelIndex::add(std::string_view word) {
  Tails& tails = tails_[pair_of(word, word.size())];
  const std::size_t tail = std::min(word.size(), kTail);
  tails = static_cast<Tails>(tails | 1U << (tail - 1));
  seen_.set(tail_bit(last_bytes(word, word.size()), tail));
  std::uint32_t node = 0;
  for (std::size_t left = word.size(); left > 0; --left) node = add_step(node, word[left - 1]);
  return words_[node];
}

std::uint32_t LabelIndex::add_step(std::uint32_t node, char c) {
  if (const std::uint32_t known = step(node, c); known != 0) return known;
  const std::uint32_t from = step_from(node, c);
  std::size_t at = hash_of(from) >> shift_;
  while (steps_[at].from != kFree) at = (at + 1) & (steps_.size() - 1);
  steps_[at] = {from, static_cast<std::uint32_t>(words_.size())};
  words_.emplace_back();
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
  if (spaces_before_last(text, end)) return {spaced_label(text, end), end};
  if (!may_end(text, end) || !ends_word(text, end)) return ending;
  std::uint32_t node = 0;
  for (std::size_t at = end; at > 0;) {
    node = step(node, ascii_lower(text[--at]));
    if (node == 0) break;
    const Word& word = words_[node];
    if ((word.keyword == kNone && word.tail == Tail::kNone) || !begins_word(text, at)) continue;
    if (word.keyword != kNone) ending.label = KeywordHit{{at, end}, word.keyword};
    if (word.tail == Tail::kNone) continue;
    ending.tail = at;
    ending.numbers = word.tail == Tail::kNumberWord;
  }
  return ending;
}

// 账　　号, 经 办 人: forms space labels out to one width. The longest keyword whose characters
// stand apart.
std::optional<KeywordHit> LabelIndex::spaced_label(std::string_view text, std::size_t end) const {
  std::optional<KeywordHit> found;
  std::uint32_t node = 0;
  for (std::size_t at = end; at >= kHanBytes && is_han(text.substr(at - kHanBytes));) {
    for (const std::size_t begin = at - kHanBytes; at > begin && (at == end || node != 0);)
      node = step(node, text[--at]);
    if (node == 0) break;
    if (words_[node].keyword != kNone) found = KeywordHit{{at, end}, words_[node].keyword};
    at = skip_marks_back(text, at, at - std::min(at, kMaxSpaces), Mark::kSpace);
  }
  return found;
}

// A label ends in a word, or in what may stand behind one; ASCII, most of which is neither.
bool LabelIndex::may_stand_before(std::string_view text, std::size_t end) const {
  static constexpr auto kBehindLabel = [] {
    std::array<bool, 0x80> behind{};
    for (const char c : std::string_view(" \t\"'`*#._-)]}"))
      behind[static_cast<std::size_t>(c)] = true;
    return behind;
  }();
  if (end == 0) return false;
  const char last = text[end - 1];
  if (static_cast<unsigned char>(last) >= 0x80) return true;
  if (is_ascii_digit(last)) return before_ordinal(text, end) < end || may_end(text, end);
  return is_ascii_alnum(last) || kBehindLabel[static_cast<std::size_t>(last)];
}

std::optional<KeywordHit> LabelIndex::before(std::string_view text, std::size_t end) const {
  if (!may_stand_before(text, end)) return std::nullopt;
  bool numbered = false;
  std::optional<KeywordHit> general;  // 账号 of 公积金账号
  for (int part = 0; part < kMaxParts; ++part) {
    if (may_be_mark(text, end)) {
      end = before_label_marks(text, end);
      if (const auto note = may_close(text, end) ? note_before(text, end) : std::nullopt) {
        const Ending inside = ending_at(text, note->inside.end);
        if (inside.label) return inside.label;
        end = note->begin;
        continue;
      }
    }
    const Ending ending = ending_at(text, end);
    if (ending.label && !general && ending.tail == ending.label->span.begin) {
      general = ending.label;
    } else if (ending.label) {
      const bool fits =
          general ? numbers_[ending.label->keyword] : !numbered || !secrets_[ending.label->keyword];
      return fits ? ending.label : general;
    }
    numbered = numbered || ending.numbers;
    const std::size_t rest = ending.tail < end ? ending.tail : before_ordinal(text, end);
    if (rest == end) break;
    end = rest;
  }
  return general;
}

}  // namespace huxin::detect
