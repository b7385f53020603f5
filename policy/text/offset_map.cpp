#include "policy/text/offset_map.hpp"

#include <algorithm>

namespace huxin::text {
namespace {

// A run's code: a byte of both units, three bits each, and the count, two bits. What does not fit
// is all ones, of a count 0, and follows: seven bits a byte, the lowest first, each but the last
// with its highest bit set.
constexpr std::size_t kUnitFollows = 7;
constexpr std::size_t kMostCount = 3;
constexpr std::size_t kRunsOfMark = 32;

void write_number(std::vector<std::uint8_t>& codes, std::size_t number) {
  for (; number >= 0x80; number >>= 7U) codes.push_back(static_cast<std::uint8_t>(number | 0x80U));
  codes.push_back(static_cast<std::uint8_t>(number));
}

}  // namespace

/// Goes through the runs from a mark on.
class OffsetMap::Reader {
 public:
  Reader(const OffsetMap& map, const Mark& mark) : map_(map), place_(mark.place), at_(mark.code) {
    read();
  }

  const Run& run() const { return run_; }
  const Place& begin() const { return place_; }
  bool at_last() const { return last_; }

  void step() {
    place_.derived += run_.derived();
    place_.original += run_.original();
    read();
  }

 private:
  void read() {
    last_ = at_ == map_.codes_.size();
    if (last_) {
      run_ = map_.last_;
      return;
    }
    const unsigned code = map_.codes_[at_++];
    run_ = {code >> 5U, code >> 2U & kUnitFollows, code & kMostCount};
    if (run_.derived_unit == kUnitFollows) run_.derived_unit = number();
    if (run_.original_unit == kUnitFollows) run_.original_unit = number();
    if (run_.count == 0) run_.count = number();
  }

  std::size_t number() {
    std::size_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::size_t byte = map_.codes_[at_++];
      number |= (byte & 0x7FU) << shift;
      if (byte < 0x80) return number;
    }
  }

  const OffsetMap& map_;
  Place place_;
  std::size_t at_;
  Run run_;
  bool last_ = false;
};

// What was the last run gets its code.
void OffsetMap::begin_run(const Run& run) {
  if (last_.count != 0) {
    if (coded_++ % kRunsOfMark == 0) marks_.push_back({last_begin_, codes_.size()});
    const std::size_t derived = std::min(last_.derived_unit, kUnitFollows);
    const std::size_t original = std::min(last_.original_unit, kUnitFollows);
    const std::size_t count = last_.count > kMostCount ? 0 : last_.count;
    codes_.push_back(static_cast<std::uint8_t>(derived << 5U | original << 2U | count));
    if (derived == kUnitFollows) write_number(codes_, last_.derived_unit);
    if (original == kUnitFollows) write_number(codes_, last_.original_unit);
    if (count == 0) write_number(codes_, last_.count);
    last_begin_.derived += last_.derived();
    last_begin_.original += last_.original();
  }
  last_ = run;
}

void OffsetMap::then(const OffsetMap& tail, std::size_t length) {
  if (tail.last_.count == 0) return copied(length);
  for (Reader runs(tail, {});; runs.step()) {
    append(runs.run());
    if (runs.at_last()) return;
  }
}

Span OffsetMap::unit(std::size_t at) const {
  const auto after =
      std::ranges::upper_bound(marks_, at, {}, [](const Mark& mark) { return mark.place.derived; });
  Reader runs(*this, after == marks_.begin() ? Mark{} : *std::prev(after));
  while (at - runs.begin().derived >= runs.run().derived()) runs.step();
  const std::size_t unit = (at - runs.begin().derived) / runs.run().derived_unit;
  const std::size_t begin = runs.begin().original + unit * runs.run().original_unit;
  return {begin, begin + runs.run().original_unit};
}

Span OffsetMap::original(Span derived) const {
  if (last_.count == 0) return {base_ + derived.begin, base_ + derived.end};
  const std::size_t whole = last_begin_.derived + last_.derived();
  const std::size_t begin = std::min(derived.begin, whole);
  const std::size_t end = std::clamp(derived.end, begin, whole);
  if (begin == whole) {
    const std::size_t last = last_begin_.original + last_.original();
    return {base_ + last, base_ + last};
  }
  const std::size_t first = unit(begin).begin;
  return {base_ + first, base_ + (end == begin ? first : unit(end - 1).end)};
}

}  // namespace huxin::text
