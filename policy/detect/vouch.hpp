#pragma once
#include <span>

#include "policy/detect/engine.hpp"

namespace huxin::detect {

/// Says whether a judged candidate has no label of its own and may be made surer so.
bool may_be_vouched_for(const Candidate& candidate);

/// Raises what has no label of its own where somebody stands on its record for certain: a number of
/// the form of a mobile beside an identity number or a labelled name is hardly anything else.
/// `record`: the judged candidates of one row or line. One pass.
void vouch_for_numbers(const Engine& engine, std::span<Candidate> record);

}  // namespace huxin::detect
