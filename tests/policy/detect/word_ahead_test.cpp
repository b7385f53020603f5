#include "policy/detect/word_ahead.hpp"

#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

Span first_word_in(std::string_view text, const Span& stretch) {
  const std::size_t at = text.find("word", stretch.begin);
  return at < stretch.end ? Span{at, at + 4} : Span{};
}

TEST_CASE("a word is seen in every stretch that holds all of it, in whatever order they are asked") {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    while (text.size() < 400) text += random() % 9 == 0 ? "word" : "wor ";
    WordAhead ahead;
    std::size_t begin = 0;
    for (int asked = 0; asked < 40; ++asked) {
      const bool back = random() % 8 == 0;
      begin = back ? random() % text.size() : std::min(begin + random() % 40, text.size());
      const Span stretch{begin, std::min(text.size(), begin + random() % 60)};
      const bool there = std::string_view(text).substr(begin, stretch.size()).contains("word");
      REQUIRE(ahead.within(stretch, [&](const Span& part) { return first_word_in(text, part); }) ==
              there);
    }
  }
}

TEST_CASE("what stretches share is looked through once") {
  const std::string text(10'000, 'x');
  WordAhead ahead;
  std::size_t looked = 0;
  for (std::size_t begin = 0; begin + 400 <= text.size(); begin += 10) {
    CHECK_FALSE(ahead.within({begin, begin + 400}, [&](const Span& part) {
      looked += part.size();
      return Span{};
    }));
  }
  CHECK(looked == text.size());
}

}  // namespace
}  // namespace huxin::detect
