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

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

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
    if (vocabulary[i].means.empty()) continue;
    std::uint32_t hash = 0;
    for (auto c = word.rbegin(); c != word.rend(); ++c) hash = add(hash, *c);
    std::size_t at = slot_key(hash) >> shift_;
    while (slots_[at].hash != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {slot_key(hash), static_cast<std::uint16_t>(i)};
    longest_ = std::max(longest_, word.size());
  }
}

std::optional<KeywordHit> LabelIndex::match(std::uint32_t hash, std::string_view text,
                                            std::size_t end) const {
  const std::uint32_t key = slot_key(hash);
  for (std::size_t at = key >> shift_; slots_[at].hash != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash != key) continue;
    const std::string& word = vocabulary_[slots_[at].keyword].text;
    if (word.size() > end) continue;
    const Span span{end - word.size(), end};
    const std::string_view found = text.substr(span.begin, span.size());
    if (std::ranges::equal(found, word, {}, ascii_lower) && stands_alone(text, span))
      return KeywordHit{span, slots_[at].keyword};
  }
  return std::nullopt;
}

std::optional<KeywordHit> LabelIndex::before(std::string_view text, std::size_t end) const {
  const std::size_t near = end - std::min(end, kMaxBetween);
  end = skip_marks_back(text, end, near, Mark::kSpace | Mark::kQuote);
  const std::size_t stop = end - std::min(end, longest_);
  std::optional<KeywordHit> found;
  std::uint32_t hash = 0;
  for (std::size_t at = end; at > stop;) {
    const char c = text[--at];
    if (ends_label(c)) break;
    hash = add(hash, ascii_lower(c));
    if (continues_character(c)) continue;
    if (auto hit = match(hash, text, end)) found = hit;
  }
  return found;
}

}  // namespace huxin::detect
