#pragma once
#include "policy/detect/engine.hpp"
#include "policy/detect/finding.hpp"
#include "policy/detect/trace.hpp"

namespace huxin::detect {

/// Completes the traces of a file by what is known when all of it was seen: which values are the
/// bank's own customers' (kKnown, with the confidence that the hit leaves), and what follows from
/// other findings (kDerived), which stands behind the rest.
void trace_findings(const Engine& engine, const Inspection& inspection, Traces& traces);

}  // namespace huxin::detect
