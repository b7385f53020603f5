#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalog/catalog.hpp"
#include "policy/detect/candidate.hpp"
#include "policy/detect/pattern_set.hpp"

namespace huxin::detect {

/// The patterns that are no keywords: where something may be, cheap to look for. Ids are their
/// order. They match where an element may be and everywhere else too: cheap to find is all that
/// counts.
enum class Anchor : std::uint32_t {
  kDigits,        ///< seven digits in a row start here, or four behind a separator
  kShortGroups,   ///< several groups of one, two or three digits
  kAt,            ///< an '@'
  kHouse,         ///< 号, 室, 栋, 幢, 弄 or 单元
  kPem,           ///< -----BEGIN
  kFirstKeyword,  ///< keyword i is kFirstKeyword + i
};

/// A heading of a kind of document, numbered as the catalogue lists them; -1: a title.
struct HeadingOf {
  Kind kind{};
  std::int8_t number = -1;
};

/// A word that says something about what stands near it.
/// In lower case; ASCII letters match in either.
struct Keyword {
  std::string text;
  KindSet means;                    ///< kinds it speaks for
  bool negative = false;            ///< it speaks for order numbers and the like
  bool region = false;              ///< a province's full name: an address may start here
  std::vector<HeadingOf> headings;  ///< kinds of document it may be a heading of
};

/// Every word the detector looks for: those of the catalogue, and those of its own that speak
/// against a finding, start an address or make up a kind of document. Immutable once made.
/// "card no" stands for card_no, card-no and cardno as well. A word that the catalogue has is never
/// negative.
class Vocabulary {
 public:
  Vocabulary(const catalog::Catalog& catalog, const KindSet& kinds);

  /// In the order of patterns(), from kFirstKeyword on.
  const Keyword& operator[](std::size_t index) const { return keywords_[index]; }
  std::size_t size() const { return keywords_.size(); }
  /// Anchors and keywords as patterns, with specimens.
  std::vector<Pattern> patterns() const;

 private:
  Keyword& word(std::string_view text);
  void add_variants(std::string_view text, Kind kind);
  void add_headings(const catalog::Headings& headings, Kind kind);

  std::vector<Keyword> keywords_;
};

}  // namespace huxin::detect
