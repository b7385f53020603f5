#pragma once
#include <string>
#include <string_view>

#include "policy/text/offset_map.hpp"

namespace huxin::text {

struct Normalised {
  std::string text;   ///< see normalise(); empty and `same` when nothing had to change
  bool same = false;  ///< the input already was normal; use it in place
  OffsetMap origin;   ///< offsets of the normalised text → offsets of the input
};

/// Makes texts that read alike match alike: full-width ASCII to ASCII, ideographic space to space,
/// zero-width characters (U+200B–U+200D, U+2060, U+FEFF) and soft hyphens out, dashes of every
/// width to '-', middle dots to '·', ASCII letters left as they are. Takes valid UTF-8.
Normalised normalise(std::string_view utf8);

}  // namespace huxin::text
