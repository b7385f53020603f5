#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collector/assess/branch.hpp"
#include "collector/assess/facts.hpp"
#include "collector/assess/inspection.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::store {

/// A closed month: what it was scored from, and under which model. Kept for good.
struct ClosedPeriod {
  std::string period;  ///< "2026-03"
  std::string inputs;  ///< JSON, as assess/snapshot.hpp writes it
  std::string model_version;
  std::string digest;  ///< SHA-256 of inputs, hex
  std::string by;
  Time time{};
};

/// A version of the items or of the model, and the month from which on it is used.
struct RulesInForce {
  std::string kind;  ///< "items", "model"
  std::string version;
  std::string from;  ///< "2026-03"
  std::string by;
  Time time{};
};

/// `total` counts those that the branch has, whatever page was asked for.
struct StaffPage {
  std::vector<assess::Staff> staff;
  std::uint64_t total = 0;
};

/// Checked by the caller: the store knows of branches alone.
struct NewInspection {
  std::string branch;
  std::string period;
  std::vector<assess::Domain> domains;
  std::string assignee;
  std::optional<std::int64_t> due;
};

struct NewAnswer {
  int item = 0;
  assess::Verdict verdict = assess::Verdict::kNotApplicable;
  std::string note;
  std::vector<assess::Evidence> evidence;
  std::optional<assess::Verdict> suggested;
};

struct NewFinding {
  int item = 0;
  std::vector<assess::Domain> domains;
  std::string finding;
  std::string owner;
  std::int64_t due = 0;
};

/// What compliance keeps: the branch tree, inspections and what came of them, closed months.
/// Reached through Store::assessment(); thread-safe, blocking, every change one transaction. Books
/// are only ever added to.
///
/// Times are UTC, days the bank's. kNotFound: no such inspection or rectification; kInvalid: no
/// such branch.
class Assessment {
 public:
  virtual ~Assessment() = default;

  /// Replaces the tree. kInvalid names a branch that still has staff or an inspection and would go.
  /// The order given is the order they are listed in.
  virtual Status replace_branches(const std::vector<assess::Branch>& branches) = 0;
  /// In the order of the last import.
  virtual Result<std::vector<assess::Branch>> branches() = 0;
  /// Replaces the staff list. kInvalid: a branch that the tree does not have.
  virtual Status replace_staff(const std::vector<assess::Staff>& staff) = 0;
  /// Of one branch, or of all when it is empty; by number.
  virtual Result<StaffPage> staff(std::string_view branch, std::size_t offset,
                                  std::size_t limit) = 0;

  /// Everything that is known of a month, as of `now`; `now` ends an open month. Takes several
  /// reads: what is written between them may show in one and not in another.
  virtual Result<assess::Facts> facts(const assess::Period& period, Time now) = 0;

  /// Keeps the text of a version of the items or the model; the same version with another text is
  /// kExists. `kind`: "items" or "model".
  virtual Status keep_data(std::string_view kind, std::string_view version, std::string_view text,
                           Time now) = 0;
  /// Nothing: never kept.
  virtual Result<std::optional<std::string>> data(std::string_view kind,
                                                  std::string_view version) = 0;

  /// Keeps the text of a version and puts it in force from a month on, both or neither; kExists
  /// when the version has another text. Only ever added to: of two, the later month's is in force,
  /// of two of the same month the newer one.
  virtual Status put_in_force(const RulesInForce& rules, std::string_view text) = 0;
  /// All that were, oldest first; none: what the program comes with.
  virtual Result<std::vector<RulesInForce>> in_force() = 0;

  /// Returns its id.
  virtual Result<std::uint64_t> plan(const NewInspection& wanted, std::string_view items_version,
                                     std::string_view by, Time now) = 0;
  /// kNotFound; kDenied when it is submitted.
  virtual Status assign(std::uint64_t inspection, std::string_view assignee,
                        std::optional<std::int64_t> due) = 0;
  /// All of them, or those of one assignee; with answers. Newest first.
  virtual Result<std::vector<assess::Inspection>> inspections(std::string_view assignee) = 0;
  /// With its answers; nothing: no such id.
  virtual Result<std::optional<assess::Inspection>> inspection(std::uint64_t id) = 0;
  /// Adds an entry: before submission an answer, after it a correction (`correction` must say
  /// which; kDenied otherwise).
  virtual Status answer(std::uint64_t inspection, const NewAnswer& entry, bool correction,
                        std::string_view by, Time now) = 0;
  /// Closes an inspection and opens its rectifications, all or nothing; kDenied when it is closed.
  virtual Status submit(std::uint64_t inspection, const std::vector<NewFinding>& findings,
                        std::string_view by, Time now) = 0;

  /// Oldest first, closed ones too, with their events.
  virtual Result<std::vector<assess::Rectification>> rectifications() = 0;
  /// kNotFound; kDenied when it is closed. Adds the event "assigned".
  virtual Status assign_rectification(std::uint64_t id, std::string_view owner, std::int64_t due,
                                      std::string_view note, std::string_view by, Time now) = 0;
  /// "reported" from open; "passed" (closes) and "failed" (opens again) from reported; kDenied
  /// otherwise.
  virtual Status note_rectification(std::uint64_t id, std::string_view kind, std::string_view note,
                                    const std::vector<assess::Evidence>& evidence,
                                    std::string_view by, Time now) = 0;

  /// All entries, oldest first.
  virtual Result<std::vector<assess::Mark>> marks() = 0;
  /// Id and order are the store's to give. kExists: the entry it withdraws was withdrawn already.
  virtual Result<std::uint64_t> add_mark(const assess::Mark& mark) = 0;

  /// kExists when the month is closed.
  virtual Status close_period(const ClosedPeriod& closed) = 0;
  /// Nothing: the month is open.
  virtual Result<std::optional<ClosedPeriod>> closed_period(std::string_view period) = 0;
  /// Oldest first, without their inputs.
  virtual Result<std::vector<ClosedPeriod>> closed_periods() = 0;
};

}  // namespace huxin::store
