#pragma once
#include <bitset>
#include <span>
#include <vector>

#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Tells what kinds of document a text is (a credit report, a statement, a
/// suspicious-transaction report): by headings that stand on lines, in cells or in a row of their
/// own, as elements.yaml lists them.
///
/// A document that names nobody is a law, a handout or a blank form: unless something of a customer
/// was found in it, its title says whom it is about or has its number behind it, or it has a title
/// and a company's number, the confidence is half of what it would be. One thread; borrows all.
class DocumentKinds {
 public:
  /// `where`: the document's place, whose last part is its name.
  DocumentKinds(const Engine& engine, const Layout& layout, std::string_view where);

  /// Takes the kinds that a text right before this document gives as its title: a report whose
  /// table is a document of its own.
  void entitle(const KindSet& above);
  /// Those of kinds that it is not of, whose title stands at its end: what follows may be of them.
  KindSet titles_at_end() const;

  /// Takes the keywords of a chunk, in the order of the text: those of kinds whose headings stand
  /// on lines, and those of kinds whose headings stand side by side. What ends at or before `from`
  /// was seen with the chunk before.
  void see_lines(std::span<const KeywordHit> hits, std::size_t from) { see(hits, from, false); }
  void see_rows(std::span<const KeywordHit> hits, std::size_t from) { see(hits, from, true); }
  /// Takes a finding of the same document.
  void see(const Candidate& found);

  /// The kinds that the document is of, with their confidence; each spans its headings, or nothing
  /// where its name alone tells. Once, at the document's end.
  std::vector<Candidate> finish() const;

 private:
  struct Watched {
    Kind kind{};
    const catalog::Headings* headings = nullptr;
    std::bitset<catalog::kMaxHeadings> seen;
    std::bitset<catalog::kMaxHeadings> anywhere;  ///< kRow: also on lines of their own
    Span all;                                     ///< from the first heading to the last
    std::uint64_t row = 0;                        ///< kRow: the one whose headings are in `seen`
    bool done = false;                            ///< kRow: a row was found that suffices
    bool titled = false;
    std::size_t title_end = 0;  ///< of its line
  };

  void see(std::span<const KeywordHit> hits, std::size_t from, bool rows);
  void see_heading(Watched& watched, const HeadingOf& heading, const Span& span);
  void see_title(Watched& watched, const Span& span);
  /// Headings of different rows do not add up.
  void see_in_row(Watched& watched, const HeadingOf& heading, const Span& span);
  bool is_key_of_rows(const Span& word, const Span& scope) const;
  std::uint64_t row_of(const Span& span);
  bool has_all_needed(const catalog::Headings& headings) const;
  double confidence(const Watched& watched) const;

  const Engine& engine_;
  const Layout& layout_;
  std::string_view where_;
  std::vector<Watched> watched_;
  std::array<std::uint8_t, kKinds> place_{};  ///< kind → index into watched_
  Span line_;  ///< of plain text: from the begin of the line to the last heading in it
  KindSet found_;
  bool filled_ = false;  ///< it speaks of somebody
};

}  // namespace huxin::detect
