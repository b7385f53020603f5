#include "policy/known/winnow.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>
#include <set>

#include "policy/known/text_fold.hpp"

namespace huxin::known {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  fold(text, out);
  return out;
}

std::string random_letters(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text(size, 'a');
  for (char& c : text) c = static_cast<char>('a' + random() % 26);
  return text;
}

std::vector<std::pair<std::uint32_t, std::size_t>> prints_of(const Winnow& winnow,
                                                             std::string_view text) {
  std::vector<std::pair<std::uint32_t, std::size_t>> prints;
  winnow.each_print(text,
                    [&](std::uint32_t print, std::size_t at) { prints.emplace_back(print, at); });
  return prints;
}

}  // namespace

TEST_CASE("folding leaves what a text says, however it is set") {
  struct Row {
    std::string_view text, folded, why;
  };
  constexpr Row kRows[] = {
      {"Hello, World 42!", "helloworld42", "blanks and punctuation go, letters are small"},
      {"授信 审批，意见：同意。", "授信审批意见同意", "those of Chinese too"},
      {"ＡＢｃ１２３，。", "abc123", "full width is ASCII"},
      {"「甲」（乙）【丙】、丁", "甲乙丙丁", "brackets and the ideographic comma"},
      {"a\u200Bb\uFEFFc\u00A0d\u00B7e", "abcde", "marks of no width, no-break blanks, dots"},
      {"\u2014\u2026\u201C\u201D", "", "dashes, ellipses and quotes alone"},
      {"éclair 한글 𠮷", "éclair한글𠮷", "letters of every length in bytes"},
      {"\xE4\xB8", "\xE4\xB8", "a broken character at the end"},
      {"\xEF\xBC\xFF\xEF\xBD\x20", "\xEF\xBC\xFF\xEF\xBD\x20", "broken full-width ones"},
      {"", "", "nothing"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.text, row.why);
    CHECK(folded(row.text) == row.folded);
  }
}

TEST_CASE("winnowing picks one stretch of every window, each place once and in order") {
  const Winnow winnow({3, 4});
  for (const std::size_t size : {0UZ, 1UZ, 29UZ, 30UZ, 31UZ, 92UZ, 93UZ, 94UZ, 500UZ, 5000UZ}) {
    const std::string text = random_letters(size, size);
    // The print of one stretch alone is that of a text of no more.
    std::vector<std::uint32_t> alone;
    for (std::size_t at = 0; at + Winnow::kGram <= size; ++at)
      alone.push_back(prints_of(winnow, std::string_view(text).substr(at, Winnow::kGram))[0].first);
    std::size_t before = 0;
    bool first = true;
    for (const auto& [print, at] : prints_of(winnow, text)) {
      CAPTURE(size, at);
      REQUIRE(at < alone.size());
      CHECK(print == alone[at]);
      CHECK((first || at > before));                     // each place once, in order
      CHECK((first || at - before <= Winnow::kWindow));  // no window is left without
      CHECK((!first || at < Winnow::kWindow));
      before = at;
      first = false;
    }
    CHECK(first == (size < Winnow::kGram));
    if (!first) CHECK(alone.size() - before <= Winnow::kWindow);
  }
}

TEST_CASE("two texts that share as much as is promised have a print in common") {
  const Winnow winnow({5, 6});
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const std::string shared = random_letters(Winnow::kShared, seed);
    const std::string a =
        random_letters(seed % 97, seed + 1000) + shared + random_letters(40, seed + 1);
    const std::string b =
        random_letters(seed % 61, seed + 2000) + shared + random_letters(80, seed + 2);
    std::set<std::uint32_t> of_a;
    for (const auto& [print, at] : prints_of(winnow, a)) of_a.insert(print);
    const auto of_b = prints_of(winnow, b);
    CAPTURE(seed);
    CHECK(std::ranges::any_of(of_b, [&](const auto& each) { return of_a.contains(each.first); }));
  }
}

TEST_CASE("a text of one letter has few prints, and takes no longer") {
  const std::string text(1'000'000, 'a');
  std::set<std::uint32_t> prints;
  for (const auto& [print, at] : prints_of(Winnow({1, 1}), text)) prints.insert(print);
  CHECK(prints.size() == 1);
}

TEST_CASE("prints under another key are others") {
  const std::string text = random_letters(5000, 1);
  std::set<std::uint32_t> mine;
  for (const auto& [print, at] : prints_of(Winnow({1, 2}), text)) mine.insert(print);
  std::size_t same = 0;
  for (const auto& [print, at] : prints_of(Winnow({1, 3}), text)) same += mine.count(print);
  CHECK(same == 0);
}

}  // namespace huxin::known
