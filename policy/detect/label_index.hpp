#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "policy/detect/context.hpp"

namespace huxin::detect {

/// Finds the keyword that ends at a place, by looking back from it: what labels a value whose mark
/// (a colon, an equals sign…) stands there. Immutable.
class LabelIndex {
 public:
  /// Takes the keywords that speak for some kind, or make up a kind of document.
  explicit LabelIndex(const Vocabulary& vocabulary);

  /// The longest keyword that ends at `end` and stands alone, what belongs to a label between them
  /// allowed: spaces, quotes, number words, notes in brackets (see label_tail.hpp). A note that is
  /// a label itself is the one: 证件号码（护照）. Number words make no label of a secret's:
  /// 口令卡号. Looks back no further than some keyword and its tail go.
  std::optional<KeywordHit> before(std::string_view text, std::size_t end) const {
    if (!may_stand_before(text, end)) return std::nullopt;
    return look_back(text, end);
  }
  /// Whether the last `bytes` before `end`, a letter's the last of them, say by themselves that no
  /// label ends there, whatever stands before them.
  bool rules_out(std::string_view text, std::size_t end, std::size_t bytes) const;
  /// Says whether words are a label and nothing more.
  bool fills(std::string_view text, const Span& words) const {
    const auto label = before(text, words.end);
    return label && label->span.begin <= words.begin;
  }

 private:
  static constexpr std::uint16_t kNone = 0xFFFF;

  /// What begins at a node.
  enum class Tail : std::uint8_t {
    kNone,
    kNumberWord,
    kFiller,
    kChange,  ///< before 为 alone
  };
  struct Word {
    std::uint16_t keyword = kNone;
    Tail tail = Tail::kNone;
    bool is_some() const { return keyword != kNone || tail != Tail::kNone; }
  };

  /// What the word is that ends at a place.
  struct Ending {
    std::optional<KeywordHit> label;
    std::size_t tail = 0;  ///< where a word of a tail begins; the place itself where none ends
    bool numbers = false;  ///< it is a number word
    bool open = false;     ///< the text began before the longest word could be told
  };

  Word& add(std::string_view word);
  std::optional<KeywordHit> spaced_label(std::string_view text, std::size_t end) const;
  Ending ending_at(std::string_view text, std::size_t end) const;
  bool may_stand_before(std::string_view text, std::size_t end) const;
  std::optional<KeywordHit> look_back(std::string_view text, std::size_t end) const;
  std::uint32_t pair_before(std::string_view text, std::size_t end) const;
  bool may_end(std::string_view text, std::size_t end) const;
  std::uint32_t step(std::uint32_t node, char c) const;
  std::uint32_t add_step(std::uint32_t node, char c);
  std::uint32_t place_of(std::uint32_t node, char c) const;

  /// Of a trie that reads keywords from their end.
  struct Node {
    std::uint32_t from = kFree;  ///< the node before, and the byte that leads here
    Word word;                   ///< that begins here
  };
  static constexpr std::uint32_t kFree = 0xFFFF'FFFF;
  static constexpr std::uint32_t kRoot = 0xFFFF'FFFE;

  /// A power of two of them: each stands where the hash of `from` says, or behind. The root is 0.
  std::vector<Node> nodes_;
  int shift_ = 0;
  std::vector<bool> numbers_;  ///< by keyword: it says of what number an account or a card is
  std::vector<bool> secrets_;  ///< by keyword: it labels what authenticates
  std::vector<std::uint32_t> pairs_;  ///< the node that a word's last two bytes lead to; 0: none
};

}  // namespace huxin::detect
