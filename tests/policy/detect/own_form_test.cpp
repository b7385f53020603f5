#include "policy/detect/validators/own_form.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/element_table.hpp"

namespace huxin::detect {
namespace {

constexpr Date kToday{std::chrono::year{2026}, std::chrono::March, std::chrono::day{1}};

const catalog::Element& element(std::string_view id) {
  return *catalog::Catalog::builtin()->find(catalog::element_id_from(id).value());
}

bool is_one(std::string_view id, std::string_view written) {
  const catalog::Element& of = element(id);
  return has_own_form(of, value_of(*kind_of(of.id), written), kToday);
}

}  // namespace

TEST_CASE("what the detector finds of a form has that form by itself") {
  std::size_t tried = 0;
  for (const test::Specimen& specimen : test::specimens()) {
    if (element(specimen.element).level == catalog::Level::kC3) continue;
    CAPTURE(specimen.element, specimen.found);
    CHECK(is_one(specimen.element, specimen.found));
    CHECK(is_one(specimen.element, specimen.value));
    ++tried;
  }
  CHECK(tried > 40);
}

TEST_CASE("one changed digit leaves no value of an element that has a check digit") {
  for (const test::Specimen& specimen : test::specimens()) {
    if (!specimen.checked || element(specimen.element).level == catalog::Level::kC3) continue;
    const std::string found = specimen.found;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] < '0' || found[i] > '9') continue;
      std::string changed = found;
      changed[i] = found[i] == '9' ? '0' : static_cast<char>(found[i] + 1);
      CAPTURE(specimen.element, changed);
      CHECK_FALSE(is_one(specimen.element, changed));
    }
  }
}

TEST_CASE("a value by itself is held to its element's form") {
  struct Row {
    std::string_view element, written;
    bool is;
    std::string_view why;
  };
  constexpr Row kRows[] = {
      {"D29", "010-62345678转801", true, "with its extension"},
      {"D29", "010-12345678", false, "no subscriber's number begins with 1"},
      {"D29", "62345678", true, "without its area code"},
      {"D29", "12345679", false, "no subscriber's number begins with 1, without an area either"},
      {"D29", "20260301", false, "a date"},
      {"D36", "1990年3月7日", true, "as people write it"},
      {"D36", "2030-01-01", false, "nobody is born yet"},
      {"D36", "33939", false, "a day as spreadsheets count it"},
      {"D25", "阿卜杜拉·买买提", true, "a name"},
      {"D25", "北京某某有限公司", true, "words are not weighed"},
      {"D25", "张三1", false, "names have no digits"},
      {"D26", "Zhang San", true, "in Latin letters"},
      {"D34", "100080", false, "no words"},
      {"D38", "20万元", true, "an amount"},
      {"D38", "高", false, "no amount"},
      {"D53", "zhang.san", true, "a login name"},
      {"D53", "zs", false, "too short for one"},
      {"D84", "11010519491231002X", false, "follows from others"},
      {"D69", "个人信用报告", false, "a kind of document"},
      {"D01", "", false, "nothing"},
      {"D19", "", false, "nothing"},
      {"D80", "", false, "nothing"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.element, row.written, row.why);
    CHECK(is_one(row.element, row.written) == row.is);
  }
}

}  // namespace huxin::detect
