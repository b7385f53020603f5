#pragma once
#include <optional>

#include "policy/detect/engine.hpp"
#include "policy/detect/judge.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Turns the anchors and keywords of one chunk after the other into candidates. Each run of digits,
/// address and key is read once, whatever number of anchors falls into it. One thread; borrows all.
/// Anchors only say where to look: recognisers and validators decide.
class CandidateFinder {
 public:
  /// All of it outlives the finder; `today` bounds birth dates.
  CandidateFinder(const Engine& engine, ScanState& state, const Layout& layout, Date today)
      : engine_(engine), state_(state), layout_(layout), text_(layout.text()), today_(today) {}

  /// Fills state.keywords (those shortly before the chunk stay) and state.candidates. Chunks are
  /// handed in order and without gaps, the first at 0. Candidates may overlap and may begin before
  /// the chunk; fails as PatternSet::scan does. Keywords up to 256 bytes before the chunk still
  /// label.
  Status find(const Span& chunk);
  /// Adds what only a label tells, the header of the column or the cell on the left: names,
  /// passwords, security codes, addresses. After find() for the chunk the cell begins in; `cell` is
  /// an index into the layout's segments.
  void read_cell(std::size_t cell, const Judge& judge);

 private:
  void keep_recent_keywords(std::size_t begin);
  void take_keyword(std::size_t index, std::size_t end);
  void take_anchor(Anchor anchor, std::size_t end);
  void read_runs(std::size_t at);
  void read_key(std::size_t at);
  void read_address(std::size_t at, const Span& scope, std::optional<std::size_t> start);
  void follow_keywords(std::size_t from);
  /// What stands behind a keyword: the next keyword ends it.
  void follow(const Keyword& keyword, const Span& hit, const Span& scope);
  /// A security code beside a card number needs no keyword.
  void follow_cards();
  void add(Kind kind, const std::optional<Span>& span);

  const Engine& engine_;
  ScanState& state_;
  const Layout& layout_;
  std::string_view text_;
  Date today_;
  std::size_t run_end_ = 0;
  std::size_t address_end_ = 0;
  std::size_t key_end_ = 0;
};

}  // namespace huxin::detect
