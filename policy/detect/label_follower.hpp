#pragma once
#include <optional>

#include "policy/detect/address_finder.hpp"
#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/recognise/labelled_value.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Reads what labels lead to: the value behind a keyword, in brackets before it, or near what was
/// found. One thread; borrows all.
class LabelFollower {
 public:
  /// `today` bounds birth dates.
  LabelFollower(const Engine& engine, ScanState& state, const Layout& layout, Date today,
                AddressFinder& addresses)
      : engine_(engine),
        state_(state),
        layout_(layout),
        text_(layout.text()),
        today_(today),
        addresses_(addresses),
        near_(engine.labelled) {
    near_.add(KindSet{Kind::kLatinName, Kind::kBirthDate, Kind::kIncome, Kind::kBalance,
                      Kind::kLoginName, Kind::kSecurityAnswer} &
              engine.kinds);
  }

  /// The label, if it is to be followed later on: nullopt where what it alone tells is not there.
  std::optional<LeadingLabel> leads_on(const KeywordHit& label);
  /// Follows state.leads, and the keywords near what was found, in state.keywords.
  void follow_leads();
  /// Reads numbers whose label does not say of what they are, where words before it name that as
  /// what a field holds: 证件类型：台胞证 编号：56102850.
  void follow_vague();
  /// Reads expiry and security code beside the cards that were found: they need no keyword there.
  void follow_cards();

 private:
  /// How far a label's value may go on.
  struct Reach {
    std::size_t label;  ///< up to the next label
    std::size_t line;   ///< up to the end of its line or cell
  };

  /// What stands behind a keyword: the next keyword ends it.
  void follow(const KeywordHit& label, const Reach& reach, const LeadingLabel& lead);
  enum class Reading : bool { kUntilOne, kAll };
  /// Adds to state.values what stands behind a label, as each of `kinds`; kUntilOne: as the first
  /// that it is one of, where the line goes on behind it. Returns whether all were looked for.
  bool read_values(const Span& label, const KindSet& kinds, std::size_t stop, Reading reading);
  void add_values(const KeywordHit& label, std::size_t stop, const LeadingLabel& lead);
  /// Those of state.values from `first` on, before `end`.
  void add_values(const Keyword& keyword, std::size_t first, std::size_t end);
  void follow_back(const Keyword& keyword, const Span& hit);
  void follow_near(const Keyword& keyword, const Span& hit, const Reach& reach);
  /// A word in a field that says of what kind a number is: 证件类型：台胞证.
  bool fills_kind_field(const KeywordHit& word) const;
  void read_vague(const Span& label, const KindSet& kinds);
  bool ends_line(const Span& word) const;
  bool is_own_number(const KeywordHit& label, const KeywordHit& next) const;
  std::size_t value_stop(const Reach& reach) const;
  /// A number behind a label in the numerals of speech.
  bool spoken_follows(std::size_t at, std::size_t stop) const;
  bool counts_users(std::size_t at, const std::optional<Span>& value) const;
  void read_spoken(std::size_t at, std::size_t stop);
  void add_names(const Span& label, std::size_t stop);
  void add_further(Kind kind, const Span& first, bool beside);
  void add_labelled(Kind kind, const std::optional<LabelledMatch>& match, bool beside);
  void add(Kind kind, const std::optional<Span>& span, bool beside = false);

  const Engine& engine_;
  ScanState& state_;
  const Layout& layout_;
  std::string_view text_;
  Date today_;
  AddressFinder& addresses_;
  KindSet near_;  ///< kinds that a label tells near what was found, with no mark behind it
  std::size_t biometrics_end_ = 0;  ///< labels inside a template are letters of it
};

}  // namespace huxin::detect
