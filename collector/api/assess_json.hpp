#pragma once
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

#include "collector/assess/evaluate.hpp"
#include "collector/assess/item.hpp"
#include "collector/assess/tree.hpp"

namespace huxin::api {

/// The schemas Item, Answer, Suggestion, Inspection, Rectification and Mark of openapi.yaml.
/// Evidence that the viewer may not see is hidden by assess::shown_to. Times are RFC 3339, days
/// 2026-03-01.
boost::json::object item_json(const assess::Item& item);
boost::json::object answer_json(const assess::Answer& answer, const assess::Viewer& viewer);
/// The verdict is null where the collector cannot tell.
boost::json::object suggestion_json(const assess::Suggestion& said, const assess::Viewer& viewer);
/// Without its answers; `items` are those of its version.
boost::json::object inspection_json(const assess::Inspection& visit, const assess::Items& items,
                                    const std::vector<assess::Branch>& branches);
/// `item`: what its inspection asked; null when that is not kept. `now` decides whether it is
/// late.
boost::json::object rectification_json(const assess::Rectification& entry, const assess::Item* item,
                                       const std::vector<assess::Branch>& branches,
                                       const assess::Viewer& viewer, Time now);
boost::json::object mark_json(const assess::Mark& mark, const assess::Viewer& viewer);

/// Reads a day like 2026-03-01. Empty text: a value without a day; nullopt: it is none.
std::optional<std::optional<std::int64_t>> day_of(const std::string& text);

}  // namespace huxin::api
