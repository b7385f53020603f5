#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "policy/detect/ascii.hpp"
#include "policy/detect/label_index.hpp"

namespace huxin::detect {

/// Remembers ends of words before marks that end no label, whatever stands before them: a log has
/// its own keys on every line. Eight bytes tell most of them (status=), sixteen those in which the
/// tail of a label follows (finished id=). One thread.
class StrangeWords {
 public:
  explicit StrangeWords(const LabelIndex& labels) : labels_(labels) {}

  /// As LabelIndex::before.
  std::optional<KeywordHit> label_before(std::string_view text, std::size_t end) {
    if (end < sizeof(Long) || !is_ascii_letter(text[end - 1])) return labels_.before(text, end);
    Long last{};
    std::memcpy(&last, text.data() + end - sizeof(Long), sizeof(Long));
    std::uint64_t& known = words_[slot_of(last[1])];
    if (known == last[1]) return std::nullopt;
    Long& known_long = long_words_[slot_of(last[0] ^ last[1])];
    if (known_long == last) return std::nullopt;
    const auto label = labels_.before(text, end);
    if (label || known_long == inverse(last)) return label;
    if (labels_.rules_out(text, end, sizeof(last[1]))) {
      known = last[1];
    } else {
      known_long = labels_.rules_out(text, end, sizeof(Long)) ? last : inverse(last);
    }
    return label;
  }

 private:
  using Long = std::array<std::uint64_t, 2>;
  static constexpr std::size_t kSlots = 256;

  static std::size_t slot_of(std::uint64_t word) {
    static_assert(kSlots == std::size_t{1} << 8U);
    return word * 0x9E37'79B9'7F4A'7C15U >> (64U - 8U);
  }
  /// Stands for a word that is not ruled out. A word's last byte is a letter, so that none is the
  /// inverse of another.
  static Long inverse(const Long& word) { return {~word[0], ~word[1]}; }

  const LabelIndex& labels_;
  // Each where its hash says; 0: none.
  std::array<std::uint64_t, kSlots> words_{};
  std::array<Long, kSlots> long_words_{};
};

}  // namespace huxin::detect
