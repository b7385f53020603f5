#pragma once
#include <cstdint>
#include <vector>

#include "policy/rule/policy.hpp"

namespace huxin::rule {

/// How many of `known` findings among `asked` are more than chance explains: one in 256 of those
/// that no list has is taken for one that it has. Below 256 all of them, above that those beyond
/// the mean of chance and three standard deviations.
std::uint64_t beyond_chance(std::uint64_t known, std::uint64_t asked);

/// What an inspection found, gathered once for a decision so that every rule counts quickly. For
/// one thread: counting uses scratch memory of its own. Borrows the inspection.
/// The findings come from a caged worker and are not believed: customer numbers are never used as
/// indexes, a confidence that is no number counts as too low.
class Content {
 public:
  /// `inspection` may be null: nothing was inspected. Findings below `min_confidence` do not count.
  Content(const detect::Inspection* inspection, double min_confidence);

  /// Of a file whose findings were cut at their limit, at least as many as there are.
  struct Count {
    std::uint64_t findings = 0;
    std::uint64_t customers = 0;
  };
  bool known() const { return inspection_ != nullptr; }
  /// The elements found that a profile does not allow, sorted; authentication data is in none.
  std::vector<catalog::ElementId> surplus(const Profile& profile) const;
  /// Counts the findings that a rule's elements, level and `exact` ask for, and their distinct
  /// customers.
  /// Without elements and level: all findings and customers. Linear in the groups, not in the
  /// findings.
  Count count(const Match& match);

 private:
  /// Findings of one element and level, known or not.
  struct Group {
    catalog::ElementId element{};
    catalog::Level level{};
    bool known = false;
    std::uint64_t findings = 0;
    std::vector<std::uint32_t> customers;  ///< distinct, as indexes into seen_
  };
  void gather(double min_confidence);
  /// The groups that a match asks for, those that are not known too.
  Count count_groups(const Match& match, bool only_known);
  Count count_known(const Match& match);

  const detect::Inspection* inspection_;
  std::vector<Group> groups_;
  std::uint64_t dropped_ = 0;        ///< below min_confidence
  std::vector<std::uint64_t> seen_;  ///< for each customer the last round that counted it
  std::uint64_t round_ = 0;
};

}  // namespace huxin::rule
