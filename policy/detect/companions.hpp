#pragma once
#include <vector>

#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/own_things.hpp"

namespace huxin::detect {

/// Bytes of a form or a text on either side of a value, in which somebody stands beside it.
inline constexpr std::size_t kFormReach = 400;

/// Takes out candidates that mean nothing alone: a balance that no customer stands beside, an
/// education without an occupation (Element::company, Element::together), what words around it make
/// a bank's own. Beside means in the row of a list, or within kFormReach of a form or a text.
/// Candidates are in order of begin, none overlaps another, and they stay so. `alone` takes those
/// that a name on their record would make somebody's (Candidate::beside): names are found later.
void keep_accompanied(const Engine& engine, const Layout& layout, OwnThings& own_things,
                      std::vector<Candidate>& candidates, std::vector<Candidate>& alone);

}  // namespace huxin::detect
