#include "policy/detect/punctuation.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "policy/detect/recognise/address.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/recognise/password.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

struct Pair {
  const char* narrow;
  const char* wide;
  Mark mark;
};

constexpr Pair kPairs[] = {
    {" ", "\u3000", Mark::kSpace}, {"\t", "\u00A0", Mark::kSpace}, {":", "：", Mark::kColon},
    {"=", "＝", Mark::kEquals},    {",", "，", Mark::kComma},      {";", "；", Mark::kSemicolon},
    {"\"", "“", Mark::kQuote},     {"\"", "”", Mark::kQuote},      {"'", "’", Mark::kQuote},
    {"\"", "＂", Mark::kQuote},    {"(", "（", Mark::kOpen},       {")", "）", Mark::kClose},
    {"[", "【", Mark::kOpen},      {"]", "】", Mark::kClose},      {"<", "《", Mark::kOpen},
    {">", "》", Mark::kClose},     {"{", "｛", Mark::kOpen},       {"}", "｝", Mark::kClose},
    {"|", "｜", Mark::kBar},       {"/", "／", Mark::kSlash},      {" ", "\u2003", Mark::kSpace},
};

TEST_CASE("a mark is the same in either width, from before and from behind") {
  for (const Pair& pair : kPairs) {
    for (const std::string mark : {pair.narrow, pair.wide}) {
      CAPTURE(mark);
      const std::string text = "张" + mark + "三";
      CHECK(mark_at(text, 3).mark == pair.mark);
      CHECK(mark_at(text, 3).bytes == mark.size());
      CHECK(mark_before(text, 3 + mark.size()).mark == pair.mark);
      CHECK(mark_before(text, 3 + mark.size()).bytes == mark.size());
    }
  }
  CHECK(mark_at("、", 0).mark == Mark::kEnumeration);
  CHECK(mark_before("。", 3).mark == Mark::kStop);
}

TEST_CASE("letters, digits, symbols and the ends of a text are no marks") {
  for (const std::string text : {"a", "7", "张", "－", "＠", "·", "…", "é", "-", "😀", ""}) {
    CAPTURE(text);
    CHECK(mark_at(text, 0).bytes == 0);
    CHECK(mark_before(text, text.size()).bytes == 0);
  }
  CHECK(mark_at("a", 7).bytes == 0);
  // Cut characters are read no further than they go.
  CHECK(mark_at("\xEF\xBC", 0).bytes == 0);
  CHECK(mark_at("\xC2", 0).bytes == 0);
  CHECK(mark_before("\xBC\x9A", 2).bytes == 0);
}

TEST_CASE("skipping stops at another mark and never leaves its bounds") {
  const std::string_view text = "a： \u3000“张”；b";
  constexpr Mark kSet = Mark::kColon | Mark::kSpace | Mark::kQuote;
  CHECK(text.substr(skip_marks(text, 1, text.size(), kSet)).starts_with("张"));
  CHECK(skip_marks(text, 1, 4, kSet) == 4);
  CHECK(skip_marks(text, 1, 6, kSet) == 5);  // not into the middle of U+3000
  const std::size_t quote = text.find("；");
  CHECK(text.substr(0, skip_marks_back(text, quote, 0, kSet)).ends_with("张"));
  CHECK(skip_marks_back(text, 8, 5, kSet) == 5);
  CHECK(skip_marks_back(text, 8, 6, kSet) == 8);
}

TEST_CASE("a value stands behind its label whatever the width of the mark") {
  for (const std::string gap : {":", "：", "=", "＝", " ", "\u3000", ": ", "：\u3000", ":\"", "：“",
                                "(", "（", "为", "是："}) {
    CAPTURE(gap);
    const std::string name = "姓名" + gap + "张伟";
    const auto span = name_behind(name, 6, name.size());
    REQUIRE(span);
    CHECK(name.substr(span->begin, span->size()) == "张伟");
  }
  for (const std::string gap : {":", "：", "=", "＝", "：\u3000", "为", "：“"}) {
    CAPTURE(gap);
    const std::string password = "密码" + gap + "Abc@12345";
    const auto span = password_behind(password, {0, 6}, password.size());
    REQUIRE(span);
    CHECK(password.substr(span->begin, span->size()) == "Abc@12345");
  }
}

TEST_CASE("an address goes over brackets of either width") {
  for (const std::string address :
       {"北京市海淀区中关村大街(北段)27号", "北京市海淀区中关村大街（北段）27号"}) {
    const std::string text = "地址" + address + "，电话";
    const auto found = recognise_address(text, 6, {0, text.size()}, 6);
    REQUIRE(found);
    CHECK(text.substr(found->span.begin, found->span.size()) == address);
  }
}

TEST_CASE("texts read alike in either width") {
  const std::pair<const char*, const char*> texts[] = {
      {"客户姓名:张伟,手机:13800138000;", "客户姓名：张伟，手机：13800138000；"},
      {"订单号:6200000000000005", "订单号：6200000000000005"},
      {"foo=4111111111111111", "foo＝4111111111111111"},
      {"\"foo\": \"4111111111111111\"", "“foo”：“4111111111111111”"},
      {"(010)62345678 电话", "（010）62345678　电话"},
      {"姓名,证件号码,订单号\n欧阳静,E12345678,6200000000000005\n",
       "姓名，证件号码，订单号\n欧阳静，E12345678，6200000000000005\n"},
      {"护照号码\n \"E12345678\" \n", "护照号码\n　“E12345678”　\n"},
      {"张伟(13800138000),李娜(13900139000)", "张伟（13800138000），李娜（13900139000）"},
      {"CVN2:123", "CVN2：123"},
      {"地址:北京市海淀区中关村大街27号", "地址：北京市海淀区中关村大街27号"},
  };
  for (const auto& [narrow, wide] : texts) {
    CAPTURE(narrow);
    CHECK(test::found(narrow) == test::found(wide));
  }
  CHECK(test::found("（010）62345678　电话") == "D29=01062345678");
}

}  // namespace
}  // namespace huxin::detect
