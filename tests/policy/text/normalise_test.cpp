#include "policy/text/normalise.hpp"

#include <bit>
#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/cpu.hpp"
#include "policy/text/change_blocks.hpp"
#include "policy/text/utf8.hpp"

using namespace huxin;
using namespace huxin::text;

TEST_CASE("texts that read alike become the same text") {
  struct Row {
    const char* input;
    const char* normal;
    const char* reason;
  };
  const Row rows[] = {
      {"１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X",
       "full-width digits and letter"},
      {"身份证号：１１０，", "身份证号：110，", "full-width digits between full-width marks"},
      {"ｚｈａｎｇ＿ｓａｎ＠ｂａｎｋ．ｃｏｍ", "zhang_san@bank.com", "a full-width address"},
      {"１９９０／０３／０７", "1990/03/07", "a full-width date"},
      {"一二　三　１　２—３——４", "一二　三　1 2-3-—4",
       "spaces and dashes of prose and of numbers"},
      {"6222\u3000"
       "0212",
       "6222 0212", "an ideographic space"},
      {"6222\u00A0"
       "0212\u2009"
       "3",
       "6222 0212 3", "no-break and thin spaces"},
      {"138\u200B0013\u200D8000", "13800138000", "zero-width characters"},
      {"\uFEFF"
       "a\u00AD"
       "b\u2060"
       "c\u202E"
       "d",
       "abcd", "marks, soft hyphen, joiner, direction"},
      {"138–0013—8000−1", "138-0013-8000-1", "en dash, em dash, minus"},
      {"买买提・吐逊•江", "买买提·吐逊·江", "katakana dot and bullet"},
      {"ＡＢｃ～", "ABc～", "full-width letters keep their case"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    const Normalised normal = normalise(row.input);
    CHECK_FALSE(normal.same);
    CHECK(normal.text == row.normal);
    CHECK(normal.view(row.input) == row.normal);
  }
}

TEST_CASE("a text that is normal is used in place") {
  const std::string plain(1000, 'a');
  for (const std::string& text :
       {std::string(), plain, std::string("客户张三的卡号。「好」"), plain + "客户" + plain,
        std::string("　　第一条　为了保护——“个人信息”，（一）依法；（二）公开：三？"),
        std::string("• a list\n• of words"), std::string("ABC·é€"), std::string("\xE2\x80"),
        std::string("\xEF"), std::string("\xC2"), std::string("\xE3\x80")}) {
    const Normalised normal = normalise(text);
    CHECK(normal.same);
    CHECK(normal.text.empty());
    CHECK(normal.origin.identity());
    CHECK(normal.view(text) == text);
  }
}

TEST_CASE("a change is found wherever it stands in a block") {
  for (std::size_t before = 0; before < 200; ++before) {
    const std::string input =
        std::string(before, 'a') + "１" + std::string(130, 'b') + "\u200B" + "c";
    const Normalised normal = normalise(input);
    REQUIRE(normal.text == std::string(before, 'a') + "1" + std::string(130, 'b') + "c");
    CHECK(normal.origin.original({before, before + 1}) == Span{before, before + 3});
    const std::size_t last = normal.text.size() - 1;
    CHECK(normal.origin.original({last, last + 1}) == Span{input.size() - 1, input.size()});
  }
}

TEST_CASE("normalising twice changes nothing more") {
  for (const char* text : {"Ｎａｍｅ：张三\u3000—１２３\u200B・", "1\u200B—\u200B2", "1——2",
                           "中・・\u200B・", "\u200B—1\u3000\u3000—"}) {
    const Normalised once = normalise(text);
    CHECK_FALSE(once.same);
    CHECK(normalise(once.text).same);
  }
}

TEST_CASE("blocks are looked at alike with AVX2 and without") {
  if (!has_avx2()) SKIP("this CPU has no AVX2");
  static constexpr std::string_view kParts[] = {
      "a",  "客", "，", "。", "１",   "　",       "—", "\u200B", "é",      "\u00A0",  "：",
      "（", "＠", "・", "0",  "\xE3", "\xEF\xBC", "“", "…",      "\uFFFD", "\xEF\xBF"};
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    while (text.size() < 130 + random() % 200) text += kParts[random() % std::size(kParts)];
    // What differs between the two is no character that changes, so that the outcome is the same.
    std::size_t at = 0;
    for (;;) {
      const ChangeBlock all = next_change_block_portable(text.data(), at, text.size());
      const ChangeBlock fewer = next_change_block_avx2(text.data(), all.at, text.size());
      if (all.leads == 0) break;
      if (fewer.at == all.at) REQUIRE((fewer.leads & ~all.leads) == 0);
      const std::uint64_t found = fewer.at == all.at ? fewer.leads : 0;
      for (std::uint64_t left = all.leads & ~found; left != 0; left &= left - 1) {
        const auto place = all.at + static_cast<std::size_t>(std::countr_zero(left));
        const std::string one = "0" + text.substr(place, utf8_length(text, place));
        REQUIRE(normalise(one).same);
        REQUIRE(normalise("é" + one.substr(1)).same);
      }
      at = all.at + 64;
    }
  }
}
