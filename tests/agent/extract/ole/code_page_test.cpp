// Text of old documents, in the encodings they have.
#include "agent/extract/ole/code_page.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/text/utf8.hpp"
#include "tests/agent/extract/ole/compound_writer.hpp"

namespace huxin::extract::test {

TEST_CASE("UTF-16 of any bytes becomes valid UTF-8, and what was written stays") {
  const struct {
    std::u16string_view units;
    std::string_view text, why;
  } rows[] = {
      {u"a张é", "a张é", "one, three and two bytes"},
      {u"\xD842\xDFB7吉", "𠮷吉", "a rare character of names is two units"},
      {u"\xD842", "\uFFFD", "a first half at the end"},
      {u"\xD842x", "\uFFFDx", "a first half before another character"},
      {u"\xDFB7x", "\uFFFDx", "a second half alone"},
      {u"\xD842\xD842\xDFB7", "\uFFFD𠮷", "two first halves"},
      {u"", "", "nothing"},
  };
  for (const auto& row : rows) {
    INFO(row.why);
    CHECK(from_utf16(as_bytes(utf16(row.units))) == row.text);
  }
  CHECK(from_utf16(as_bytes(std::string_view("a\0b", 3))) == "a");
}

TEST_CASE("bytes are read by the code page they claim, or guessed where it cannot be") {
  const struct {
    std::string_view bytes;
    std::uint32_t page;
    std::string_view text, why;
  } rows[] = {
      {"\xD5\xC5\xC8\xFD", 936, "张三", "GBK"},
      {"\xD5\xC5\xC8\xFD\xB5\xC4\xBF\xCD\xBB\xA7\xD7\xCA\xC1\xCF", 1252, "张三的客户资料",
       "GBK that claims to be of the West"},
      {"\xB1\x69\xA4\x54", 950, "張三", "Big5"},
      {"\xE5\xBC\xA0", 65001, "张", "UTF-8"},
      {"\x20\x5F", 1200, "张", "UTF-16"},
      {"plain", 0, "plain", "nothing but ASCII"},
  };
  for (const auto& row : rows) {
    INFO(row.why);
    CHECK(from_code_page(as_bytes(row.bytes), row.page) == row.text);
  }
  std::string text = "caf";
  append_windows_1252(text, as_bytes("\xE9 \x80"));
  CHECK(text == "café €");
  append_low_bytes(text, as_bytes("\xFF"));
  CHECK(text == "café €ÿ");
}

}  // namespace huxin::extract::test
