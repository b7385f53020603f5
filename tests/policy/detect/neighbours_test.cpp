// The neighbour matrix: whatever stands on either side of a number, in every encoding, it is found
// where it stands alone and not where it is part of something longer.
#include <algorithm>

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "policy/detect/ascii.hpp"
#include "tests/policy/detect/element_table.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::expected;
using test::inspect;
using test::Specimen;
using test::specimens;

bool finds(std::string_view text, const Specimen& specimen) {
  const Inspection inspection = inspect(text);
  return std::ranges::any_of(inspection.findings, [&](const Finding& finding) {
    return to_string(finding.element) == specimen.element && finding.value == specimen.found;
  });
}

struct Neighbour {
  const char* text;
  bool separates;
  const char* why;
};

constexpr Neighbour kNeighbours[] = {
    {"", true, "start or end of the text"},
    {"\n", true, "start or end of a line"},
    {"号", true, "Han"},
    {"，", true, "full-width punctuation"},
    {",", true, "punctuation"},
    {"(", true, "a bracket"},
    {" ", true, "a space"},
    {"\"", true, "a quote"},
    {"a", false, "an ASCII letter"},
    {"Q", false, "an ASCII capital"},
    {"7", false, "an ASCII digit"},
    {"７", false, "a full-width digit"},
    {"ａ", false, "a full-width letter"},
};

// A label leads over marks, not over a line's end or a word of its own.
bool label_reaches(const Specimen& specimen, const Neighbour& left) {
  return *specimen.label == 0 ||
         (*left.text != '\n' && !std::string_view(left.text).contains("号"));
}

TEST_CASE("every specimen is found by itself, with its label where it needs one") {
  for (const Specimen& specimen : specimens()) {
    const std::string text = std::string(specimen.label) + specimen.value;
    CAPTURE(text);
    CHECK(test::found(text) == expected(specimen));
  }
}

TEST_CASE(
    "a number stands alone beside Han, punctuation and line ends, not beside letters and digits") {
  for (const Specimen& specimen : specimens()) {
    for (const Neighbour& left : kNeighbours) {
      for (const Neighbour& right : kNeighbours) {
        if (!label_reaches(specimen, left)) continue;
        const std::string text =
            std::string(specimen.label) + left.text + specimen.value + right.text;
        CAPTURE(text, specimen.element, left.why, right.why);
        CHECK(finds(text, specimen) == (left.separates && right.separates));
      }
    }
  }
}

TEST_CASE("a value is found under the header of its column and beside its label in a table") {
  for (const Specimen& specimen : specimens()) {
    std::string label(specimen.label);
    if (label.empty()) continue;
    label.resize(label.size() - std::string_view("：").size());
    CAPTURE(label, specimen.value);
    CHECK(test::summary(inspect(test::table({{"序号", label}, {"1", specimen.value}}))) ==
          expected(specimen));
    CHECK(test::summary(inspect(test::table({{label, specimen.value}}))) == expected(specimen));
  }
}

TEST_CASE("a value is found in the column of plain text whose first line names it") {
  for (const Specimen& specimen : specimens()) {
    std::string label(specimen.label);
    if (label.empty()) continue;
    label.resize(label.size() - std::string_view("：").size());
    const std::string text =
        fmt::format("序号,{}\n1,{}\n2,{}\n", label, specimen.value, specimen.value);
    CAPTURE(text);
    CHECK(test::found(text) == expected(specimen) + " " + expected(specimen));
  }
}

TEST_CASE("full-width letters and digits and invisible characters are seen through") {
  for (const Specimen& specimen : specimens()) {
    std::string wide(specimen.label);
    std::string broken(specimen.label);
    for (const char c : std::string_view(specimen.value)) {
      // U+FF01 to U+FF5E are the ASCII characters in full width.
      if (is_ascii_alnum(c)) {
        const unsigned code = 0xFEE0U + static_cast<unsigned char>(c);
        wide += static_cast<char>(0xE0U | code >> 12U);
        wide += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
        wide += static_cast<char>(0x80U | (code & 0x3FU));
      } else {
        wide += c;
      }
      broken += c;
      broken += "\u200B";
    }
    CAPTURE(specimen.element, wide);
    CHECK(test::found(wide) == expected(specimen));
    CHECK(test::found(broken) == expected(specimen));
  }
}

TEST_CASE("no digit of a checked number can be changed without its being lost") {
  for (const Specimen& specimen : specimens()) {
    if (!specimen.checked) continue;
    const std::string value(specimen.value);
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (!is_ascii_digit(value[i])) continue;
      for (char digit = '0'; digit <= '9'; ++digit) {
        if (digit == value[i]) continue;
        std::string changed = value;
        changed[i] = digit;
        CAPTURE(specimen.element, changed);
        const auto inspection = inspect(specimen.label + changed);
        const bool found = std::ranges::any_of(inspection.findings, [&](const Finding& finding) {
          return to_string(finding.element) == specimen.element;
        });
        CHECK_FALSE(found);
      }
    }
  }
}

}  // namespace
}  // namespace huxin::detect
