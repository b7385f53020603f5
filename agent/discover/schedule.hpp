#pragma once
#include <optional>

#include "policy/base/clock.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::discover {

/// The newest moment, not after `now`, at which the policy wants a run to begin; none: it names no
/// time of day. `local_offset` turns UTC into branch time, as it is now. Looks back seven days.
std::optional<Time> newest_due(const rule::DiscoverSettings& settings, Time now,
                               std::chrono::minutes local_offset);

/// Is a run due, the last of the schedule having begun at `last`? A time that was missed, because
/// the terminal was off, is made up once. A terminal that never ran one is due at once: until it
/// did, nobody knows what lies there. False without a time of day in the policy.
bool is_due(const rule::DiscoverSettings& settings, Time now, std::optional<Time> last,
            std::chrono::minutes local_offset);

}  // namespace huxin::discover
