#include "policy/detect/own_words_seen.hpp"

#include <algorithm>
#include <bit>

namespace huxin::detect {

// The first block last: of one that the part cuts, words are looked at again, but where the others
// have said as much. A word that the part's end cuts may be another.
catalog::OwnThings OwnWordsSeen::in(const Span& part) {
  const Span within{part.begin, std::min(part.end, text_.size())};
  if (within.begin >= within.end) return 0;
  const std::size_t first = within.begin / kBlock;
  const std::size_t last = (within.end - 1) / kBlock;
  catalog::OwnThings things = 0;
  for (std::size_t next = first + 1; next <= last + 1; ++next) {
    const std::size_t number = next > last ? first : next;
    Block& block = blocks_[number % kBlocks];
    if (block.begin != number * kBlock) look(number * kBlock, block);
    if ((block.things & ~things) != 0 || cuts_word(block, within.end))
      things |= things_of(block, within);
  }
  return things;
}

bool OwnWordsSeen::cuts_word(const Block& block, std::size_t end) {
  if (block.end <= end) return false;
  for (std::uint64_t words = block.words; words != 0; words &= words - 1) {
    const std::size_t word = block.begin + static_cast<std::size_t>(std::countr_zero(words));
    if (word < end && word + block.longest > end) return true;
  }
  return false;
}

// What a block is remembered for holds where the part cuts neither it nor a word of it.
catalog::OwnThings OwnWordsSeen::things_of(const Block& block, const Span& part) const {
  if (block.begin >= part.begin && block.end <= part.end) return block.things;
  catalog::OwnThings things = 0;
  for (std::uint64_t words = block.words; words != 0; words &= words - 1) {
    const std::size_t word = block.begin + static_cast<std::size_t>(std::countr_zero(words));
    if (word >= part.begin && word < part.end)
      things |= catalog::next_own_word(text_.substr(0, part.end), word, word + 1).things;
  }
  return things;
}

void OwnWordsSeen::look(std::size_t begin, Block& block) const {
  block = {.begin = begin};
  const std::size_t end = std::min(begin + kBlock, text_.size());
  for (auto word = catalog::next_own_word(text_, begin, end); word.things != 0;
       word = catalog::next_own_word(text_, word.span.begin + 1, end)) {
    block.things |= word.things;
    block.words |= std::uint64_t{1} << (word.span.begin - begin);
    block.end = std::max(block.end, word.span.end);
    block.longest = std::max(block.longest, word.span.size());
  }
}

}  // namespace huxin::detect
