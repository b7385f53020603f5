#pragma once
#include <optional>

#include "policy/detect/engine.hpp"
#include "policy/detect/judge.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/name_columns.hpp"
#include "policy/detect/recognise/email.hpp"
#include "policy/detect/recognise/labelled_value.hpp"
#include "policy/detect/sieve.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Turns one chunk after the other into candidates. A sieve tells where numbers, labelled values
/// and e-mail addresses may be, a few patterns tell what has no such mark; keywords, of which there
/// are many, are only looked for around what was found. Each run of digits, address and key is read
/// once. One thread; borrows all. Recognisers and validators decide.
class CandidateFinder {
 public:
  /// All of it outlives the finder; `today` bounds birth dates.
  CandidateFinder(const Engine& engine, ScanState& state, const Layout& layout, Date today)
      : engine_(engine), state_(state), layout_(layout), text_(layout.text()), today_(today) {}

  /// Fills state.keywords, state.headings and state.candidates. Chunks are handed in order and
  /// without gaps, the first at 0. Candidates may overlap; fails as PatternSet::scan does. Keywords
  /// that end before the chunk still label.
  Status find(const Span& chunk);
  /// Says of the candidates from the index `first` on what led to them.
  void set_lead(std::size_t first, Lead lead);
  /// Adds what only a label tells, the header of the column or the cell on the left: names,
  /// passwords, security codes, addresses. After find() for the chunk the cell begins in; `cell` is
  /// an index into the layout's segments.
  void read_cell(std::size_t cell, const Judge& judge);
  /// Adds the names in SQL's rows whose column list says so. After the judge learnt the lists.
  void read_inserted_names(const Span& chunk, const Judge& judge);
  /// The same for plain text whose first line names its fields: the labelled values of each line.
  void read_fields(const Span& chunk, const Judge& judge);

 private:
  friend class Sieve<CandidateFinder>;
  // What the sieve tells.
  void run(const DigitRun& run);
  void mark(std::size_t at);
  void at_sign(std::size_t at) { add(Kind::kEmail, recognise_email(text_, at)); }

  Status match_anchors(const Span& chunk);
  void take_anchor(const Hit& hit, std::size_t end);
  void take_bare_keyword(const KeywordHit& hit);
  /// Follows a label later on, unless what it alone tells is not there.
  void lead(const KeywordHit& label);
  void lead_beside(const DigitRun& run);
  bool worth_reading(const DigitRun& run) const;
  void read_runs(std::size_t at);
  void read_house(const DigitRun& run);
  void read_military_id(const DigitRun& run);
  void read_plate(const DigitRun& run);
  void read_mac_address(std::size_t colon);
  void read_key(std::size_t at);
  void read_address(std::size_t at, const Span& scope, std::optional<std::size_t> start);
  /// Finds the keywords around everything found so far: the rest of the chunk has no need of them.
  Status match_keywords(const Span& chunk);
  void gather_windows(const Span& chunk);
  void follow_leads();
  /// What stands behind a keyword: the next keyword ends it.
  void follow(const Keyword& keyword, const Span& hit, const Span& scope);
  /// A name in a column of names that no header calls so.
  void read_unlabelled_name(std::size_t cell, const Span& span, const Judge& judge);
  /// A security code beside a card number needs no keyword.
  void follow_cards();
  void read_labelled_cell(const Span& cell, const Judge::Held& held);
  /// Kinds whose values only a label tells.
  KindSet read_by_label() const;
  void add_labelled(Kind kind, const std::optional<LabelledMatch>& match, Label label);
  void add(Kind kind, const std::optional<Span>& span);

  const Engine& engine_;
  ScanState& state_;
  const Layout& layout_;
  std::string_view text_;
  Date today_;
  NameColumns name_columns_;
  std::size_t run_end_ = 0;
  std::size_t biometrics_end_ = 0;  ///< labels inside a template are letters of it
  std::size_t address_end_ = 0;     ///< of those that this look at the chunk has found
  std::size_t address_floor_ = 0;   ///< places before it were read from
};

}  // namespace huxin::detect
