#pragma once
#include <optional>

#include "policy/detect/engine.hpp"
#include "policy/detect/judge.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Turns the anchors and keywords of one chunk after the other into candidates. Each run of digits,
/// address and key is read once, whatever number of anchors falls into it. One thread; borrows all.
class CandidateFinder {
 public:
  CandidateFinder(const Engine& engine, ScanState& state, const Layout& layout, Date today)
      : engine_(engine), state_(state), layout_(layout), text_(layout.text()), today_(today) {}

  /// Fills state.keywords (those shortly before the chunk stay) and state.candidates.
  Status find(const Span& chunk);
  /// Adds what only a label tells, the header of the column or the cell on the left: names,
  /// passwords, security codes, addresses.
  void read_cell(std::size_t cell, const Judge& judge);

 private:
  void keep_recent_keywords(std::size_t begin);
  void take_keyword(std::size_t index, std::size_t end);
  void take_anchor(Anchor anchor, std::size_t end);
  void read_runs(std::size_t at);
  void read_key(std::size_t at);
  void read_address(std::size_t at, const Span& scope, std::optional<std::size_t> start);
  void follow_keywords(std::size_t from);
  void follow(const Keyword& keyword, const Span& hit, const Span& scope);
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
