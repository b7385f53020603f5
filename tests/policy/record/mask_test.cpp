#include "policy/record/mask.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::record {
namespace {

using catalog::Mask;

TEST_CASE("a mask shows what its preset allows and a star for every other character") {
  struct Row {
    const char* value;
    Mask preset;
    const char* shown;
    const char* why;
  };
  const Row rows[] = {
      {"11010519491231002X", Mask::kFirstLast, "1****************X", "P1 of a resident's number"},
      {"13800138000", Mask::kMobile, "138****8000", "P2"},
      {"6222021234567890", Mask::kCard, "622202******7890", "P3: the most PCI DSS 3.4.1 allows"},
      {"6205500000000000004", Mask::kCard, "620550*********0004", "19 digits"},
      {"DE89370400440532013000", Mask::kLastFour, "******************3000", "P4"},
      {"E12345678", Mask::kTwoTwo, "E1*****78", "passport"},
      {"张三", Mask::kName, "张*", "two characters keep the first"},
      {"欧阳修文", Mask::kName, "欧**文", "longer ones keep first and last"},
      {"张", Mask::kName, "*", "too short to show anything"},
      {"zhangsan@example.com", Mask::kEmail, "zha***@example.com", "three and the domain"},
      {"ab@example.com", Mask::kEmail, "a***@example.com", "a short one is not shown whole"},
      {"a@example.com", Mask::kEmail, "***@example.com", "nor is a single letter"},
      {"01062345678", Mask::kAreaLine, "010******78", "three digits of area code"},
      {"075583456789", Mask::kAreaLine, "0755******89", "four"},
      {"广东省深圳市南山区科技园路12号", Mask::kDistrict, "广东省深圳市南山区*******",
       "to the district"},
      {"内蒙古自治区包头市昆区钢铁大街3号", Mask::kDistrict, "内蒙古自治区包头市昆区******",
       "a region is no district"},
      {"科技园路12号3栋", Mask::kDistrict, "*********", "no district: nothing"},
      {"军字第1234567号", Mask::kFirst, "军**********", "the first alone"},
      {"中国工商银行股份有限公司", Mask::kFirstFour, "中国工商********", "the first four"},
      {"Zhang San", Mask::kInitials, "Z**** S**", "initials of words"},
      {"ZhangSan", Mask::kInitials, "Z****S**", "and of CamelCase"},
      {"1990-05-17", Mask::kYear, "1990-**-**", "the year"},
      {"生于1990年5月17日", Mask::kYear, "生于1990年*月**日", "amid words"},
      {"17/05/90", Mask::kYear, "**/**/**", "no year of four digits"},
      {"250,000.00", Mask::kBand, "10万-50万", "an amount"},
      {"25万元", Mask::kBand, "10万-50万", "with its unit"},
      {"3千万", Mask::kBand, "1000万-5000万", "units multiply"},
      {"9,999", Mask::kBand, "<1万", "the lowest band"},
      {"1亿", Mask::kBand, "≥1亿", "the highest"},
      {"unknown", Mask::kBand, "*******", "no amount"},
      {"203.0.113.7", Mask::kNetwork, "203.0.113.*", "IPv4 without its host"},
      {"2001:db8:1:2::7", Mask::kNetwork, "2001:db8:1:*", "IPv6 to its /48"},
      {"2001:db8::7", Mask::kNetwork, "2001:db8:*", "no further than its gap"},
      {"00:1A:2B:3C:4D:5E", Mask::kVendor, "00:1A:2B:**:**:**", "MAC without its device"},
      {"31.230416,121.473701", Mask::kCoarse, "31.23****,121.47****", "two decimals"},
      {"hunter2!", Mask::kRemove, "********", "P0"},
      {"D01", Mask::kNone, "D01", "not hidden"},
      {"123", Mask::kCard, "***", "too short for its preset"},
      {"", Mask::kFirstLast, "", "nothing to show"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why, row.value);
    CHECK(mask(row.value, row.preset) == row.shown);
  }
}

TEST_CASE("a long value removed wholly does not tell its length") {
  CHECK(mask(std::string(5000, 'k'), Mask::kRemove).size() == 32);
}

TEST_CASE("bytes that are no UTF-8 are masked without being read past") {
  CHECK(mask("\xE5\xBC", Mask::kFirstLast) == "*");
  CHECK(mask("\x80\x80\x80\x80", Mask::kName).size() <= 4);
}

}  // namespace
}  // namespace huxin::record
