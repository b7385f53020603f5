#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::found;
using test::inspect;

struct Number {
  const char* text;
  const char* expected;  // as found() writes it, alone on its line
};

// Each with its keyword where it needs one, so that the neighbours alone decide.
const Number kNumbers[] = {
    {"11010519491231002X", "D01=11010519491231002X"},
    {"810000199408230021", "D03=810000199408230021"},
    {"911124198108030024", "D04=911124198108030024"},
    {"13800138000", "D27=13800138000"},
    {"6200000000000005", "D40=6200000000000005"},
    {"6205500000000000004", "D40=6205500000000000004"},
    {"4111111111111111", "D41=4111111111111111"},
    {"91350100M000100Y43", "D59=91350100M000100Y43"},
    {"GB82WEST12345698765432", "D58=GB82WEST12345698765432"},
};

TEST_CASE(
    "a number stands alone beside Han, punctuation and line ends, not beside ASCII letters and "
    "digits") {
  struct Neighbour {
    const char* text;
    bool separates;
    const char* why;
  };
  const Neighbour neighbours[] = {
      {"", true, "start or end of the text"},
      {"\n", true, "start or end of a line"},
      {"号", true, "Han"},
      {"，", true, "full-width punctuation"},
      {",", true, "punctuation"},
      {"(", true, "a bracket"},
      {"\t", true, "a tab"},
      {" ", true, "a space"},
      {"_", true, "an underscore"},
      {"\"", true, "a quote"},
      {"a", false, "an ASCII letter"},
      {"Q", false, "an ASCII capital"},
      {"7", false, "an ASCII digit"},
      {"７", false, "a full-width digit"},
      {"ａ", false, "a full-width letter"},
  };
  for (const Number& number : kNumbers) {
    for (const Neighbour& left : neighbours) {
      for (const Neighbour& right : neighbours) {
        const std::string text = std::string(left.text) + number.text + right.text;
        CAPTURE(text, left.why, right.why);
        const std::string result = found(text);
        if (left.separates && right.separates) {
          CHECK(result == number.expected);
        } else {
          CHECK_FALSE(result.contains(number.expected));
        }
      }
    }
  }
}

TEST_CASE("separators and invisible characters inside a number are seen through") {
  struct Row {
    const char* text;
    const char* expected;
    const char* why;
  };
  const Row rows[] = {
      {"138 0013 8000", "D27=13800138000", "spaces"},
      {"138-0013-8000", "D27=13800138000", "hyphens"},
      {"138.0013.8000", "D27=13800138000", "dots"},
      {"1 3 8-0013-8000", "D27=13800138000", "mixed"},
      {"1 3 8 0 0 1 3 8 0 0 0", "D27=13800138000", "digit by digit"},
      {"+86 138 0013 8000", "D27=13800138000", "country code"},
      {"+86-13800138000", "D27=13800138000", "country code with a hyphen"},
      {"8613800138000", "D27=13800138000", "country code without anything"},
      {"008613800138000", "D27=13800138000", "dialled"},
      {"138\u200B0013\u200B8000", "D27=13800138000", "zero-width spaces"},
      {"１３８００１３８０００", "D27=13800138000", "full-width digits"},
      {"138\u20130013\u20138000", "D27=13800138000", "en dashes"},
      {"110105 19491231 002X", "D01=11010519491231002X", "an identity number as read aloud"},
      {"110105-19491231-002x", "D01=11010519491231002X", "hyphens, small x"},
      {"１１０１０５１９４９１２３１００２Ｘ", "D01=11010519491231002X", "full-width X too"},
      {"6200 0000 0000 0005", "D40=6200000000000005", "as printed on the card"},
      {"6205 5000 0000 0000 004", "D40=6205500000000000004", "19 digits in fours"},
      {"620550 0000000000004", "D40=6205500000000000004", "six and the rest"},
      {"卡号 3782 822463 10005", "D41=378282246310005", "American Express"},
      {"GB82 WEST 1234 5698 7654 32", "D58=GB82WEST12345698765432", "an IBAN in fours"},
      {"电话 010-62345678", "D29=01062345678", "area code and number"},
      {"电话 (010)62345678", "D29=01062345678", "area code in brackets"},
      {"电话（０１０）６２３４５６７８", "D29=01062345678", "full-width brackets"},
      {"电话 0755-8345-6789", "D29=075583456789", "number in fours"},
      {"电话 010-62345678-801", "D29=01062345678801", "with its extension"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(found(row.text) == row.expected);
  }
}

TEST_CASE("digits are never joined across lines, tabs or two separators") {
  for (const char* text :
       {"138\n00138000", "1380013\t8000", "138  0013  8000", "6200 0000\n0000 0005",
        "110105\r\n19491231002X", "6200,0000,0000,0005"}) {
    CAPTURE(text);
    CHECK(found(text, 0.01).empty());
  }
}

TEST_CASE("numbers side by side are told apart") {
  CHECK(found("13800138000 13900139000") == "D27=13800138000 D27=13900139000");
  CHECK(found("11010519491231002X 13800138000 6205500000000000004") ==
        "D01=11010519491231002X D27=13800138000 D40=6205500000000000004");
  CHECK(found("6200000000000005 6200000000000047") == "D40=6200000000000005 D40=6200000000000047");
}

TEST_CASE("the longest element wins, and nothing inside it is reported") {
  CHECK(found("13800138000@139.com") == "D31=13800138000@139.com");
  CHECK(found(";6200000000000005=251210112345678?") == "D43=;6200000000000005=251210112345678?");
  CHECK(found("身份证 11010519491231002X 电话") == "D01=11010519491231002X");
}

TEST_CASE("the original bytes of a number are told through invisible characters") {
  const auto inspection = inspect("手机\uFF1A138\u200B0013\u200B8000。");
  REQUIRE(inspection.findings.size() == 1);
  CHECK(inspection.findings[0].span == Span{9, 9 + 11 + 6});
  CHECK(inspection.findings[0].where == "a.txt!L1");
}

TEST_CASE("weak numbers need their keyword") {
  CHECK(found("E12345678").empty());
  CHECK(found("护照号码：E12345678") == "D06=E12345678");
  CHECK(found("护照EA1234567") == "D06=EA1234567");
  CHECK(found("130503670401001").empty());
  CHECK(found("身份证号 130503670401001") == "D02=130503670401001");
  CHECK(found("010-62345678").empty());
}

TEST_CASE("confidence rises with a keyword and with a known issuer") {
  const auto confidence = [](std::string_view text) {
    const auto inspection = inspect(text, 0.01);
    REQUIRE(inspection.findings.size() == 1);
    return inspection.findings[0].confidence;
  };
  CHECK(confidence("11010519491231002X") >= 0.9);
  CHECK(confidence("身份证 11010519491231002X") > confidence("11010519491231002X"));
  CHECK(confidence("手机 13800138000") > confidence("13800138000"));
  CHECK(confidence("13800138000") >= 0.6);
  CHECK(confidence("6222021234567894") > confidence("6200000000000005"));
  CHECK(confidence("6222021234567894") >= 0.8);
}

TEST_CASE("a number that counts something or ends a path is no telephone by itself") {
  test::check({{"全网交易14998310767笔", "", "transactions"},
               {"shipped 13044944719 units", "", "pieces"},
               {"tar cf a.tar /data/18248633838", "", "a folder"},
               {"客服/13800138000", "D27=13800138000", "a slash parts words and a number"},
               {"手机13800138000元旦后有效", "D27=13800138000", "a label says more"}});
}

}  // namespace
}  // namespace huxin::detect
