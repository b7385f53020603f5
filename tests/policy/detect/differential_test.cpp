// The detector against a matcher written for being right alone: it cuts a text into words of ASCII
// letters and digits, and asks the validators about each. Texts hold no separator that joins
// groups, so that a word is a number or is none.
#include <map>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/bank_card.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/validators/phone.hpp"
#include "policy/detect/validators/resident_id.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

constexpr catalog::ElementId kId{1}, kMobile{27}, kUnionPay{40}, kForeign{41};

const Detector& four_elements() {
  static const auto built = [] {
    DetectorOptions options;
    options.elements = {kId, kMobile, kUnionPay, kForeign};
    options.min_confidence = 0;
    options.max_findings = 1'000'000;
    options.calibrated = false;
    return Detector::build(catalog::Catalog::builtin(), options).value();
  }();
  return *built;
}

using Places = std::map<std::size_t, std::pair<std::size_t, unsigned>>;  // begin → end, element

Places by_detector(std::string_view text) {
  const auto context = four_elements().context();
  InspectionBuilder builder(four_elements(), *context, test::today());
  text::Document document;
  document.where = "a.txt";
  document.text = std::string(text);
  REQUIRE(builder.add(document));
  Places places;
  for (const Finding& finding : builder.finish().findings) {
    const auto [at, fresh] = places.emplace(
        finding.span.begin, std::pair{finding.span.end, static_cast<unsigned>(finding.element)});
    CHECK(fresh);
  }
  return places;
}

unsigned element_of_word(std::string_view word) {
  const Date today(std::chrono::floor<std::chrono::days>(test::today()));
  if (is_resident_id(word, today)) return 1;
  if (!all_digits(word)) return 0;
  for (const std::string_view country : {"", "86", "0086"}) {
    if (word.starts_with(country) && is_mobile(word.substr(country.size()))) return 27;
  }
  if (is_union_pay_card(word)) return 40;
  return is_international_card(word) ? 41 : 0;
}

Places naively(std::string_view text) {
  Places places;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_ascii_alnum(text[end])) ++end;
    if (end > at) {
      if (const unsigned element = element_of_word(text.substr(at, end - at)); element != 0)
        places.emplace(at, std::pair{end, element});
    }
    at = std::max(end, at + 1);
  }
  return places;
}

std::string digits(std::mt19937& random, std::size_t count) {
  std::string text;
  while (text.size() < count) text += static_cast<char>('0' + random() % 10);
  return text;
}

// A number of some kind, right or nearly so, or anything else.
std::string word(std::mt19937& random) {
  static constexpr std::string_view kNumbers[] = {
      "11010519491231002X", "440524188001010014", "13800138000",         "8613800138000",
      "008613800138000",    "6200000000000005",   "6205500000000000004", "4111111111111111",
      "378282246310005",    "3530111333300000",   "14200138000",         "820000199001010018"};
  std::string text;
  switch (random() % 5) {
    case 0:
      return digits(random, 1 + random() % 24);
    case 1:
      return std::string(1 + random() % 30, static_cast<char>('0' + random() % 10));
    case 2:
      text = kNumbers[random() % std::size(kNumbers)];
      text[random() % text.size()] = static_cast<char>('0' + random() % 10);
      return text;
    default:
      return std::string(kNumbers[random() % std::size(kNumbers)]);
  }
}

std::string adversarial(std::mt19937& random, std::size_t size) {
  static constexpr std::string_view kBetween[] = {
      ",", ",", "\n", "，",   "号", "证", "\xF0\x9F\x98\x80", "/", "#", "?",
      "x", "A", "_",  "\r\n", "；", "é"};
  std::string text;
  while (text.size() < size) {
    text += word(random);
    text += kBetween[random() % std::size(kBetween)];
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

}  // namespace
}  // namespace huxin::detect
