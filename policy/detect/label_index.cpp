#include "policy/detect/label_index.hpp"

#include <algorithm>
#include <bit>

#include "policy/base/byte_set.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr KindSet kSecrets{Kind::kPassword, Kind::kPin, Kind::kOneTimeCode,
                           Kind::kCardSecurityCode};
constexpr int kMaxParts = 4;            // of a label's tail
constexpr std::string_view kIs = "為";  // which is no mark, as 为 is
constexpr std::size_t kMaxSpaces = 24;  // bytes between two characters of a label

std::size_t pair_of(char before, char last) {
  const auto byte = [](char c) { return static_cast<unsigned char>(ascii_lower(c)); };
  return static_cast<std::size_t>(byte(last)) << 8U | byte(before);
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

// 回乡证（证号: the label of a number in brackets has its own before them.
std::size_t before_bracket(std::string_view text, std::size_t end) {
  const MarkAt open = mark_before(text, end);
  return open.mark == Mark::kOpen ? end - open.bytes : end;
}

// <key>证件号码</key><value: where a label ends whose value an element of its own holds, when the
// value's name begins at `at`.
std::size_t before_key_tag(std::string_view text, std::size_t at) {
  constexpr std::size_t kMaxTag = 24;
  if (at < 2 || text[at - 1] != '<') return at;
  const std::size_t close = text.substr(0, at - 1).find_last_not_of(" \t\r\n");
  if (close == std::string_view::npos || text[close] != '>') return at;
  const std::size_t open = text.substr(0, close).rfind('<');
  const bool tag = open != std::string_view::npos && close - open <= kMaxTag;
  return tag && text[open + 1] == '/' ? open : at;
}

// Whether a Han character ends there that spaces part from the one before.
bool spaces_before_last(std::string_view text, std::size_t end) {
  if (end <= kHanBytes || static_cast<unsigned char>(text[end - 1]) < 0x80) return false;
  const std::size_t last = end - kHanBytes;
  const bool space = text[last - 1] == ' ' || text.substr(0, last).ends_with("\u3000");
  return space && is_han(text.substr(last, kHanBytes));
}

// …已变更|为.
bool becomes(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  return rest.starts_with("为") || rest.starts_with(kIs);
}

// Spreads nodes over the table.
std::uint32_t hash_of(std::uint32_t from) { return from * 0x9E37'79B1U; }

std::uint32_t step_from(std::uint32_t node, char c) {
  return node << 8U | static_cast<unsigned char>(c);
}

}  // namespace

LabelIndex::LabelIndex(const Vocabulary& vocabulary) : pairs_(65'536) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) bytes += vocabulary[i].text.size();
  for (const std::string_view word : number_words()) bytes += word.size();
  for (const std::string_view word : filler_words()) bytes += word.size();
  for (const std::string_view word : kChangeWords) bytes += word.size();
  bytes += kIs.size();
  nodes_.resize(std::bit_ceil(2 * bytes + 1));
  nodes_[0].from = kRoot;
  shift_ = 32 - std::countr_zero(nodes_.size());
  for (const std::string_view word : number_words()) add(word).tail = Tail::kNumberWord;
  for (const std::string_view word : filler_words()) add(word).tail = Tail::kFiller;
  for (const std::string_view word : kChangeWords) add(word).tail = Tail::kChange;
  add(kIs).tail = Tail::kFiller;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    const Keyword& keyword = vocabulary[i];
    secrets_.push_back(!(keyword.means & kSecrets).empty());
    numbers_.push_back(!(keyword.means & kNumbered).empty());
    if ((keyword.means.empty() && keyword.headings.empty()) || keyword.text.size() < 2) continue;
    add(keyword.text).keyword = static_cast<std::uint16_t>(i);
  }
}

LabelIndex::Word& LabelIndex::add(std::string_view word) {
  std::uint32_t node = 0;
  for (std::size_t left = word.size(); left > 0; --left) {
    node = add_step(node, word[left - 1]);
    if (word.size() - left == 1) pairs_[pair_of(word[left - 1], word[left])] = node;
  }
  return nodes_[node].word;
}

std::uint32_t LabelIndex::add_step(std::uint32_t node, char c) {
  const std::uint32_t at = place_of(node, c);
  nodes_[at].from = step_from(node, c);
  return at;
}

// Where the node that a byte leads to stands, or would.
std::uint32_t LabelIndex::place_of(std::uint32_t node, char c) const {
  const std::uint32_t from = step_from(node, c);
  const auto mask = static_cast<std::uint32_t>(nodes_.size() - 1);
  const Node* const nodes = nodes_.data();  // the mask keeps within them
  std::uint32_t at = hash_of(from) >> shift_;
  while (nodes[at].from != from && nodes[at].from != kFree) at = (at + 1) & mask;
  return at;
}

