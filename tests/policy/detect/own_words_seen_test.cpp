#include "policy/detect/own_words_seen.hpp"

#include <algorithm>
#include <iterator>
#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace huxin;
using namespace huxin::detect;

TEST_CASE("what is remembered of words is what any part of the text says, in whatever order") {
  static constexpr std::string_view kParts[] = {"客户",     "客户经理", "支行", "作废",
                                                "数据字典", "VARCHAR",  "工号", "样例",
                                                "。\n",     "a",        "张",   "12345678 "};
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    std::string text;
    while (text.size() < 6000)
      text += random() % 4 == 0 ? kParts[random() % std::size(kParts)] : "了";
    OwnWordsSeen seen(text);
    bool same = true;
    for (int ask = 0; ask < 1000; ++ask) {
      const std::size_t begin = random() % text.size();
      const Span part{begin, std::min(text.size(), begin + random() % 900)};
      same &= seen.in(part) == catalog::own_things_in(text.substr(part.begin, part.size()));
    }
    CHECK(same);
  }
}
