#pragma once
#include <boost/json/value.hpp>

#include <vector>

#include "collector/review/checklists.hpp"
#include "collector/review/clocks.hpp"
#include "collector/store/cases.hpp"
#include "collector/store/types.hpp"

namespace huxin::api {

/// The schemas Case, CaseEvent, Checklist and Clocks of openapi.yaml. Times are RFC 3339 in UTC;
/// closed and verdict are null while the case is open; overdue as of `now`.
boost::json::object to_json(const store::Case& found, Time now);
boost::json::object to_json(const store::CaseEvent& event);
/// A checklist, with what of it is done in a case. "done" is null for a step that is open.
boost::json::object to_json(const review::Checklist& list, const store::Case& found);
/// The grade of a severity and the clocks that run since `discovered`; `found` may be null: then
/// nothing is reported yet. The grade is null for a severity that clocks.yaml does not grade.
boost::json::object clocks_to_json(std::uint32_t severity,
                                   const std::vector<record::Incident>& incidents, Time discovered,
                                   const store::Case* found);

}  // namespace huxin::api
