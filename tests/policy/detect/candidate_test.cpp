#include "policy/detect/candidate.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

using namespace std::string_view_literals;

struct Row {
  Kind kind;
  std::string_view text;
  std::string_view value;
};

constexpr Row kRows[] = {
    {Kind::kUnionPayCard, "6222021234567890128", "6222021234567890128"},
    {Kind::kUnionPayCard, "6222 0212-3456", "622202123456"},
    {Kind::kResidentId, "11010519491231002x", "11010519491231002X"},
    {Kind::kResidentId, "1101\0\0051949"sv, "11011949"},
    {Kind::kQq, "", ""},
    {Kind::kQq, "0086138", "0086138"},  // no telephone
    {Kind::kMobile, "13800138000", "13800138000"},
    {Kind::kMobile, "8613800138000", "13800138000"},
    {Kind::kMobile, "008613800138000", "13800138000"},
    {Kind::kMobile, "一三八零零一三八零零零", "13800138000"},
    {Kind::kLandline, "01088886666", "01088886666"},
    {Kind::kLandline, "861088886666", "01088886666"},
    {Kind::kLandline, "01088886666801", "01088886666801"},
    {Kind::kLandline, "010-88886666 ext. 801", "01088886666801"},
    {Kind::kForeignPhone, "0044207946", "44207946"},
    {Kind::kForeignPhone, "44207946", "44207946"},
    {Kind::kEmail, "Li.Wei@Example.com", "li.wei@example.com"},
    {Kind::kName, "张伟", "张伟"},
    {Kind::kName, "周  海　燕", "周海燕"},
};

}  // namespace

TEST_CASE("a value is its text without what writers add") {
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    CHECK(value_of(row.kind, row.text) == row.value);
  }
}

TEST_CASE("the kinds of a set behind one are those that come after it") {
  constexpr KindSet kSet{Kind::kResidentId, Kind::kOldResidentId, Kind::kPrivateKey,
                         Kind::kBulkList};
  for (std::size_t i = 0; i < kKinds; ++i) {
    const auto kind = static_cast<Kind>(i);
    INFO(i);
    const KindSet behind = kSet.behind(kind);
    for (std::size_t j = 0; j < kKinds; ++j) {
      const auto other = static_cast<Kind>(j);
      CHECK(behind.has(other) == (kSet.has(other) && other > kind));
    }
  }
}

TEST_CASE("what a value's room held before is no part of it") {
  std::string room;
  for (const Row& row : kRows) {
    room = "what was there before, and longer than any value of them";
    CAPTURE(row.text);
    CHECK(value_of(row.kind, row.text, room) == row.value);
  }
}

}  // namespace huxin::detect
