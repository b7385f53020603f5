#pragma once
#include <span>
#include <vector>

#include "policy/detect/context.hpp"
#include "policy/detect/engine.hpp"
#include "policy/detect/explain_number.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Tells of the values behind labels that have a form of the label's element and fail its check: an
/// IMEI with a wrong digit, a Hong Kong identity card, a business licence. Appends to `failed`, in
/// the order of the labels that end in `chunk`. `hits` as keep_longest leaves them.
void explain_labels(const Engine& engine, const Layout& layout, const Span& chunk,
                    std::span<const KeywordHit> hits, Date today,
                    std::vector<FailedNumber>& failed);

}  // namespace huxin::detect
