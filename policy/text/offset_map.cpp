#include "policy/text/offset_map.hpp"

#include <algorithm>
#include <limits>

namespace huxin::text {

void OffsetMap::expect(std::size_t runs) {
  constexpr std::size_t kMost = std::size_t{4} << 20U;
  runs_.reserve(std::min(runs, kMost));
}

void OffsetMap::begin_run(std::size_t derived, std::size_t original, std::size_t derived_unit,
                          std::size_t original_unit) {
  const auto narrow = [](std::size_t offset) {
    return static_cast<std::uint32_t>(
        std::min<std::size_t>(offset, std::numeric_limits<std::uint32_t>::max()));
  };
  runs_.push_back({narrow(derived), narrow(original), narrow(derived_unit), narrow(original_unit)});
}

void OffsetMap::append(std::size_t derived_unit, std::size_t original_unit, std::size_t count) {
  if (count == 0 || (derived_unit == 0 && original_unit == 0)) return;
  const bool joins = !runs_.empty() && derived_unit != 0 &&
                     runs_.back().derived_unit == derived_unit &&
                     runs_.back().original_unit == original_unit;
  if (!joins) begin_run(derived_end_, original_end_, derived_unit, original_unit);
  derived_end_ += derived_unit * count;
  original_end_ += original_unit * count;
}

void OffsetMap::then(const OffsetMap& tail, std::size_t length) {
  if (tail.runs_.empty()) return copied(length);
  for (const Run& run : tail.runs_) {
    begin_run(derived_end_ + run.derived, original_end_ + run.original, run.derived_unit,
              run.original_unit);
  }
  derived_end_ += tail.derived_end_;
  original_end_ += tail.original_end_;
}

/// The run holding the derived byte; where runs of no derived length start at the same offset, the
/// last of them, which is the one with length.
const OffsetMap::Run& OffsetMap::run_at(std::size_t derived) const {
  const auto after = std::ranges::upper_bound(runs_, derived, {}, &Run::derived);
  return *std::prev(after);
}

Span OffsetMap::original(Span derived) const {
  if (runs_.empty()) return {base_ + derived.begin, base_ + derived.end};
  const std::size_t begin = std::min(derived.begin, derived_end_);
  const std::size_t end = std::clamp(derived.end, begin, derived_end_);
  if (begin == derived_end_) return {base_ + original_end_, base_ + original_end_};
  const std::size_t first = run_at(begin).unit_start(begin);
  if (end == begin) return {base_ + first, base_ + first};
  const Run& last = run_at(end - 1);
  return {base_ + first, base_ + last.unit_start(end - 1) + last.original_unit};
}

}  // namespace huxin::text
