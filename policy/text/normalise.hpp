#pragma once
#include <string>
#include <string_view>

#include "policy/text/offset_map.hpp"

namespace huxin::text {

/// Where `same`, origin is the identity.
struct Normalised {
  std::string text;   ///< see normalise(); empty and `same` when nothing had to change
  bool same = false;  ///< the input already was normal; use it in place
  OffsetMap origin;   ///< offsets of the normalised text → offsets of the input

  /// The text to search: the normalised one, or the input where nothing changed.
  std::string_view view(std::string_view input) const {
    return same ? input : std::string_view(text);
  }
};

/// Makes numbers and words that read alike match alike, and leaves everything else as it stands:
///
/// - full-width letters, digits and ＠．－＋＿／ become ASCII;
/// - zero-width, joining and direction marks and soft hyphens go (U+00AD, U+200B–U+200F,
///   U+202A–U+202E, U+2060–U+2069, U+FEFF);
/// - no-break and typographic spaces become a space, an ideographic one (U+3000) behind a digit;
/// - dashes behind a digit become '-';
/// - middle dots and bullets behind a character beyond ASCII become '·', as between the parts of a
///   name.
///
/// Full-width punctuation stays: it stands in every sentence of Chinese, and who reads labels knows
/// it (detect/punctuation). Takes valid UTF-8; a broken sequence is copied as it is. Never longer
/// than the input. Linear.
Normalised normalise(std::string_view utf8);

}  // namespace huxin::text
