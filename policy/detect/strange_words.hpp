#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "policy/detect/ascii.hpp"
#include "policy/detect/label_index.hpp"

namespace huxin::detect {

/// Remembers ends of words before marks that end no label, whatever stands before them: a log has
/// its own keys on every line. One thread.
class StrangeWords {
 public:
  explicit StrangeWords(const LabelIndex& labels) : labels_(labels) {}

  /// As LabelIndex::before.
  std::optional<KeywordHit> label_before(std::string_view text, std::size_t end) {
    if (end < LabelIndex::kRuledOut || !is_ascii_letter(text[end - 1]))
      return labels_.before(text, end);
    std::uint64_t word = 0;
    static_assert(sizeof(word) == LabelIndex::kRuledOut);
    std::memcpy(&word, text.data() + end - sizeof(word), sizeof(word));
    std::uint64_t& known = words_[word * 0x9E37'79B9'7F4A'7C15U >> 56U];
    if (known == word) return std::nullopt;
    const auto label = labels_.before(text, end);
    // A word's last byte is a letter, so that none is the inverse of another.
    if (!label && known != ~word) known = labels_.rules_out(text, end) ? word : ~word;
    return label;
  }

 private:
  const LabelIndex& labels_;
  /// Each where its hash says; inverted: one that is not ruled out; 0: none.
  std::array<std::uint64_t, 256> words_{};
};

}  // namespace huxin::detect
