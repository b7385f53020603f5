#pragma once
#include <boost/json/object.hpp>

#include "collector/assess/score.hpp"

namespace huxin::assess {

/// Who looks: anti-money-laundering matters are told to their reviewers alone; others learn that
/// there is one, and neither which nor where.
struct Viewer {
  bool aml = false;
};

/// Evidence as this viewer may have it. Hidden ones keep their kind and their place; id and note
/// are taken out.
std::vector<Evidence> shown_to(const Viewer& viewer, const std::vector<Evidence>& evidence);

/// A figure with its value and share:
/// {"name","zh","en","numerator","denominator","value","share",…}; null where there are no data.
/// What was counted comes with counted_json(). Value and share are decimal text, exact to two
/// places.
boost::json::object figure_json(const Figure& figure, const FigureRule& rule);
/// {"counted":[{"kind","id","note","confidential","counts"}],"more"}.
boost::json::object counted_json(const Figure& figure, const Viewer& viewer);

/// One line of the ranking.
boost::json::object score_json(const BranchInput& input, const BranchScore& score,
                               const Model& model);
/// The whole tree of one branch: total → domains → items and figures → evidence.
boost::json::object tree_json(const BranchInput& input, const BranchScore& score,
                              const Model& model, const Viewer& viewer);

}  // namespace huxin::assess
