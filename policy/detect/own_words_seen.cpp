#include "policy/detect/own_words_seen.hpp"

#include <algorithm>

namespace huxin::detect {

// What a block is remembered for holds where the part cuts neither it nor a word of it.
catalog::OwnThings OwnWordsSeen::in(const Span& part) {
  const std::size_t part_end = std::min(part.end, text_.size());
  const std::string_view within = text_.substr(0, part_end);
  catalog::OwnThings things = 0;
  for (std::size_t begin = part.begin / kBlock * kBlock; begin < part_end; begin += kBlock) {
    const catalog::OwnWordsBegun& words = words_of(begin);
    if (words.things == 0) continue;
    const bool whole = begin >= part.begin && words.end <= part_end;
    things |= whole ? words.things
                    : catalog::own_words_begun(within, std::max(begin, part.begin),
                                               std::min(begin + kBlock, part_end))
                          .things;
  }
  return things;
}

const catalog::OwnWordsBegun& OwnWordsSeen::words_of(std::size_t begin) {
  Block& block = blocks_[begin / kBlock % kBlocks];
  if (block.begin != begin) {
    const std::size_t end = std::min(begin + kBlock, text_.size());
    block = {begin, catalog::own_words_begun(text_, begin, end)};
  }
  return block.words;
}

}  // namespace huxin::detect
