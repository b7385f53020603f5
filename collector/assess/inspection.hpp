#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/assess/domain.hpp"

namespace huxin::assess {

/// Points at what a figure, an answer or a deduction rests on. A reference, checked for its form
/// only: what it points at may be gone. Ids: an incident's and an order's in hex, a certificate's
/// order, "T-000001", "C-000012", numbers of inspections and rectifications, a staff number,
/// 2026-03-01, an account, a policy version; of a document whatever its author wrote.
struct Evidence {
  std::string kind;  ///< one of kEvidenceKinds
  std::string id;
  std::string note;           ///< what it shows; may be empty
  bool confidential = false;  ///< for anti-money-laundering reviewers alone (反洗钱法 35)
  bool operator==(const Evidence&) const = default;
};
inline constexpr std::array<std::string_view, 12> kEvidenceKinds{
    "incident",      "case",  "order", "certificate", "terminal", "inspection",
    "rectification", "staff", "day",   "account",     "policy",   "document"};

/// 合格, 部分合格, 不合格, 不适用.
enum class Verdict : std::uint8_t { kPass, kPartial, kFail, kNotApplicable };
/// "pass", "partial", "fail", "na".
std::string_view to_string(Verdict verdict);
std::string_view in_chinese(Verdict verdict);
Result<Verdict> verdict_from(std::string_view text);

/// One entry of an inspection's book; the newest of an item counts, none is ever changed.
struct Answer {
  std::uint64_t id = 0;
  int item = 0;
  Verdict verdict = Verdict::kNotApplicable;
  std::string note;
  std::vector<Evidence> evidence;
  std::optional<Verdict> suggested;  ///< what the collector would have said at that time
  bool correction = false;           ///< made after submission
  std::string by;
  Time time{};
  bool operator==(const Answer&) const = default;
};

/// A visit to a branch, planned, assigned, answered, submitted.
struct Inspection {
  std::uint64_t id = 0;
  std::string branch;  ///< code
  Period period = Period::containing(Time{});
  std::vector<Domain> domains;
  /// The version it was planned under; it never changes.
  std::string items_version;
  std::string assignee;             ///< account; empty: nobody yet
  std::optional<std::int64_t> due;  ///< bank day
  std::string planned_by;
  Time planned{};
  std::optional<Time> submitted;
  std::vector<Answer> answers;  ///< all entries, oldest first

  /// The entry that counts of an item; null when there is none. The pointer is into `answers`.
  const Answer* answer(int item) const;
};

/// 整改: one finding to be put right.
struct Rectification {
  std::uint64_t id = 0;
  std::uint64_t inspection = 0;
  int item = 0;
  std::string branch;
  std::vector<Domain> domains;  ///< which its inspection and its item have in common
  std::string finding;
  std::string owner;     ///< who is to put it right
  std::int64_t due = 0;  ///< bank day
  Time opened{};
  std::string state;             ///< "open", "reported", "closed"
  std::optional<Time> reported;  ///< unset again when the re-check fails
  std::optional<Time> closed;
  struct Event {
    std::string kind;  ///< "opened", "assigned", "reported", "passed", "failed"
    std::string note;
    std::vector<Evidence> evidence;
    std::string by;
    Time time{};
  };
  std::vector<Event> events;  ///< oldest first

  /// Its due day was over at `moment`, and nothing that stood a re-check was reported by its end.
  bool late(Time moment) const;
};

/// 扣分 or 一票否决, entered by a person with a reason; a withdrawal is an entry of its own.
struct Mark {
  std::uint64_t id = 0;
  std::string branch;
  Period period = Period::containing(Time{});
  std::string kind;  ///< of the model's deductions and vetoes: "late_report", "concealed", …
  std::string reason;
  std::vector<Evidence> evidence;
  std::string by;
  Time time{};
  std::optional<std::uint64_t> withdraws;  ///< the entry that this one takes back
};

/// The marks that stand: neither withdrawn nor withdrawals. In their order.
std::vector<Mark> standing(const std::vector<Mark>& marks);

}  // namespace huxin::assess
