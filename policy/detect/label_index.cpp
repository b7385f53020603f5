#include "policy/detect/label_index.hpp"

#include <algorithm>
#include <bit>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxBetween = 6;  // bytes between a label and its mark: "name" :

// Of a word read from its end to its begin.
std::uint32_t add(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 0x9E3779B1U;
}

std::uint32_t slot_key(std::uint32_t hash) { return hash == 0 ? 1 : hash; }

constexpr std::size_t kTail = 4;  // bytes: the end of a word, or all of a short one

std::size_t bit_of(std::uint32_t hash) { return hash >> 16U; }

// The last two bytes of a word, in lower case.
std::size_t pair_of(std::string_view text, std::size_t end) {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(ascii_lower(text[at])));
  };
  return byte(end - 2) << 8U | byte(end - 1);
}

// A label holds letters, digits and what joins them.
bool ends_label(char c) {
  return static_cast<unsigned char>(c) < 0x80 && !is_ascii_alnum(c) && c != ' ' && c != '_' &&
         c != '-';
}

}  // namespace

LabelIndex::LabelIndex(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
  slots_.resize(std::bit_ceil(4 * vocabulary.size() + 1));
  shift_ = 32 - std::countr_zero(slots_.size());
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    const std::string& word = vocabulary[i].text;
    if ((vocabulary[i].means.empty() && vocabulary[i].headings.empty()) || word.size() < 2)
      continue;
    std::uint8_t& longest = longest_[pair_of(word, word.size())];
    longest = std::max(longest, static_cast<std::uint8_t>(std::min<std::size_t>(word.size(), 255)));
    std::uint32_t hash = 0;
    for (std::size_t left = word.size(); left > 0; --left) {
      hash = add(hash, word[left - 1]);
      if (word.size() - left + 1 == std::min(word.size(), kTail)) tails_.set(bit_of(hash));
    }
    std::size_t at = slot_key(hash) >> shift_;
    while (slots_[at].hash != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {slot_key(hash), static_cast<std::uint16_t>(i)};
  }
}

std::optional<KeywordHit> LabelIndex::match(std::uint32_t hash, std::string_view text,
                                            const Span& word) const {
  const std::uint32_t key = slot_key(hash);
  for (std::size_t at = key >> shift_; slots_[at].hash != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash != key) continue;
    const std::string_view found = text.substr(word.begin, word.size());
    if (std::ranges::equal(found, vocabulary_[slots_[at].keyword].text, {}, ascii_lower))
      return KeywordHit{word, slots_[at].keyword};
  }
  return std::nullopt;
}

// Most words are told apart by their last two or four bytes; a shorter keyword is all of a word.
bool LabelIndex::may_end(std::string_view text, std::size_t end) const {
  if (end < 2 || longest_[pair_of(text, end)] == 0) return false;
  std::uint32_t hash = 0;
  for (std::size_t size = 1; size <= std::min(kTail, end); ++size) {
    hash = add(hash, ascii_lower(text[end - size]));
    if (size > 1 && tails_.test(bit_of(hash)) && (size == kTail || begins_word(text, end - size)))
      return true;
  }
  return false;
}

std::optional<KeywordHit> LabelIndex::before(std::string_view text, std::size_t end) const {
  if (end > 0 && !is_ascii_alnum(text[end - 1])) {
    const std::size_t near = end - std::min(end, kMaxBetween);
    end = skip_marks_back(text, end, near, Mark::kSpace | Mark::kQuote);
  }
  if (!may_end(text, end) || !ends_word(text, end)) return std::nullopt;
  const std::size_t stop = end - std::min<std::size_t>(end, longest_[pair_of(text, end)]);
  std::optional<KeywordHit> found;
  std::uint32_t hash = 0;
  for (std::size_t at = end; at > stop;) {
    const char c = text[--at];
    if (ends_label(c)) break;
    hash = add(hash, ascii_lower(c));
    if (!begins_word(text, at)) continue;
    if (auto hit = match(hash, text, {at, end})) found = hit;
  }
  return found;
}

}  // namespace huxin::detect
