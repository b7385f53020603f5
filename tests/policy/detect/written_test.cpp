#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "policy/detect/validators/amount.hpp"
#include "policy/detect/validators/written_date.hpp"

namespace huxin::detect {
namespace {

struct Row {
  const char* text;
  const char* expected;
  const char* why;
};

std::string date(std::string_view text) {
  const auto written = written_date(text, 0);
  if (!written) return "";
  return fmt::format("{:04}-{:02}-{:02} {}", int(written->date.year()),
                     unsigned(written->date.month()), unsigned(written->date.day()),
                     text.substr(written->end));
}

std::string amount(std::string_view text) {
  const auto span = amount_at(text, 0);
  return span ? std::string(text.substr(span->begin, span->size())) : "";
}

TEST_CASE("dates are read in every form that people write") {
  const Row rows[] = {{"1990-03-07", "1990-03-07 ", "ISO"},
                      {"1990/3/7", "1990-03-07 ", "slashes, no zeros"},
                      {"1990.3.7。", "1990-03-07 。", "dots"},
                      {"1990年3月7日生", "1990-03-07 生", "Chinese"},
                      {"1990年03月07号", "1990-03-07 ", "spoken"},
                      {"19900307", "1990-03-07 ", "basic format"},
                      {"07-Mar-1990", "1990-03-07 ", "as in passports"},
                      {"7 March 1990", "1990-03-07 ", "English"},
                      {"07MAR1990", "1990-03-07 ", "without separators"},
                      {"March 7, 1990", "1990-03-07 ", "American"},
                      {"Mar 7 1990", "1990-03-07 ", "American, short"},
                      {"07/03/1990", "1990-03-07 ", "day first"},
                      {"03/17/1990", "1990-03-17 ", "month first, since no month is 17"},
                      {"2000-02-29", "2000-02-29 ", "a leap day"},
                      {"1990 03 07", "1990-03-07 ", "spaces"},
                      {"1990 年 3 月 7 日", "1990-03-07 ", "spaces around the words"},
                      {"一九九〇年三月七日", "1990-03-07 ", "numerals"},
                      {"二〇〇〇年十二月三十一日", "2000-12-31 ", "numerals of two characters"},
                      {"7th March 1990", "1990-03-07 ", "an ordinal"},
                      {"1990-Mar-07", "1990-03-07 ", "the year first"},
                      {"1990-03-07T00:00", "1990-03-07 T00:00", "as programs write it"},
                      {"1990-03-07 12:00", "1990-03-07  12:00", "with a time"}};
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(date(row.text) == row.expected);
  }
}

TEST_CASE("what is no date is not read as one") {
  const Row rows[] = {{"1900-02-29", "", "no leap year"},
                      {"1990-13-01", "", "no month"},
                      {"1990-04-31", "", "no day"},
                      {"1990-03/07", "", "two separators"},
                      {"199003071", "", "nine digits"},
                      {"1990-03-071", "", "a digit behind"},
                      {"1990年3月", "", "no day"},
                      {"90-03-07", "", "no century"},
                      {"一九九〇年十三月七日", "", "no month in numerals"},
                      {"十九九〇年三月七日", "", "no year in numerals"},
                      {"1990-03-07Time", "", "a word behind"},
                      {"0007-03-07", "", "no year of ours"},
                      {"7 Mai 1990", "", "no English month"},
                      {"Mar", "", "cut short"},
                      {"1990-", "", "cut short"},
                      {"", "", "empty"}};
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(date(row.text) == row.expected);
  }
}

TEST_CASE("amounts are read with their currency and unit") {
  const Row rows[] = {{"12,345.67", "12,345.67", "groups of three"},
                      {"¥12345.67元。", "¥12345.67元", "sign and unit"},
                      {"￥88", "￥88", "a full-width sign"},
                      {"RMB 5,000", "RMB 5,000", "code before"},
                      {"人民币12.5万元整", "人民币12.5万元", "words"},
                      {"-300.00", "-300.00", "overdrawn"},
                      {"100 USD", "100 USD", "code behind"},
                      {"20万", "20万", "a bare unit"},
                      {"150000", "150000", "bare digits"},
                      {"1,234,567,890.12", "1,234,567,890.12", "long"}};
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(amount(row.text) == row.expected);
  }
}

TEST_CASE("what is no amount is not read as one") {
  const Row rows[] = {{"12", "", "two digits say nothing"},
                      {"50%", "", "a share"},
                      {"12.5%", "", "a share with a point"},
                      {"2026年", "", "a year"},
                      {"2026-03-01", "", "a date"},
                      {"10:30", "", "a time"},
                      {"12345678901234567", "", "seventeen digits are a number, not money"},
                      {"123abc", "", "part of a word"},
                      {"1.2.3", "", "a version"},
                      {"元", "", "a unit alone"},
                      {"", "", "empty"}};
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(amount(row.text) == row.expected);
  }
}

}  // namespace
}  // namespace huxin::detect
