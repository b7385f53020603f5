#include "policy/detect/own_words_seen.hpp"

#include <algorithm>
#include <bit>

namespace huxin::detect {

// What a block is remembered for holds where the part cuts neither it nor a word of it.
catalog::OwnThings OwnWordsSeen::in(const Span& part) {
  const std::size_t part_end = std::min(part.end, text_.size());
  catalog::OwnThings things = 0;
  for (std::size_t begin = part.begin / kBlock * kBlock; begin < part_end; begin += kBlock) {
    Block& block = blocks_[begin / kBlock % kBlocks];
    if (block.begin != begin) look(begin, block);
    if (block.things == 0) continue;
    if (begin >= part.begin && block.end <= part_end) {
      things |= block.things;
      continue;
    }
    for (unsigned words = block.words; words != 0; words &= words - 1) {
      const std::size_t word = begin + static_cast<std::size_t>(std::countr_zero(words));
      if (word >= part.begin && word < part_end)
        things |= catalog::next_own_word(text_.substr(0, part_end), word, word + 1).things;
    }
  }
  return things;
}

void OwnWordsSeen::look(std::size_t begin, Block& block) const {
  block = {.begin = begin};
  const std::size_t end = std::min(begin + kBlock, text_.size());
  for (auto word = catalog::next_own_word(text_, begin, end); word.things != 0;
       word = catalog::next_own_word(text_, word.span.begin + 1, end)) {
    block.things |= word.things;
    block.words |= std::uint32_t{1} << (word.span.begin - begin);
    block.end = std::max(block.end, word.span.end);
  }
}

}  // namespace huxin::detect
