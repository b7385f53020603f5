#pragma once
#include "policy/detect/enough.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::rule {

/// What content must hold at least for an event to be refused (block or stricter), whatever else it
/// holds: the demands of the rules that could refuse it. Sound: once a demand is met for certain,
/// decide() over the whole content refuses. Not complete: a refusal that rests on the whole of the
/// content gives no demand: on coverage, surplus, authorisation, shares of documents, or on more
/// known values than chance explains. None in simulate mode, where nothing is refused.
detect::Enough enough_to_refuse(const Policy& policy, const Event& event,
                                std::chrono::minutes local_offset);

}  // namespace huxin::rule
