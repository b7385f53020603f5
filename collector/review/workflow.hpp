#pragma once
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/store/cases.hpp"

namespace huxin::review {

/// What came of an incident: "confirmed", "false_alarm", "permitted" (permitted business), "test".
bool is_verdict(std::string_view text);

/// What somebody asks to have changed; unset or empty: as it is. Comes from a person through the
/// API: lengths, owner and incidents are checked there, not here.
struct CaseChange {
  std::optional<store::CaseState> state;
  /// A verdict goes with closing alone.
  std::string title, owner, verdict;
  std::optional<std::uint32_t> severity;
  /// In UTC; may lie in the past.
  std::optional<Time> due;
  /// It becomes the text of the first line of history, or alone a line of its own.
  std::string note;  ///< why; closing, reopening and moving the due date need one
  /// Its id; whether a checklist has it is the caller's to check.
  std::string step;  ///< of a checklist, with done
  bool done = false;
  std::string report;                  ///< the clock whose first report was filed
  std::vector<std::string> incidents;  ///< to add
};

/// A case as it is to be, and what its history is to say of it. What store::Cases::change takes
/// beside the case as it was.
struct Changed {
  store::Case after;
  std::vector<store::CaseEvent> events;
};

/// Decides a change by the rules of the house. From open a state goes to investigating,
/// waiting or closed, between these three as they come, never back to open, and from closed to
/// investigating only. Closing needs
/// a verdict and a note; as "confirmed" no step of a called-for checklist may be open (`steps`
/// names them all). Reopening needs a note and takes the verdict back. A closed case takes nothing
/// but that. Every difference becomes one line of history.
///
/// Refusals are codes of the API: "bad_transition", "case_closed", "verdict_needed", "note_needed",
/// "steps_open", "nothing_changed". Pure. A first report cannot be taken back, a step can. What is
/// as asked for already makes no line.
std::expected<Changed, std::string_view> change_case(const store::Case& before,
                                                     const CaseChange& change,
                                                     const std::vector<std::string>& steps,
                                                     std::string_view who, Time now);

}  // namespace huxin::review
