#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/store/audience.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::store {

/// Where the work on a case stands. The numbers are kept on disk.
enum class CaseState : std::uint8_t { kOpen = 1, kInvestigating = 2, kWaiting = 3, kClosed = 4 };
inline constexpr std::array kAllCaseStates{CaseState::kOpen, CaseState::kInvestigating,
                                           CaseState::kWaiting, CaseState::kClosed};
/// "open", "investigating", "waiting", "closed".
std::string_view to_string(CaseState state);
/// kInvalid for any other text.
Result<CaseState> case_state_from(std::string_view text);

/// "C-000001" of 1; "R-000001" of -1: confidential cases are numbered by themselves, since a gap in
/// the others' numbers would tell that there is one.
std::string case_id(std::int64_t number);

/// Something done once in a case: a step of a checklist, or a first report that a person filed. A
/// case has each (kind, name) at most once. Names are those of review/checklists.yaml and
/// clocks.yaml.
struct CaseMark {
  std::string kind;  ///< "step" or "report"
  std::string name;  ///< of the step or clock
  /// An account.
  std::string by;
  Time at{};
  bool operator==(const CaseMark&) const = default;
};

/// One line of a case's history. `by` is an account, or who ran the command line. Texts come from
/// people: shown as text, never as markup.
struct CaseEvent {
  Time time{};
  std::string by;
  std::string
      what;  ///< "opened", "state", "owner", "due", "severity", "title", "verdict", "note", …
  /// Empty where nothing is replaced; times are written as RFC 3339.
  std::string from, to;  ///< of a change
  std::string text;      ///< in the words of who did it
};

/// One or several incidents under investigation.
/// The store keeps it as it is given; what may follow what is review/workflow's to decide.
struct Case {
  std::string id;  ///< case_id
  /// Counts changes from 1; change() compares it. Notes alone do not count.
  std::uint64_t version = 0;
  std::string title;
  CaseState state = CaseState::kOpen;
  /// 1: S1, the least, to 4: S4.
  std::uint32_t severity = 0;  ///< 1..4
  /// An account; empty: nobody yet.
  std::string owner;
  Time discovered{};  ///< when its first incident arrived; the clocks run from here
  /// By the collector's clock; due: when it is to be closed.
  Time opened{}, due{};
  std::string opened_by;
  /// Set exactly while the state is kClosed.
  std::optional<Time> closed;
  std::string verdict;        ///< "confirmed", "false_alarm", "permitted", "test"; empty while open
  bool confidential = false;  ///< for anti-money-laundering reviewers alone
  std::vector<std::string> incidents;  ///< ids, in the order they were added; never taken out
  std::vector<CaseMark> marks;
};

/// What the list filters by; empty or unset means any. Owner and verdict are compared exactly;
/// conditions are joined by AND.
struct CaseFilter {
  Audience audience;  ///< whom the list is for; unset: nobody
  std::optional<CaseState> state;
  bool not_closed = false;
  std::optional<std::uint32_t> severity;
  std::string owner, verdict;
  std::optional<Time> overdue_at;  ///< not closed, and due before this
  std::string text;                ///< part of the id or title
  std::size_t offset = 0;
  std::size_t limit = 50;  ///< at most 500
};

/// `total` counts all that the filter admits.
struct CasePage {
  std::vector<Case> cases;  ///< without marks
  std::uint64_t total = 0;
};

/// Keeps cases. An incident belongs to one case at most. The history is append-only: the database
/// itself refuses to change or remove a line. Thread-safe; every call is one transaction.
/// What a case is about is not copied: incidents stay where they are and are asked for by id, for
/// an audience. Errors of the disk are as with Store.
class Cases {
 public:
  virtual ~Cases() = default;

  /// Opens a case with its first line of history and returns its id. kExists names the incident
  /// that has a case already; kNotFound an incident that is not kept. Id, version, closed, verdict
  /// and marks of `fresh` are not looked at: a case begins as version 1, not closed, without marks.
  /// Either all of its incidents go in or nothing is kept.
  virtual Result<std::string> open(const Case& fresh, const CaseEvent& event) = 0;
  /// nullopt also for a case that the audience does not see. With incidents and marks. An id that
  /// is none of ours ("C-1") is nullopt too.
  virtual Result<std::optional<Case>> find(std::string_view id, Audience audience) = 0;
  /// Oldest first. Empty for an unknown case. Not filtered by audience: ask find() first.
  virtual Result<std::vector<CaseEvent>> history(std::string_view id) = 0;
  /// Those that are not closed come first, the earliest due at the top; closed ones, newest first.
  /// Cases come with their incidents' ids.
  virtual Result<CasePage> list(const CaseFilter& filter) = 0;
  /// Replaces what `before` was by `after` (same id) and appends to its history. kExists when
  /// somebody changed the case since `before.version`, or an added incident has a case already;
  /// then nothing is changed. The kept version is one more. Incidents are only added: one that
  /// `after` lacks stays. Marks are replaced as a whole. `discovered`, `opened` and `opened_by`
  /// stay as they were. kNotFound names an added incident that is not kept; kExists stands also for
  /// a case that is gone.
  virtual Status change(const Case& before, const Case& after,
                        std::span<const CaseEvent> events) = 0;
  /// Appends to a case's history without changing the case. kNotFound when there is none.
  virtual Status note(std::string_view id, const CaseEvent& event) = 0;
  /// The case of an incident, empty for none. Not filtered by audience: the id alone gives nothing
  /// away, but is not to be shown unasked.
  virtual Result<std::string> case_of(std::string_view incident) = 0;
};

}  // namespace huxin::store
