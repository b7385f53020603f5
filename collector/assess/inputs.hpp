#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "collector/assess/facts.hpp"
#include "collector/assess/figures.hpp"
#include "collector/assess/item.hpp"
#include "collector/assess/model.hpp"

namespace huxin::assess {

/// The answer to one item, with all that scoring and showing it need.
struct AnswerInput {
  int item = 0;
  int weight = 1;
  std::string zh, en;
  Verdict verdict = Verdict::kNotApplicable;
  std::string note;
  std::uint64_t inspection = 0, entry = 0;
  std::vector<Evidence> evidence;
  bool operator==(const AnswerInput&) const = default;
};

/// Figures are in the model's order.
struct DomainInput {
  Domain domain = Domain::kCredit;
  std::uint64_t inspection = 0;  ///< whose answers these are; 0: none counts for this month
  std::vector<AnswerInput> answers;
  std::vector<Figure> figures;
  bool operator==(const DomainInput&) const = default;
};

/// One deduction or veto. The points are the model's, looked up by kind when it is scored.
struct ChargeInput {
  std::string kind;  ///< of the model
  /// As entered by a person, or which item was found again; may be empty.
  std::string reason;
  std::vector<Evidence> evidence;
  bool operator==(const ChargeInput&) const = default;
};

struct BranchInput {
  Branch branch;
  /// In the order of kDomains.
  std::array<DomainInput, 4> domains;
  std::vector<ChargeInput> deductions, vetoes;
  bool operator==(const BranchInput&) const = default;
};

/// All that a month is scored from. Closed months are kept as this. In the order of the branch
/// tree.
struct Inputs {
  std::string period;
  std::string until;  ///< RFC 3339
  std::vector<BranchInput> branches;
  bool operator==(const Inputs&) const = default;

  /// Null: no such branch in this month.
  const BranchInput* find(std::string_view code) const;
};

/// The items of a version; null: not kept.
using ItemsOf = std::function<const Items*(const std::string& version)>;

/// Picks what counts: for each branch and domain its figures and the newest inspection of the last
/// `on_site_months`, deductions for confirmed cases, repeated findings and standing marks.
/// Newest: by month, then by id. A repeated finding is one of this month's inspection that the
/// branch's last earlier answer to the same item had too. An inspection whose items are not kept
/// counts as none.
Inputs gather(const Facts& facts, const Model& model, const ItemsOf& items);

}  // namespace huxin::assess
