// The detector, from the file's bytes on, against a matcher written for being right alone. Texts
// hold no separator that joins groups, so that a word is a number or is none.
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "policy/text/decode.hpp"
#include "tests/policy/detect/naive.hpp"
#include "tests/policy/detect/support.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::detect {
namespace {

using test::naively;
using test::Places;

constexpr catalog::ElementId kId{1}, kMobile{27}, kUnionPay{40}, kForeign{41};

const Detector& four_elements() {
  static const auto built = [] {
    DetectorOptions options;
    options.cache = huxin::test::pattern_cache();
    options.elements = {kId, kMobile, kUnionPay, kForeign};
    options.min_confidence = 0;
    options.max_findings = 1'000'000;
    options.calibrated = false;
    return Detector::build(catalog::Catalog::builtin(), options).value();
  }();
  return *built;
}

Places by_detector(std::string_view bytes) {
  const auto context = four_elements().context();
  InspectionBuilder builder(four_elements(), *context, test::today());
  text::Document document;
  document.where = "a.txt";
  auto decoded = text::decode(std::string(bytes), text::Encoding::kUtf8);
  document.text = std::move(decoded.text);
  document.origin = std::move(decoded.origin);
  REQUIRE(builder.add(document));
  Places places;
  for (const Finding& finding : builder.finish().findings) {
    const auto [at, fresh] = places.emplace(
        finding.span.begin, std::pair{finding.span.end, static_cast<unsigned>(finding.element)});
    CHECK(fresh);
  }
  return places;
}

std::string digits(std::mt19937& random, std::size_t count) {
  std::string text;
  while (text.size() < count) text += static_cast<char>('0' + random() % 10);
  return text;
}

// Some of its characters full-width, some followed by nothing that is seen.
std::string dressed(std::mt19937& random, std::string_view number) {
  std::string text;
  for (const char c : number) {
    if (c >= '0' && c <= '9' && random() % 4 == 0) {
      text += "\xEF\xBC";
      text += static_cast<char>(0x90 + (c - '0'));
    } else {
      text += c;
    }
    if (random() % 6 == 0) text += "\u200B";
  }
  return text;
}

// A number of some kind, right or nearly so, or anything else.
std::string word(std::mt19937& random) {
  static constexpr std::string_view kNumbers[] = {
      "11010519491231002X", "440524188001010014", "13800138000",         "8613800138000",
      "008613800138000",    "6200000000000005",   "6205500000000000004", "4111111111111111",
      "378282246310005",    "3530111333300000",   "14200138000",         "820000199001010018"};
  std::string text;
  switch (random() % 6) {
    case 0:
      return digits(random, 1 + random() % 24);
    case 1:
      return std::string(1 + random() % 30, static_cast<char>('0' + random() % 10));
    case 2:
      text = kNumbers[random() % std::size(kNumbers)];
      text[random() % text.size()] = static_cast<char>('0' + random() % 10);
      return text;
    case 3:
      return dressed(random, kNumbers[random() % std::size(kNumbers)]);
    default:
      return std::string(kNumbers[random() % std::size(kNumbers)]);
  }
}

std::string adversarial(std::mt19937& random, std::size_t size) {
  static constexpr std::string_view kBetween[] = {
      ",", ",", "\n", "，",   "号", "证", "\xF0\x9F\x98\x80", "/", "#", "?",
      "x", "A", "_",  "\r\n", "；", "é"};
  // No UTF-8 (a byte of nothing, a lone surrogate, an overlong form, a character cut short), and
  // NUL.
  static constexpr std::string_view kBroken[] = {"\xFF", "\xED\xA0\x80", "\xC0\xAF", "\xE5\x8F",
                                                 std::string_view("\0", 1)};
  std::string text;
  while (text.size() < size) {
    text += word(random);
    text += random() % 8 == 0 ? kBroken[random() % std::size(kBroken)]
                              : kBetween[random() % std::size(kBetween)];
  }
  return text;
}

TEST_CASE("the detector finds in adversarial text what a naive matcher finds") {
  std::mt19937 random(20261128);
  for (int round = 0; round < 1500; ++round) {
    const std::string text = adversarial(random, random() % 600);
    CAPTURE(text);
    REQUIRE(by_detector(text) == naively(text));
  }
}

TEST_CASE("it does so in texts of many chunks, with and without line ends") {
  std::mt19937 random(7);
  std::string text = adversarial(random, 400'000);
  CHECK(naively(text).size() > 5'000);
  REQUIRE(by_detector(text) == naively(text));
  std::erase(text, '\n');
  REQUIRE(by_detector(text) == naively(text));
}

TEST_CASE(
    "64 MB of one digit, and of digits and dashes, hold what a naive matcher finds: nothing") {
#ifdef HUXIN_SANITIZED
  constexpr std::size_t kSize = 2'000'000;
#else
  constexpr std::size_t kSize = 64'000'000;
#endif
  std::string text(kSize, '1');
  CHECK(naively(text) == by_detector(text));
  for (std::size_t i = 1; i < text.size(); i += 2) text[i] = '-';
  CHECK(naively(text) == by_detector(text));
}

}  // namespace
}  // namespace huxin::detect
