#include "agent/enforce/masking.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/record/mask.hpp"

namespace huxin::enforce {
namespace {

detect::Finding finding(std::string_view element, std::size_t begin, std::size_t end) {
  detect::Finding one;
  one.element = catalog::element_id_from(element).value();
  one.span = {begin, end};
  return one;
}

detect::Inspection inspection(std::vector<detect::Finding> findings) {
  detect::Inspection all;
  all.findings_total = findings.size();
  all.findings = std::move(findings);
  return all;
}

}  // namespace

TEST_CASE("a text keeps everything but its findings, which show their masks") {
  const auto catalog = catalog::Catalog::builtin();
  const std::string text = "电话 13800138000, 邮编 100032";
  const auto at = text.find("138");
  const auto masked = mask_text(text, inspection({finding("D25", at, at + 11)}), *catalog);
  REQUIRE(masked);
  const catalog::Element* element = catalog->find(catalog::element_id_from("D25").value());
  REQUIRE(element != nullptr);
  CHECK(*masked == "电话 " + record::mask("13800138000", element->mask) + ", 邮编 100032");
  CHECK(mask_text(text, {}, *catalog) == text);
}

TEST_CASE("findings that overlap, or that nobody knows, are hidden wholly") {
  const auto catalog = catalog::Catalog::builtin();
  const std::string text = "x 110101199003070134 y";
  CHECK(mask_text(text, inspection({finding("D01", 2, 20), finding("D25", 5, 16)}), *catalog) ==
        "x ****************** y");
  CHECK(mask_text(text, inspection({finding("D99", 2, 20)}), *catalog) == "x ****************** y");
}

TEST_CASE("a span that cuts a character hides the whole character") {
  const auto catalog = catalog::Catalog::builtin();
  CHECK(mask_text("a张三b", inspection({finding("D99", 2, 5)}), *catalog) == "a**b");
}

TEST_CASE("what cannot be masked whole is refused") {
  const auto catalog = catalog::Catalog::builtin();
  auto more = inspection({finding("D25", 0, 3)});
  more.findings_total = 2;
  CHECK(mask_text("12345", more, *catalog).error().code == Errc::kTooLarge);
  CHECK(mask_text("123", inspection({finding("D25", 1, 9)}), *catalog).error().code ==
        Errc::kInvalid);
}

}  // namespace huxin::enforce
