#pragma once
#include <boost/json/object.hpp>

#include <string_view>
#include <vector>

#include "collector/store/inventories.hpp"
#include "collector/store/types.hpp"

namespace huxin::api {

/// What a terminal told of what lies on it. Without `sees_aml`, files that hold elements of
/// anti-money-laundering reports (D71 to D74) count as if nothing was found in them: that there are
/// any is confidential. (Of an older agent, which does not tell them apart, only these elements are
/// left out.)
/// Counts are the terminal's word: bounded by 2^53, where JSON's numbers stop being exact; at most
/// 64 reasons, the most frequent first.
boost::json::object to_json(const store::StoredInventory& stored, bool sees_aml);

/// Adds "current_policy" and "policy_current" (null before a policy was published). `current` is
/// the version in force; empty: none yet.
void put_policy(boost::json::object& object, const store::Terminal& terminal,
                std::string_view current);

/// Terminals and branches with how much of what lies there was seen. Branches are what tokens said,
/// by name. Silent: not heard for 15 minutes before `now`.
boost::json::object coverage_json(const std::vector<store::Terminal>& terminals,
                                  const std::vector<store::StoredInventory>& newest,
                                  std::string_view current_policy, Time now, bool sees_aml);

}  // namespace huxin::api
