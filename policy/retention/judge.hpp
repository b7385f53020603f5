#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/retention/table.hpp"

namespace huxin::retention {

/// What may be done with a file whose purpose is met. The order is that of strictness.
enum class Outcome : std::uint8_t {
  kDelete,  ///< no minimum runs: it may go
  kFreeze,  ///< a minimum runs: kept, protected, nothing else (PIPL 47)
  kHold,    ///< an investigation or a dispute is open: nothing is destroyed (反洗钱法 34)
};
std::string_view to_string(Outcome outcome);

/// What is known of a file. Borrowed for one call.
struct Subject {
  std::span<const catalog::ElementId> elements;    ///< found in it
  std::span<const std::string_view> records = {};  ///< kinds of record it is registered as, by id
  /// The later of modification and change time, for a file on a terminal.
  Time newest{};  ///< the newest time the file tells of; the terms count from here
  bool on_hold = false;
};

/// One clock: a kind of record that the file is, and how far its term has run. Points into the
/// table.
struct Reading {
  const Record* record = nullptr;  ///< of the table
  Outcome outcome = Outcome::kDelete;
  std::optional<Time> until;  ///< first moment after the term; none: no term runs, or it is open
};

/// Points into the table, which outlives it. With a hold readings are still there, for the record.
struct Judgement {
  Outcome outcome = Outcome::kDelete;
  std::optional<Time> until;           ///< when it may go; none: now, or nobody can say
  const Record* decisive = nullptr;    ///< whose term is the longest; null: a hold, or none runs
  std::vector<Reading> readings;       ///< every clock that was asked
  std::vector<const Record*> at_once;  ///< what is in it that must not be kept at all
};

/// Asks every clock that runs for a file: the longest minimum wins, whatever else is in it, and a
/// hold refuses. A file that is no known kind of record is personal information generally: no
/// minimum runs. Pure. `now` and the times are UTC.
Judgement judge(const Table& table, const Subject& subject, Time now);

/// The first moment after a term that starts at `from`: the corresponding day, or the last of its
/// month when it has none, counts whole (民法典 201–203), in the time of China, where these terms
/// run. A last day that is a public holiday is not moved. Midnight in China, as UTC; kNone and
/// kOpen give `from` back.
Time end_of(const Term& term, Time from);

}  // namespace huxin::retention
