#pragma once
#include <cstddef>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Says of one stretch of a text after the other whether some word stands in it. Stretches overlap
/// and mostly move on; what lies between them is looked through once. No word may end within
/// another that begins before it. One thread.
class WordAhead {
 public:
  /// `first_in` tells the first such word that begins in a span, an empty one where none does; the
  /// same function every time.
  template <class Find>
  bool within(const Span& stretch, const Find& first_in) {
    const bool passed = word_.size() > 0 ? stretch.begin > word_.begin : stretch.begin > seen_.end;
    if (passed || stretch.begin < seen_.begin) {
      seen_ = {stretch.begin, stretch.begin};
      word_ = {};
    }
    if (word_.size() == 0 && seen_.end < stretch.end) {
      word_ = first_in(Span{seen_.end, stretch.end});
      seen_.end = stretch.end;
    }
    return word_.size() > 0 && word_.end <= stretch.end;
  }

 private:
  Span seen_;  ///< looked through, as far as word_
  Span word_;  ///< the first in it
};

}  // namespace huxin::detect
