#include "policy/detect/overlap.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>

namespace huxin::detect {
namespace {

// Candidates whose begins are given; `doubt` numbers them in their first order.
std::vector<Candidate> candidates(const std::vector<std::size_t>& begins) {
  std::vector<Candidate> all;
  for (const std::size_t begin : begins)
    all.push_back({.span = {begin, begin + 5}, .doubt = static_cast<double>(all.size())});
  return all;
}

bool same(const std::vector<Candidate>& a, const std::vector<Candidate>& b) {
  return std::ranges::equal(a, b, [](const Candidate& x, const Candidate& y) {
    return x.span == y.span && x.doubt == y.doubt;
  });
}

void check_sorted(std::vector<Candidate> all) {
  std::vector<Candidate> expected = all;
  std::ranges::sort(expected, {},
                    [](const Candidate& c) { return std::pair(c.span.begin, c.doubt); });
  sort_by_begin(all);
  CHECK(same(all, expected));
}

TEST_CASE("candidates come into the order of their begins, those of one begin stay as they were") {
  check_sorted({});
  check_sorted(candidates({7}));
  check_sorted(candidates({1, 2, 2, 2, 3}));
  check_sorted(candidates({1, 5, 4, 9, 8, 7, 6}));            // each a little late
  check_sorted(candidates({10, 20, 30, 40, 50, 60, 1, 35}));  // a second run, behind the first
  check_sorted(candidates({9, 8, 7, 6, 5, 4, 3, 2, 1, 0}));
}

TEST_CASE("any order of candidates comes out as a stable sort leaves it") {
  std::mt19937 random(11);
  for (std::size_t round = 0; round < 200; ++round) {
    std::vector<std::size_t> begins(random() % 200);
    const std::size_t spread = 1 + random() % 40;
    for (std::size_t i = 0; i < begins.size(); ++i)
      begins[i] = i / (1 + round % 3) + random() % spread;
    check_sorted(candidates(begins));
  }
}

TEST_CASE("of two candidates that differ in their label alone the column's stays") {
  Candidate form{
      .span = {0, 5}, .kind = Kind::kAddress, .label = Label::kBeside, .confidence = 0.9};
  Candidate column = form;
  column.label = Label::kColumn;
  for (std::vector<Candidate> all : {std::vector{form, column}, std::vector{column, form}}) {
    keep_longest(all);
    REQUIRE(all.size() == 1);
    CHECK(all[0].label == Label::kColumn);
  }
}

TEST_CASE("the longest of a cluster stays, and what it leaves room for") {
  std::vector<Candidate> all = candidates({0, 3, 6, 20});
  all[1].span.end = 12;
  keep_longest(all);
  REQUIRE(all.size() == 2);
  CHECK(all[0].span == Span{3, 12});
  CHECK(all[1].span == Span{20, 25});
}

}  // namespace
}  // namespace huxin::detect
