#include <catch2/catch_test_macros.hpp>

#include "tests/quality/match.hpp"

using namespace huxin;
using namespace huxin::quality;

namespace {

detect::Finding finding(unsigned element, Span span, std::string value = {}) {
  return {.element = catalog::ElementId(static_cast<std::uint16_t>(element)),
          .span = span,
          .value = std::move(value)};
}

Label label(unsigned element, Span span, std::string value = {}) {
  return {.span = span,
          .element = catalog::ElementId(static_cast<std::uint16_t>(element)),
          .value = std::move(value)};
}

}  // namespace

TEST_CASE("A number is right when it is the very bytes that are labelled") {
  const Label card = label(40, {10, 29});
  struct Row {
    Span span;
    unsigned element;
    Mark mark;
  };
  for (const Row& row : {Row{{10, 29}, 40, Mark::kRight},    // the same
                         Row{{10, 28}, 40, Mark::kWrong},    // a byte short
                         Row{{9, 29}, 40, Mark::kWrong},     // a byte long
                         Row{{10, 29}, 1, Mark::kWrong}}) {  // another element
    const detect::Finding found = finding(row.element, row.span);
    const Matching matching = match({&found, 1}, {&card, 1}, true);
    CHECK(matching.findings[0] == row.mark);
    CHECK(matching.found[0] == (row.mark == Mark::kRight));
  }
}

TEST_CASE("An address is right when it shares four fifths of what either holds") {
  const Label address = label(34, {0, 100});
  const detect::Finding cut = finding(34, {0, 80});
  const detect::Finding shorter = finding(34, {0, 79});
  CHECK(match({&cut, 1}, {&address, 1}, true).found[0]);
  CHECK_FALSE(match({&shorter, 1}, {&address, 1}, true).found[0]);
}

TEST_CASE("One label makes one finding right, and a second of the same place wrong") {
  const Label id = label(1, {0, 18});
  const std::vector<detect::Finding> twice = {finding(1, {0, 18}), finding(1, {0, 18})};
  const Matching matching = match(twice, {&id, 1}, true);
  CHECK(matching.findings == std::vector{Mark::kRight, Mark::kWrong});
}

TEST_CASE("A kind is said of the whole document, wherever its finding lies") {
  const Label report = label(69, {0, 5000});
  const detect::Finding found = finding(69, {40, 60});
  CHECK(match({&found, 1}, {&report, 1}, true).findings[0] == Mark::kRight);
}

TEST_CASE("Values are compared without separators where places are not those of the file") {
  const Label card = label(40, {0, 0}, "6222021234567890");
  const detect::Finding found = finding(40, {3, 22}, "6222 0212 3456 7890");
  CHECK(match({&found, 1}, {&card, 1}, false).findings[0] == Mark::kRight);
}

TEST_CASE("What may be found or not is neither right nor wrong") {
  Label name = label(25, {0, 6});
  name.optional = true;
  const detect::Finding found = finding(25, {0, 6});
  CHECK(match({&found, 1}, {&name, 1}, true).findings[0] == Mark::kOptional);
}

TEST_CASE("Compact values keep letters, digits and Han alone") {
  CHECK(compact("ab-12 买买提·艾力（3）") == "AB12买买提艾力3");
}
