#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "collector/assess/inputs.hpp"
#include "collector/assess/score.hpp"
#include "collector/store/assessment.hpp"
#include "collector/store/store.hpp"

namespace huxin::api {

/// A month as it stands: from its kept inputs when it is closed, from the tables otherwise.
struct Assessed {
  assess::Inputs inputs;
  assess::Model model;
  std::vector<assess::BranchScore> scores;    ///< in the order of the ranking
  std::optional<store::ClosedPeriod> closed;  ///< without its inputs

  /// Null: the month has no such branch.
  const assess::BranchScore* score(std::string_view code) const;
};

/// Brings the tables and the pure core together, for the console and the command line. Blocking;
/// as thread-safe as the store.
class Office {
 public:
  Office(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  /// As of now, also for a month that is closed.
  Result<assess::Facts> facts(const assess::Period& period);
  /// An open month is scored anew at each call, under the built-in model.
  Result<Assessed> assess(const assess::Period& period);
  /// Keeps a month's inputs and the model for good. kDenied before its end, kExists when it is
  /// closed, kInvalid without branches.
  Result<store::ClosedPeriod> close(const assess::Period& period, std::string_view by);
  /// The items of a version; kNotFound when it was never kept. The built-in version need not have
  /// been kept.
  Result<assess::Items> items(const std::string& version);
  /// The items of every version that these were planned under.
  Result<std::map<std::string, assess::Items>> items_of(
      const std::vector<assess::Inspection>& inspections);
  /// Those in force for a month: what the bank published, else what the program comes with.
  Result<assess::Items> items_for(const assess::Period& period);
  Result<assess::Model> model_for(const assess::Period& period);

 private:
  Result<std::optional<std::string>> in_force(std::string_view kind, const assess::Period& period);
  Result<assess::Model> model(const std::string& version);
  /// kCorrupt: what was kept does not have its digest, or does not parse.
  Result<Assessed> reopen(const store::ClosedPeriod& closed);

  store::Store& store_;
  const Clock& clock_;
};

}  // namespace huxin::api