// 0, the root, where no keyword goes on so.
std::uint32_t LabelIndex::step(std::uint32_t node, char c) const {
  const std::uint32_t at = place_of(node, c);
  return nodes_.data()[at].from == kFree ? 0 : at;
}

// The node that the last two bytes lead to; 0, the root, where no word ends in them.
std::uint32_t LabelIndex::pair_before(std::string_view text, std::size_t end) const {
  if (end < 2 || end > text.size()) return 0;
  const char* const behind = text.data() + end;
  return pairs_.data()[pair_of(behind[-2], behind[-1])];  // as many as there are pairs
}

// By the last three bytes, which are a Han character.
bool LabelIndex::may_end(std::string_view text, std::size_t end) const {
  const std::uint32_t node = pair_before(text, end);
  if (node == 0) return false;
  if (nodes_[node].word.is_some()) return true;
  return end > 2 && step(node, ascii_lower(text[end - 3])) != 0;
}

// The longest keyword, and the longest word of a tail.
LabelIndex::Ending LabelIndex::ending_at(std::string_view text, std::size_t end) const {
  Ending ending{{}, end};
  if (spaces_before_last(text, end)) return {spaced_label(text, end), end};
  std::uint32_t node = pair_before(text, end);
  if (node == 0 || !ends_word(text, end)) return ending;
  const Node* const nodes = nodes_.data();  // a node is one of them
  for (std::size_t at = end - 2; node != 0; --at) {
    const Word& word = nodes[node].word;
    if (word.is_some() && begins_word(text, at)) {
      if (word.keyword != kNone) ending.label = KeywordHit{{at, end}, word.keyword};
      const bool tail = word.tail == Tail::kChange ? becomes(text, end) : word.tail != Tail::kNone;
      if (tail) ending.tail = at;
      ending.numbers = tail ? word.tail == Tail::kNumberWord : ending.numbers;
    }
    if (at == 0) break;
    // No keyword goes on over a line's end.
    node = text[at - 1] == '\n' ? 0 : step(node, ascii_lower(text[at - 1]));
  }
  ending.open = node != 0;
  return ending;
}

// As look_back does for words of letters: behind one there are no ordinals, notes or marks.
bool LabelIndex::rules_out(std::string_view text, std::size_t end, std::size_t bytes) const {
  if (end < bytes) return false;
  const std::string_view last = text.substr(end - bytes, bytes);
  for (std::size_t at = bytes;;) {
    const Ending ending = ending_at(last, at);
    if (ending.label || ending.open) return false;
    if (ending.tail == at) return true;
    // A word of a tail: the one before it is looked at where one mark parts them that look_back
    // passes over.
    at = ending.tail;
    if (at < 4) return false;  // of which two bytes at least are there
    if (!std::string_view(" _-.").contains(last[at - 1]) || !is_ascii_letter(last[at - 2]))
      return false;
    --at;
  }
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
    if (nodes_[node].word.keyword != kNone)
      found = KeywordHit{{at, end}, nodes_[node].word.keyword};
    at = skip_marks_back(text, at, at - std::min(at, kMaxSpaces), Mark::kSpace);
  }
  return found;
}

// Most marks are ruled out by a letter or two before them. A label ends in a word, in an ordinal
// behind one, or in marks.
bool LabelIndex::may_stand_before(std::string_view text, std::size_t end) const {
  static constexpr ByteSet kBehindLabel(" \t\"'`*#._-)]}");
  if (end == 0) return false;
  const char last = text[end - 1];
  if (static_cast<unsigned char>(last) >= 0x80) return may_be_mark(text, end) || may_end(text, end);
  if (is_ascii_digit(last)) {
    const std::size_t word = before_ordinal(text, end);
    return may_end(text, end) || (word < end && may_stand_before(text, word));
  }
  return is_ascii_alnum(last) ? may_end(text, end) : kBehindLabel.has(last);
}

std::optional<KeywordHit> LabelIndex::look_back(std::string_view text, std::size_t end) const {
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
    if (general) end = before_bracket(text, end);
    const Ending ending = ending_at(text, end);
    if (ending.label && !general && ending.tail == ending.label->span.begin) {
      general = ending.label;
    } else if (ending.label) {
      const bool fits =
          general ? numbers_[ending.label->keyword] : !numbered || !secrets_[ending.label->keyword];
      return fits ? ending.label : general;
    }
    numbered = numbered || ending.numbers;
    const bool word = ending.tail < end;
    const std::size_t rest = word ? ending.tail : before_ordinal(text, end);
    if (rest == end) break;
    end = word ? before_key_tag(text, rest) : rest;
  }
  return general;
}

}  // namespace huxin::detect
