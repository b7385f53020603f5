// Numbers as people group them: every separator, in either width, with invisible characters.
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "policy/detect/ascii.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::found;

/// A number with '|' where its groups part.
struct Grouped {
  const char* element;
  const char* label;
  const char* groups;
};
constexpr Grouped kGrouped[] = {
    {"D01", "", "110105|19491231|002X"},
    {"D01", "", "110105|1949|1231|002X"},
    {"D03", "", "810000|19940823|0021"},
    {"D04", "", "911124|19810803|0024"},
    {"D06", "护照号码：", "E|12345678"},
    {"D07", "公务护照号：", "SE|1234567"},
    {"D09", "往来港澳通行证：", "C|12345678"},
    {"D10", "回乡证号：", "H|12345678"},
    {"D12", "往来台湾通行证：", "L|12345678"},
    {"D15", "台湾身份证：", "A|123|456|789"},
    {"D18", "驾驶证档案编号：", "3100|1234|5678"},
    {"D20", "车架号：", "1M8G|DM9A|XKP0|4278|8"},
    {"D22", "公积金账号：", "8012|3456|7890"},
    {"D27", "", "138|0013|8000"},
    {"D27", "", "1380|013|8000"},
    {"D28", "物联网卡号：", "1400|1234|5678|9"},
    {"D29", "电话：", "010|6234|5678"},
    {"D33", "QQ：", "102|456|785"},
    {"D40", "", "6200|0000|0000|0005"},
    {"D40", "", "6205|5000|0000|0000|004"},
    {"D41", "", "4111|1111|1111|1111"},
    {"D41", "", "3782|822463|10005"},
    {"D54", "存折账号：", "1234|5678|9012|3456|7"},
    {"D55", "对公账号：", "1109|0763|5210|801"},
    {"D56", "联行号：", "1021|0009|9996"},
    {"D58", "", "GB82|WEST|1234|5698|7654|32"},
    {"D61", "注册号：", "110108|000000|016"},
    {"D63", "支付标记：", "6212|3456|7890|1232"},
    {"D66", "票据号码：", "1302|1030|2104|1202|5012|3456|7890|12"},
    {"D77", "IMEI：", "4901|5420|3237|518"},
    {"D78", "ICCID：", "8986|0012|3456|7890|1234"},
    {"D82", "保单号：", "PDAA|2023|1101|0001"},
};

std::string in_full_width(std::string_view text) {
  std::string wide;
  for (const char c : text) {
    if (!is_ascii_alnum(c)) {
      wide += c;
      continue;
    }
    const unsigned code = 0xFEE0U + static_cast<unsigned char>(c);  // U+FF01 to U+FF5E
    wide += static_cast<char>(0xE0U | code >> 12U);
    wide += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    wide += static_cast<char>(0x80U | (code & 0x3FU));
  }
  return wide;
}

std::string joined(std::string_view groups, std::string_view joint) {
  std::string text;
  for (const char c : groups) {
    if (c == '|') {
      text += joint;
    } else {
      text += c;
    }
  }
  return text;
}

TEST_CASE("a number is found however its groups are parted") {
  const Grouped& number = GENERATE(from_range(std::begin(kGrouped), std::end(kGrouped)));
  const std::string expected = std::string(number.element) + "=" + joined(number.groups, "");
  for (const char* joint : {"", " ", "-", "\u00A0", "\u200B", "－"}) {
    const std::string text = joined(number.groups, joint);
    CAPTURE(number.element, text);
    CHECK(found(number.label + text) == expected);
    CHECK(found(number.label + in_full_width(text)) == expected);
  }
}

TEST_CASE("what parts table cells, rows and lines joins no number") {
  const Grouped& number = GENERATE(from_range(std::begin(kGrouped), std::end(kGrouped)));
  const std::string expected = std::string(number.element) + "=" + joined(number.groups, "");
  for (const char* joint : {"\n", "\t", " | ", "，", "; "}) {
    const std::string text = joined(number.groups, joint);
    CAPTURE(number.element, text);
    CHECK_FALSE(found(number.label + text).contains(expected));
  }
}

}  // namespace
}  // namespace huxin::detect
