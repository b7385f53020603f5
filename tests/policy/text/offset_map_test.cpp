#include "policy/text/offset_map.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using huxin::Span;
using huxin::text::OffsetMap;

namespace {

/// The same, with the original bytes of each derived byte's unit written out.
struct PlainMap {
  std::vector<Span> units;
  std::size_t original_end = 0;

  void add(std::size_t derived, std::size_t original, std::size_t times) {
    for (; times > 0; --times, original_end += original)
      units.insert(units.end(), derived, {original_end, original_end + original});
  }
  void then(const PlainMap& tail) {
    for (const Span& unit : tail.units)
      units.push_back({original_end + unit.begin, original_end + unit.end});
    original_end += tail.original_end;
  }
  Span original(Span derived) const {
    const std::size_t begin = std::min(derived.begin, units.size());
    const std::size_t end = std::clamp(derived.end, begin, units.size());
    if (begin == units.size()) return {original_end, original_end};
    const std::size_t first = units[begin].begin;
    return {first, end == begin ? first : units[end - 1].end};
  }
};

struct Maps {
  OffsetMap map;
  PlainMap plain;
};

Maps made_by(std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return random() % limit; };
  Maps maps;
  for (std::size_t stretches = below(300); stretches > 0; --stretches) {
    const std::size_t times = below(3) == 0 ? below(300) : below(6);
    if (below(3) == 0) {
      maps.map.copied(times);
      maps.plain.add(1, 1, times);
    } else {
      const std::size_t most = below(4) == 0 ? 200 : 9;
      const std::size_t derived = below(most), original = below(most);
      maps.map.replaced(derived, original, times);
      maps.plain.add(derived, original, times);
    }
  }
  return maps;
}

}  // namespace

TEST_CASE("an offset map answers for copied, re-encoded and left-out stretches") {
  OffsetMap map;
  map.start_at(10);
  map.copied(4);       // derived 0..4 → 10..14
  map.replaced(3, 2);  // 4..7 → 14..16
  map.replaced(3, 2);  // 7..10 → 16..18
  map.replaced(0, 3);  // left out: 18..21
  map.copied(2);       // 10..12 → 21..23
  map.replaced(1, 0);  // 12..13: put in, stands for nothing
  CHECK_FALSE(map.identity());
  CHECK(map.original({0, 4}) == Span{10, 14});
  CHECK(map.original({1, 2}) == Span{11, 12});
  CHECK(map.original({4, 7}) == Span{14, 16});
  CHECK(map.original({5, 6}) == Span{14, 16});  // part of a character is the character
  CHECK(map.original({7, 10}) == Span{16, 18});
  CHECK(map.original({9, 11}) == Span{16, 22});
  CHECK(map.original({10, 12}) == Span{21, 23});  // what was left out before is not part of it
  CHECK(map.original({12, 13}) == Span{23, 23});
  CHECK(map.original({7, 7}) == Span{16, 16});
  CHECK(map.original({0, 999}) == Span{10, 23});
  CHECK(map.original({999, 1000}) == Span{23, 23});
  CHECK(OffsetMap().original({3, 9}) == Span{3, 9});
  CHECK(OffsetMap().identity());
}

TEMPLATE_TEST_CASE_SIG("an offset map of any stretches answers as one written out byte by byte", "",
                       ((unsigned Seed), Seed), 11, 12, 13, 14, 15) {
  std::mt19937 random(Seed);
  for (int round = 0; round < 12; ++round) {
    Maps maps = made_by(random);
    const Maps tail = made_by(random);
    maps.map.then(tail.map, tail.plain.units.size());
    maps.plain.then(tail.plain);
    const std::size_t size = maps.plain.units.size();
    bool same = true;
    for (std::size_t at = 0; at <= size; ++at) {
      for (const Span span : {Span{at, at}, {at, at + 1}, {at, at + random() % 100}})
        same &= maps.map.original(span) == maps.plain.original(span) || maps.map.identity();
    }
    CHECK(same);
    CHECK(maps.map.identity() == (maps.plain.units.empty() && maps.plain.original_end == 0));
  }
}

TEST_CASE("an offset map counts on beyond four gigabytes") {
  OffsetMap map;
  constexpr std::size_t kMany = std::size_t{3} << 30U;
  map.replaced(3, 2, kMany);
  map.copied(1);
  map.replaced(3, 2, kMany);
  CHECK(map.original({3 * kMany, 3 * kMany + 1}) == Span{2 * kMany, 2 * kMany + 1});
  CHECK(map.original({6 * kMany, 6 * kMany + 1}) == Span{4 * kMany - 1, 4 * kMany + 1});
}
