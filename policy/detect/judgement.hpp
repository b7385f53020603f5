#pragma once
#include <cstdint>
#include <string_view>

namespace huxin::detect {

/// What the words around a candidate say of it. The numbers are those of explain_terms.tsv.
enum class Verdict : std::uint8_t {
  kSilent,     ///< nothing
  kFor,        ///< a keyword of its kind labels it
  kForColumn,  ///< its column's header does
  kAgainst,    ///< it is labelled an order number or the like
  kForeign,    ///< it is the value of a key that speaks of something else
  kKnown,      ///< the bank's list of its customers has the value; of traces alone
};

/// Where the word stands that decided. The numbers are those of explain_terms.tsv.
enum class LabelPlace : std::uint8_t {
  kNowhere,
  kBefore,     ///< before it, on its line or in its cell
  kBehind,     ///< close behind it
  kKey,        ///< the key that it is the value of
  kColumn,     ///< at the head of its column
  kLeftCell,   ///< in the cell on its left
  kLineAbove,  ///< alone on the line before
};

/// How a candidate was judged, for those who ask why. The word is a piece of the text or of the
/// vocabulary, and lives as long as they do.
struct Judgement {
  Verdict verdict = Verdict::kSilent;
  LabelPlace place = LabelPlace::kNowhere;
  std::string_view word;
};

}  // namespace huxin::detect
