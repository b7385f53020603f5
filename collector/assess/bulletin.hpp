#pragma once
#include <string>
#include <vector>

#include "collector/assess/score.hpp"

namespace huxin::assess {

struct BulletinOf {
  std::string branch;  ///< code; empty: the whole bank
  bool final = false;  ///< the month is closed
};

/// Writes 通报: one HTML file that holds all it needs and runs nothing, made to be printed on A4,
/// Chinese first. Cases of other branches appear as counts without a name; ids of cases and
/// incidents, notes of inspectors and names of staff do not appear, but for the accountable person.
/// `scores` are score()'s of these inputs, in the order of the ranking. A branch that is named must
/// be in both. UTF-8; everything that is not our own text is escaped.
std::string bulletin(const Inputs& inputs, const std::vector<BranchScore>& scores,
                     const Model& model, const BulletinOf& of);

/// The Content-Security-Policy to serve it under: its own style sheet, and nothing else.
std::string bulletin_policy();

}  // namespace huxin::assess
