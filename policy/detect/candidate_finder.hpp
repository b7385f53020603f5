#pragma once
#include <optional>
#include <vector>

#include "policy/detect/address_finder.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/digit_runs.hpp"
#include "policy/detect/engine.hpp"
#include "policy/detect/keyword_windows.hpp"
#include "policy/detect/label_follower.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/recognise/email.hpp"
#include "policy/detect/sieve.hpp"
#include "policy/detect/strange_words.hpp"
#include "policy/detect/table_definitions.hpp"
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
        strange_words_(engine.labels),
        windows_(engine, state, layout),
        addresses_(engine, state, layout),
        runs_(state, layout, today, addresses_),
        follower_(engine, state, layout, today, addresses_) {}

  /// Fills state.keywords, state.headings and state.candidates. Chunks are handed in order and
  /// without gaps, the first at 0. Candidates may overlap; fails as PatternSet::scan does. Keywords
  /// that end before the chunk still label.
  Status find(const Span& chunk);
  /// Says of the candidates from the index `first` on what led to them.
  void set_lead(std::size_t first, Lead lead);

 private:
  friend class Sieve<CandidateFinder>;
  // What the sieve tells.
  void run(const DigitRun& run);
  void mark(std::size_t at);
  void letter_v(std::size_t at) {
    if (at + 1 < text_.size() && ascii_lower(text_[at + 1]) == 'a') read_values(at);
  }
  void at_sign(std::size_t at) { add(Kind::kEmail, recognise_email(text_, at), Label::kNone); }

  Status match_anchors(const Span& chunk);
  void take_anchor(const Hit& hit, std::size_t end);
  void take_bare_keyword(const KeywordHit& hit);
  void lead(const KeywordHit& label);
  /// A mark with its label before it.
  void mark_behind(const KeywordHit& label, std::size_t at);
  void lead_beside(const DigitRun& run);
  void note_vague(std::size_t at, const std::optional<KeywordHit>& label);
  void ask(std::size_t line_end, const std::optional<KeywordHit>& last);
  bool labels_next_line(const KeywordHit& label, std::size_t at) const;
  void read_key(std::size_t at);
  void read_values(std::size_t at);
  bool is_operator(std::size_t at) const;
  bool is_unit(const KeywordHit& label) const;
  void name_before_colon(std::size_t at);
  void add(Kind kind, const std::optional<Span>& span, Label label);
  /// Adds what its form tells.
  void add_form(Kind kind, const std::optional<Span>& span);

  const Engine& engine_;
  ScanState& state_;
  const Layout& layout_;
  std::string_view text_;
  StrangeWords strange_words_;
  KeywordWindows windows_;
  AddressFinder addresses_;
  DigitRuns runs_;
  LabelFollower follower_;
  TableDefinitions tables_;
};

}  // namespace huxin::detect
