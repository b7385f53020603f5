#include "policy/detect/recognise/gap.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

// From the word back, byte by byte: the tag's begin is the first of what ends a tag's name.
bool in_closing_tag_naively(std::string_view text, std::size_t word) {
  constexpr std::size_t kMost = 24;
  for (std::size_t at = word; at > word - std::min(word, kMost); --at) {
    const char before = text[at - 1];
    if (before == '<') return at < word && text[at] == '/';
    if (before == '>' || before == ' ' || before == '\n') return false;
  }
  return false;
}

TEST_CASE("a word stands in a closing tag where its name began within reach") {
  CHECK(in_closing_tag("</客户姓名>", {2, 8}));
  CHECK(in_closing_tag("<a></ns:name>", {8, 12}));
  CHECK(!in_closing_tag("<name>", {1, 5}));
  CHECK(!in_closing_tag("</a name", {4, 8}));
  CHECK(!in_closing_tag("</a>name", {4, 8}));
  CHECK(!in_closing_tag("<name", {1, 5}));
  std::mt19937 random(11);
  constexpr std::string_view kBytes = "<<//> \nabcdefghijklmnopqrstuvw";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    while (text.size() < 60) text += kBytes[random() % (random() % 2 == 0 ? 8 : kBytes.size())];
    const std::size_t word = random() % text.size();
    INFO(text << " at " << word);
    CHECK(in_closing_tag(text, {word, text.size()}) == in_closing_tag_naively(text, word));
  }
}

}  // namespace
}  // namespace huxin::detect
