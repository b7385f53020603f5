#include "policy/text/utf8.hpp"

#include <string>

#include <catch2/catch_test_macros.hpp>

namespace huxin::text {

TEST_CASE("a text is cut before a character, and never within one") {
  struct Row {
    std::string_view text;
    std::size_t most;
    std::string_view cut;
    const char* why;
  };
  for (const Row& row : {
           Row{"客户", 6, "客户", "it fits"},
           Row{"客户", 5, "客", "two bytes of the second would be left"},
           Row{"客户", 4, "客", "one byte of the second would be left"},
           Row{"客户", 3, "客", "the limit is between two"},
           Row{"客户", 2, "", "not even one fits"},
           Row{"客户", 0, "", "no room at all"},
           Row{"a\U0001F600", 4, "a", "four bytes, cut in the last"},
           Row{"ab", 1, "a", "ASCII"},
           Row{"", 0, "", "nothing"},
           Row{"\x80\x80\x80\x80\x80\x80", 5, "\x80\x80\x80\x80\x80", "no text at all"},
           Row{"\x80\x80", 1, "\x80", "no text at all, and short"},
       }) {
    INFO(row.why);
    CHECK(cut_utf8(row.text, row.most) == row.cut);
  }
}

TEST_CASE("wherever a valid text is cut, it stays valid and loses less than a character") {
  const std::string text = "a客é户\U0001F600z";
  for (std::size_t most = 0; most <= text.size() + 1; ++most) {
    const std::string_view cut = cut_utf8(text, most);
    CHECK(valid_utf8_prefix(cut) == cut.size());
    CHECK(cut.size() <= most);
    CHECK(cut.size() + kLongestUtf8 > std::min(most, text.size()));
  }
}

}  // namespace huxin::text
