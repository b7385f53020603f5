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
Result<CaseState> case_state_from(std::string_view text);

/// "C-000001" of 1; "R-000001" of -1: confidential cases are numbered by themselves, since a gap in
/// the others' numbers would tell that there is one.
std::string case_id(std::int64_t number);

/// Something done once in a case: a step of a checklist, or a first report that a person filed.
struct CaseMark {
  std::string kind;  ///< "step" or "report"
  std::string name;  ///< of the step or clock
  std::string by;
  Time at{};
  bool operator==(const CaseMark&) const = default;
};

/// One line of a case's history.
struct CaseEvent {
  Time time{};
  std::string by;
  std::string
      what;  ///< "opened", "state", "owner", "due", "severity", "title", "verdict", "note", …
  std::string from, to;  ///< of a change
  std::string text;      ///< in the words of who did it
};

/// One or several incidents under investigation.
struct Case {
  std::string id;  ///< case_id
  std::uint64_t version = 0;
  std::string title;
  CaseState state = CaseState::kOpen;
  std::uint32_t severity = 0;  ///< 1..4
  std::string owner;
  Time discovered{};  ///< when its first incident arrived; the clocks run from here
  Time opened{}, due{};
  std::string opened_by;
  std::optional<Time> closed;
  std::string verdict;        ///< "confirmed", "false_alarm", "permitted", "test"; empty while open
  bool confidential = false;  ///< for anti-money-laundering reviewers alone
  std::vector<std::string> incidents;  ///< ids, in the order they were added; never taken out
  std::vector<CaseMark> marks;
};

/// What the list filters by; empty or unset means any.
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

struct CasePage {
  std::vector<Case> cases;  ///< without marks
  std::uint64_t total = 0;
};

/// Keeps cases. An incident belongs to one case at most. The history is append-only: the database
/// itself refuses to change or remove a line. Thread-safe; every call is one transaction.
class Cases {
 public:
  virtual ~Cases() = default;

  /// Opens a case with its first line of history and returns its id. kExists names the incident
  /// that has a case already; kNotFound an incident that is not kept.
  virtual Result<std::string> open(const Case& fresh, const CaseEvent& event) = 0;
  /// nullopt also for a case that the audience does not see.
  virtual Result<std::optional<Case>> find(std::string_view id, Audience audience) = 0;
  /// Oldest first.
  virtual Result<std::vector<CaseEvent>> history(std::string_view id) = 0;
  /// Those that are not closed come first, the earliest due at the top; closed ones, newest first.
  virtual Result<CasePage> list(const CaseFilter& filter) = 0;
  /// Replaces what `before` was by `after` (same id) and appends to its history. kExists when
  /// somebody changed the case since `before.version`, or an added incident has a case already;
  /// then nothing is changed. The kept version is one more.
  virtual Status change(const Case& before, const Case& after,
                        std::span<const CaseEvent> events) = 0;
  /// Appends to a case's history without changing the case. kNotFound when there is none.
  virtual Status note(std::string_view id, const CaseEvent& event) = 0;
  /// The case of an incident, empty for none.
  virtual Result<std::string> case_of(std::string_view incident) = 0;
};

}  // namespace huxin::store
