#include "policy/detect/sieve.hpp"

#include <random>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/cpu.hpp"

namespace huxin::detect {
namespace {

// What a sieve tells, as text: "3-7/4 m9 @12".
class Told {
 public:
  void run(const DigitRun& run) {
    text += fmt::format("{}-{}/{} ", run.begin, run.end, run.digits);
  }
  void mark(std::size_t at) { places += fmt::format("m{} ", at); }
  void at_sign(std::size_t at) { places += fmt::format("@{} ", at); }
  void letter_v(std::size_t at) { places += fmt::format("v{} ", at); }

  std::string text;
  std::string places;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_joint(char c) { return c == ' ' || c == '-' || c == '.'; }

// The same, written for being right alone: one byte after the other.
Told naively(std::string_view text, const Span& chunk) {
  Told told;
  const std::string_view part = text.substr(0, chunk.end);
  for (std::size_t at = chunk.begin; at < chunk.end;) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    DigitRun run{.begin = at};
    const bool joined_before =
        at == chunk.begin && at > 1 && is_joint(text[at - 1]) && is_digit(text[at - 2]);
    REQUIRE_FALSE(joined_before);  // chunks begin behind a mark
    for (;;) {
      for (; at < chunk.end && is_digit(text[at]); ++at) ++run.digits;
      if (at + 1 >= chunk.end || !is_joint(text[at]) || !is_digit(text[at + 1])) break;
      ++at;
    }
    run.end = at;
    const bool high = at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80;
    bool near = false;
    for (std::size_t back = 1; back <= std::min<std::size_t>(6, run.begin); ++back)
      near = near || static_cast<unsigned char>(text[run.begin - back]) >= 0x80;
    if (run.end - run.begin >= 6 || high || near) told.run(run);
  }
  bool behind_mark = false;
  for (std::size_t at = chunk.begin; at < chunk.end; ++at) {
    const std::string_view rest = part.substr(at);
    const bool behind_han = at > 0 && static_cast<unsigned char>(text[at - 1]) >= 0x80;
    const bool ascii = std::string_view(":=>|\t\n\r").contains(rest[0]);
    bool han = (rest[0] == ' ' || rest[0] == '(') && behind_han;
    for (const std::string_view mark : {"：", "（", "＝", "｜", "　", "为", "是"})
      han = han || rest.starts_with(mark);
    if ((ascii || han) && !behind_mark) told.mark(at);
    behind_mark = ascii || han;
    if (rest[0] == '@') told.at_sign(at);
    if (rest[0] == 'v' || rest[0] == 'V') told.letter_v(at);
  }
  return told;
}

std::string random_text(std::mt19937& random) {
  static constexpr std::string_view kParts[] = {
      "0",  "1",  "7",  "12", "345", "67890123456789012345",
      " ",  "-",  ".",  "a",  "Z",   "户",
      "：", "（", "＝", "｜", "　",  "为",
      "是", "，", "。", ":",  "=",   ">",
      "|",  "(",  "\t", "@",  "\n",  "<",
      "/",  ",",  "0",  "v",  "V",   "—"};
  std::string text;
  const std::size_t size = random() % 500;
  const bool ascii = random() % 2 == 0;  // of which whole blocks are read in another way
  while (text.size() < size) {
    const std::string_view part = kParts[random() % std::size(kParts)];
    if (!ascii || static_cast<unsigned char>(part[0]) < 0x80) text += part;
  }
  return text;
}

TEST_CASE("a sieve tells what reading byte by byte tells") {
  std::mt19937 random(20261128);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random);
    const Span all{0, text.size()};
    Told told;
    Sieve(text, told).pass(all);
    const Told expected = naively(text, all);
    CAPTURE(text);
    REQUIRE(told.text == expected.text);
    REQUIRE(told.places == expected.places);
  }
}

TEST_CASE("a sieve tells the same of a text in chunks that are cut behind marks") {
  std::mt19937 random(7);
  for (int round = 0; round < 5'000; ++round) {
    const std::string text = random_text(random) + "\n" + random_text(random);
    const std::size_t cut = text.find('\n') + 1;
    Told whole;
    Sieve(text, whole).pass({0, text.size()});
    Told parts;
    Sieve sieve(text, parts);
    sieve.pass({0, cut});
    sieve.pass({cut, text.size()});
    CAPTURE(text);
    REQUIRE(parts.text == whole.text);
    REQUIRE(parts.places == whole.places);
  }
}

TEST_CASE("a run of digits longer than any block is one run") {
  for (const std::size_t size : {1U, 63U, 64U, 65U, 127U, 128U, 129U, 1000U, 65'536U}) {
    for (std::size_t before = 0; before < 70; ++before) {
      const std::string text = std::string(before, 'x') + std::string(size, '7') + "y";
      Told told;
      Sieve(text, told).pass({0, text.size()});
      REQUIRE(told.text == (size < 6 ? "" : fmt::format("{}-{}/{} ", before, before + size, size)));
    }
  }
}

TEST_CASE("places are found alike with AVX2 and without") {
  if (!has_avx2()) SKIP("this CPU has no AVX2");
  std::mt19937 random(3);
  for (int round = 0; round < 3'000; ++round) {
    std::string text = random_text(random);
    for (int i = 0; i < 20; ++i) text += static_cast<char>(random());
    const std::size_t count = text.size() / kPlacesBytes;
    text.resize(count * kPlacesBytes + kPlacesAhead);
    std::vector<Places> fast(count);
    std::vector<Places> plain(count);
    find_places_avx2(text.data(), count, fast.data());
    find_places_portable(text.data(), count, plain.data());
    CAPTURE(text);
    for (std::size_t i = 0; i < count; ++i) REQUIRE(fast[i] == plain[i]);
  }
}

}  // namespace
}  // namespace huxin::detect
