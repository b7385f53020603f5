#pragma once
#include "policy/base/result.hpp"
#include "policy/detect/places.hpp"
#include "policy/text/change_blocks.hpp"

namespace huxin::detect {

/// The two loops that are written for vector units, as this CPU runs them.
struct VectorLoops {
  decltype(&find_places) places = &find_places;
  decltype(&text::next_change_block) changes = &text::next_change_block;
};

/// Holds the first to its portable twin over every byte value and mark at every place of a block,
/// and the second to stopping at every kind of character that normalising changes. kInternal names
/// the loop that misses: a detector must not run with it. Takes about a millisecond. Pattern sets
/// test themselves (PatternSet::open).
Status test_vector_loops(const VectorLoops& loops = {});

}  // namespace huxin::detect
