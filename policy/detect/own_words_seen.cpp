#include "policy/detect/own_words_seen.hpp"

#include <algorithm>

namespace huxin::detect {

// Of most blocks no word begins in any, whatever the part's end cuts.
catalog::OwnThings OwnWordsSeen::in(const Span& part) {
  const std::string_view within = text_.substr(0, part.end);
  // A word that begins before `sure` ends in the part.
  const std::size_t sure = part.end - std::min(part.size(), catalog::longest_own_word());
  catalog::OwnThings things = 0;
  for (std::size_t begin = part.begin / kBlock * kBlock; begin < part.end; begin += kBlock) {
    const catalog::OwnThings all = block_at(begin);
    const bool inside = begin >= part.begin && begin + kBlock <= sure;
    if (all == 0 || inside) {
      things |= all;
    } else {
      things |= catalog::own_things_begun(within, std::max(begin, part.begin),
                                          std::min(begin + kBlock, part.end));
    }
  }
  return things;
}

catalog::OwnThings OwnWordsSeen::block_at(std::size_t begin) {
  Block& block = blocks_[begin / kBlock % kBlocks];
  if (block.begin != begin) {
    const std::size_t end = std::min(begin + kBlock, text_.size());
    block = {begin, catalog::own_things_begun(text_, begin, end)};
  }
  return block.things;
}

}  // namespace huxin::detect
