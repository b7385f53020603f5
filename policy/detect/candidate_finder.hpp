#pragma once
#include <optional>
#include <vector>

#include "policy/detect/ascii.hpp"
#include "policy/detect/engine.hpp"
#include "policy/detect/keyword_windows.hpp"
#include "policy/detect/layout.hpp"
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
      : engine_(engine),
        state_(state),
        layout_(layout),
        text_(layout.text()),
        today_(today),
        windows_(engine, state, layout),
        near_(engine.labelled) {
    near_.add(KindSet{Kind::kLatinName, Kind::kBirthDate, Kind::kIncome, Kind::kBalance} &
              engine.kinds);
  }

  /// Fills state.keywords, state.headings and state.candidates. Chunks are handed in order and
  /// without gaps, the first at 0. Candidates may overlap; fails as PatternSet::scan does. Keywords
  /// that end before the chunk still label.
  Status find(const Span& chunk);
  /// Says of the candidates from the index `first` on what led to them.
  void set_lead(std::size_t first, Lead lead);

 private:
  friend class Sieve<CandidateFinder>;
  /// An address that any anchor from its begin to `anchor` belongs to.
  struct Settled {
    Span span;
    std::size_t anchor = 0;
  };
  // What the sieve tells.
  void run(const DigitRun& run);
  void mark(std::size_t at);
  void letter_v(std::size_t at) {
    if (at + 1 < text_.size() && ascii_lower(text_[at + 1]) == 'a') read_values(at);
  }
  void at_sign(std::size_t at) { add(Kind::kEmail, recognise_email(text_, at)); }

  Status match_anchors(const Span& chunk);
  void take_anchor(const Hit& hit, std::size_t end);
  void take_bare_keyword(const KeywordHit& hit);
  /// Follows a label later on, unless what it alone tells is not there.
  void lead(const KeywordHit& label);
  void lead_beside(const DigitRun& run);
  void read_born(const DigitRun& run);
  bool labels_next_line(const KeywordHit& label, std::size_t at) const;
  bool worth_reading(const DigitRun& run) const;
  void read_runs(std::size_t at);
  void read_house(const DigitRun& run);
  void read_key(std::size_t at);
  void read_values(std::size_t at);
  void read_address(std::size_t at, const Span& scope, std::optional<std::size_t> start);
  /// Whether an anchor without a label is in an address that was found before.
  bool is_settled(std::size_t at);
  void follow_leads();
  /// What stands behind a keyword: the next keyword ends it.
  void follow(const Keyword& keyword, const Span& hit, const Span& scope);
  void follow_back(const Keyword& keyword, const Span& hit);
  void follow_near(const Keyword& keyword, const Span& hit, const Span& scope);
  std::size_t value_stop(const Span& hit, const Span& scope) const;
  bool is_operator(std::size_t at) const;
  bool is_unit(const KeywordHit& label) const;
  /// A number behind a label in the numerals of speech.
  bool spoken_follows(std::size_t at, std::size_t stop) const;
  void read_spoken(std::size_t at, std::size_t stop);
  /// A security code beside a card number needs no keyword.
  void follow_cards();
  void name_before_colon(std::size_t at);
  void add_names(const Span& label, const Span& scope);
  void add_labelled(Kind kind, const std::optional<LabelledMatch>& match, bool beside);
  void add(Kind kind, const std::optional<Span>& span);
  /// Adds what its form tells.
  void add_form(Kind kind, const std::optional<Span>& span);

  const Engine& engine_;
  ScanState& state_;
  const Layout& layout_;
  std::string_view text_;
  Date today_;
  KeywordWindows windows_;
  KindSet near_;  ///< kinds that a label tells near what was found, with no mark behind it
  std::size_t run_end_ = 0;
  std::size_t biometrics_end_ = 0;  ///< labels inside a template are letters of it
  std::size_t address_end_ = 0;     ///< of those that this look at the chunk has found
  std::size_t address_floor_ = 0;   ///< places before it were read from
  std::vector<Settled> settled_;    ///< of the chunk, in order
};

}  // namespace huxin::detect
