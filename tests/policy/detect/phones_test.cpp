#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

// The telephone numbers found in a text: "D27[+86 138 0013 8000]=13800138000".
std::string phones(const std::string& text) {
  std::string all;
  for (const Finding& finding : test::inspect(text).findings) {
    const auto kind = kind_of(finding.element);
    if (!kind || !kPhones.has(*kind)) continue;
    if (!all.empty()) all += ' ';
    all += to_string(finding.element) + "[" + text.substr(finding.span.begin, finding.span.size()) +
           "]=" + finding.value;
  }
  return all;
}

struct Row {
  const char* text;
  const char* expected;
  const char* why;
};

template <std::size_t N>
void check_phones(const Row (&rows)[N]) {
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(phones(row.text) == row.expected);
  }
}

TEST_CASE("the country's code belongs to a mobile number and not to its value") {
  check_phones({
      {"手机+86 13800138000，", "D27[+86 13800138000]=13800138000", "a plus and a space"},
      {"+8613800138000", "D27[+8613800138000]=13800138000", "nothing between"},
      {"+86-138-0013-8000", "D27[+86-138-0013-8000]=13800138000", "hyphens"},
      {"+86 138 0013 8000", "D27[+86 138 0013 8000]=13800138000", "spaces"},
      {"0086 13800138000", "D27[0086 13800138000]=13800138000", "zeros"},
      {"008613800138000", "D27[008613800138000]=13800138000", "zeros, nothing between"},
      {"(+86)13800138000", "D27[(+86)13800138000]=13800138000", "brackets"},
      {"（86）138 0013 8000", "D27[（86）138 0013 8000]=13800138000", "wide brackets"},
      {"86-13800138000", "D27[86-13800138000]=13800138000", "a hyphen tells the code"},
      {"手机 86 13800138000", "D27[13800138000]=13800138000", "may be the row's number"},
      {"手机：13800138000/13900139000", "D27[13800138000]=13800138000 D27[13900139000]=13900139000",
       "two of them"},
  });
}

TEST_CASE("a landline is found as it is dialled from abroad, with the area's zero and without") {
  check_phones({
      {"TEL: +86-571-87654321", "D29[+86-571-87654321]=057187654321", "no zero"},
      {"TEL: +86-0571-87654321", "D29[+86-0571-87654321]=057187654321", "the zero kept"},
      {"Tel: +86 21 5888 1234", "D29[+86 21 5888 1234]=02158881234", "spaces"},
      {"Tel: +86 (571) 8765 4321", "D29[+86 (571) 8765 4321]=057187654321", "the area in brackets"},
      {"电话：0086-10-62345678", "D29[0086-10-62345678]=01062345678", "zeros"},
      {"电话：86-571-87654321", "D29[86-571-87654321]=057187654321", "a hyphen tells the code"},
      {"电话：86 571 87654321", "", "three numbers side by side"},
      {"电话：（0571）87654321", "D29[（0571）87654321]=057187654321", "the area in brackets"},
      {"电话：0571/87654321", "D29[0571/87654321]=057187654321", "a slash behind the area"},
      {"电话：（0571）8765-4321", "D29[（0571）8765-4321]=057187654321",
       "wide brackets and a hyphen"},
      {"电话：0571.87654321", "D29[0571.87654321]=057187654321", "a dot"},
      {"路径 /0571/87654321", "", "a part of a path"},
  });
}

TEST_CASE("beside a name a landline whose area stands apart needs no label") {
  check_phones({
      {"王建国 0571-87654321", "D29[0571-87654321]=057187654321", "a hyphen"},
      {"王建国（0571）87654321", "D29[（0571）87654321]=057187654321", "brackets"},
      {"回电（0571）87654321", "", "nobody's"},
      {"流水 057187654321", "", "twelve digits may be anything"},
  });
}

TEST_CASE("a landline without its area needs a label") {
  check_phones({
      {"住宅电话：87654329", "D29[87654329]=87654329", "eight digits"},
      {"单位电话：6234-5678转801", "D29[6234-5678转801]=62345678801", "a hyphen and an extension"},
      {"宅电 5678901", "D29[5678901]=5678901", "seven digits"},
      {"电话回访：20260301", "", "a date"},
      {"电话：12345678", "", "no subscriber's number begins with 1"},
      {"编号 87654329", "", "no label"},
  });
}

TEST_CASE("an extension belongs to its landline") {
  check_phones({
      {"电话：0571-87654321-801", "D29[0571-87654321-801]=057187654321801", "a hyphen"},
      {"电话：0571-87654321转801", "D29[0571-87654321转801]=057187654321801", "转"},
      {"电话：0571-87654321 转 801", "D29[0571-87654321 转 801]=057187654321801", "with spaces"},
      {"电话：0571-87654321（分机801）", "D29[0571-87654321（分机801]=057187654321801",
       "in brackets"},
      {"Tel: 0571-87654321 ext. 801", "D29[0571-87654321 ext. 801]=057187654321801", "ext."},
      {"Tel: 0571-87654321 x801", "D29[0571-87654321 x801]=057187654321801", "x"},
      {"电话：0571-87654321，转账", "D29[0571-87654321]=057187654321", "no digits behind"},
      {"电话：0571-87654321转13800138000",
       "D29[0571-87654321]=057187654321 D27[13800138000]=13800138000", "too long for one"},
  });
}

TEST_CASE("numbers of Hong Kong, Macao and Taiwan are found by their country's code") {
  check_phones({
      {"+852 9123 4567", "D30[+852 9123 4567]=85291234567", "a plus"},
      {"00852-91234567", "D30[00852-91234567]=85291234567", "zeros"},
      {"Mobile: 852-91234567", "D30[852-91234567]=85291234567", "a label and a hyphen"},
      {"Mobile (HK): (852) 9123-4567", "D30[(852) 9123-4567]=85291234567", "brackets"},
      {"(+853) 6612 3456", "D30[(+853) 6612 3456]=85366123456", "a plus in brackets"},
      {"编号 852-91234567", "", "a code of another sort"},
      {"+886-912345678", "D30[+886-912345678]=886912345678", "Taiwan"},
  });
}

}  // namespace
}  // namespace huxin::detect
