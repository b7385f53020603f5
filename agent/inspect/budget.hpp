#pragma once
#include "agent/extract/extract.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::inspect {

/// What extraction may spend on a file by a policy; the deadline is that of background work.
extract::Budget budget_of(const rule::InspectionSettings& settings);

}  // namespace huxin::inspect
