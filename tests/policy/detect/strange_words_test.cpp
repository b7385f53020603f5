#include "policy/detect/strange_words.hpp"

#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

const Vocabulary& vocabulary() {
  static const Vocabulary all = [] {
    KindSet kinds;
    for (std::size_t i = 0; i < kKinds; ++i) kinds.add(static_cast<Kind>(i));
    return Vocabulary(*catalog::Catalog::builtin(), kinds);
  }();
  return all;
}

const LabelIndex& labels() {
  static const LabelIndex index(vocabulary());
  return index;
}

// Keywords, parts of them, and what stands between words, in any order.
std::string jumble(std::mt19937& random) {
  static constexpr std::string_view kBetween[] = {"",    " ",       "_",   "-",   "\n", "(",
                                                  "{\"", "2",       "o",   "X",   "x",  "姓",
                                                  "、",  "account", " id", "_no", "."};
  std::string text = "12345678";
  for (int part = 0; part < 6; ++part) {
    const std::string& word = vocabulary()[random() % vocabulary().size()].text;
    text += kBetween[random() % std::size(kBetween)];
    text += random() % 2 == 0 ? word : word.substr(random() % word.size());
  }
  if (random() % 3 == 0) text += random() % 2 == 0 ? " id" : "_number";
  return text;
}

TEST_CASE("labels are the same, however often their words were seen before") {
  std::mt19937 random(11);
  StrangeWords words(labels());
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = jumble(random) + ":";
    for (std::size_t end = text.size() - 1; end + 12 > text.size(); --end) {
      const auto expected = labels().before(text, end);
      const auto found = words.label_before(text, end);
      INFO(text.substr(0, end));
      REQUIRE(found.has_value() == expected.has_value());
      if (found) REQUIRE((found->span == expected->span && found->keyword == expected->keyword));
    }
  }
}

TEST_CASE("a strange word is ruled out by its end alone, what a label may end in is not") {
  const auto rules_out = [](std::string_view text) {
    return labels().rules_out(text, text.size(), 8);
  };
  CHECK(rules_out("abclatency"));
  CHECK_FALSE(rules_out("passport"));
  CHECK_FALSE(rules_out("certificate no"));
  CHECK(labels().before("dateofbirth:", 11).has_value());
  CHECK_FALSE(labels().before("eofbirth:", 8).has_value());
  CHECK_FALSE(rules_out("xyzeofbirth"));  // that label is longer than what is looked at
  CHECK_FALSE(rules_out("short"));
  CHECK_FALSE(rules_out("ofbirth no"));
  CHECK(labels().rules_out("request finished id", 19, 16));
  CHECK_FALSE(labels().rules_out("request passport id", 19, 16));
}

}  // namespace
}  // namespace huxin::detect
