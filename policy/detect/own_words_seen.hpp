#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/catalog/own_words.hpp"

namespace huxin::detect {

/// Tells what catalog::own_things_in() says of parts of a text, and remembers it block by block:
/// the parts around values that stand close together are mostly the same. One thread; borrows the
/// text.
class OwnWordsSeen {
 public:
  explicit OwnWordsSeen(std::string_view text) : text_(text) {}

  catalog::OwnThings in(const Span& part);

 private:
  static constexpr std::size_t kBlock = 64;   // bytes
  static constexpr std::size_t kBlocks = 32;  // remembered, which is more than most parts have
  struct Block {
    std::size_t begin = std::numeric_limits<std::size_t>::max();
    std::size_t end = 0;  ///< of the word that reaches furthest
    std::size_t longest = 0;  ///< bytes of a word
    catalog::OwnThings things = 0;
    std::uint64_t words = 0;  ///< a bit for each byte at which one begins
  };
  static_assert(kBlock <= std::numeric_limits<decltype(Block::words)>::digits);

  /// Whether a part's end may cut a word of a block.
  static bool cuts_word(const Block& block, std::size_t end);
  catalog::OwnThings things_of(const Block& block, const Span& part) const;
  void look(std::size_t begin, Block& block) const;

  std::string_view text_;
  std::array<Block, kBlocks> blocks_;  ///< by their number in the text
};

}  // namespace huxin::detect
