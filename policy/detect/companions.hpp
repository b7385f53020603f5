#pragma once
#include <vector>

#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Takes out candidates that mean nothing alone: a balance that no customer stands beside, an
/// education without an occupation (Element::company, Element::together). Beside means in the row
/// of a list, or within 400 bytes of a form or a text. Candidates are in order of begin and stay
/// so.
void keep_accompanied(const Engine& engine, const Layout& layout,
                      std::vector<Candidate>& candidates);

}  // namespace huxin::detect
