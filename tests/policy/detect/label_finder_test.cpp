#include <catch2/catch_test_macros.hpp>
#include <random>

#include "policy/detect/context.hpp"

namespace huxin::detect {
namespace {

const Vocabulary& vocabulary() {
  static const Vocabulary words(*catalog::Catalog::builtin(), {Kind::kMobile, Kind::kName});
  return words;
}

std::uint16_t keyword_of(Kind kind) {
  std::uint16_t index = 0;
  while (!vocabulary()[index].means.has(kind)) ++index;
  return index;
}

TEST_CASE("labels are the same in whatever order they are asked for") {
  const std::string text(20'000, 'x');
  std::mt19937 random(5);
  std::vector<KeywordHit> hits;
  for (std::size_t at = 0; at + 40 < text.size(); at += 10 + random() % 200) {
    const Kind kind = random() % 2 == 0 ? Kind::kMobile : Kind::kName;
    hits.push_back({{at, at + 2 + random() % 8}, keyword_of(kind)});
  }
  const LabelFinder asked_often(text, vocabulary(), hits);
  std::size_t at = 0;
  for (int round = 0; round < 4000; ++round) {
    at = round % 7 == 0 ? random() % (text.size() - 300) : (at + random() % 40) % 19'000;
    const Span span{at + 100, at + 111};
    const Span scope{at, at + 300};
    const LabelFinder asked_once(text, vocabulary(), hits);
    CHECK(asked_often.judge(Kind::kMobile, span, scope) ==
          asked_once.judge(Kind::kMobile, span, scope));
    CHECK(asked_often.within(scope).data() == asked_once.within(scope).data());
  }
}

TEST_CASE("a line is the same whether it was found before or not") {
  std::mt19937 random(6);
  std::string text;
  for (int i = 0; i < 6000; ++i)
    text += random() % 60 == 0 ? (random() % 3 == 0 ? "\r\n" : "\n") : "x";
  text += std::string(1000, 'y') + "\nz";
  Span line;
  for (std::size_t at = 0; at + 12 < text.size(); at += random() % 30) {
    const Span span{at, at + random() % 12};
    INFO(at);
    CHECK(line_around(text, span, line) == line_around(text, span));
  }
}

}  // namespace
}  // namespace huxin::detect
