// The edges of the calendar in every element that has a date. Today is 1 March 2026.
#include <string>

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "policy/detect/validators/check_digits.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::found;

struct Birth {
  const char* date;  ///< YYYYMMDD
  bool real;
  const char* why;
};
constexpr Birth kBirths[] = {
    {"20000229", true, "2000 is a leap year"},
    {"19000228", true, "the last day of a February that 1900 has"},
    {"19000229", false, "1900 is no leap year"},
    {"20230229", false, "nor is 2023"},
    {"20240229", true, "2024 is"},
    {"19900131", true, "the last day of January"},
    {"19900132", false, "there is no 32nd"},
    {"19900430", true, "the last day of April"},
    {"19900431", false, "April has 30 days"},
    {"19900100", false, "no day"},
    {"19900001", false, "no month"},
    {"19901231", true, "the last day of a year"},
    {"19901301", false, "no thirteenth month"},
    {"20260301", true, "today"},
    {"20260302", false, "tomorrow"},
    {"20270101", false, "next year"},
    {"17990101", false, "nobody alive"},
};

std::string with_check(const std::string& base) {
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(base + c)) return base + c;
  }
  return base;
}

TEST_CASE("identity numbers have a birth date that was") {
  const Birth& birth = GENERATE(from_range(std::begin(kBirths), std::end(kBirths)));
  struct Form {
    const char* element;
    const char* label;
    const char* area;
  };
  constexpr Form kForms[] = {{"D01", "", "110105"},
                             {"D03", "", "810000"},
                             {"D18", "驾驶证号：", "110105"},
                             {"D21", "社会保障号码：", "110105"},
                             {"D24", "纳税人识别号：", "110105"}};
  for (const Form& form : kForms) {
    const std::string id = with_check(std::string(form.area) + birth.date + "002");
    CAPTURE(form.element, id, birth.why);
    const std::string expected = std::string(form.element) + "=" + id;
    CHECK(found(form.label + id).contains(expected) == birth.real);
  }
}

TEST_CASE("numbers with two digits of the year are of the nineteen hundreds") {
  const Birth& birth = GENERATE(from_range(std::begin(kBirths), std::end(kBirths)));
  const std::string_view date(birth.date);
  if (!date.starts_with("19")) return;
  const std::string id = "110105" + std::string(date.substr(2)) + "002";
  CAPTURE(id, birth.why);
  CHECK(found("身份证号：" + id).contains("D02=" + id) == birth.real);
  if (date == "19000229") return;  // 2000 has that day
  const std::string card = "USA1100" + std::string(date.substr(2)) + "01";
  CHECK(found("永久居留证号：" + card).contains("D05=" + card) == birth.real);
}

TEST_CASE("a date of birth is one in each way of writing it") {
  const Birth& birth = GENERATE(from_range(std::begin(kBirths), std::end(kBirths)));
  const std::string date(birth.date);
  const std::string y = date.substr(0, 4);
  const std::string m = date.substr(4, 2);
  const std::string d = date.substr(6);
  for (const std::string& written : {date, y + "-" + m + "-" + d, y + "/" + m + "/" + d,
                                     y + "." + m + "." + d, y + "年" + m + "月" + d + "日"}) {
    CAPTURE(written, birth.why);
    CHECK(found("出生日期：" + written).contains("D36=" + date) == birth.real);
  }
}

TEST_CASE("the expiry of a card has a month of the calendar") {
  for (int month = 0; month <= 13; ++month) {
    const std::string expiry = fmt::format("{:02}/28", month);
    CAPTURE(expiry);
    CHECK((found("卡有效期：" + expiry) == "D46=" + expiry) == (month >= 1 && month <= 12));
  }
}

}  // namespace
}  // namespace huxin::detect
