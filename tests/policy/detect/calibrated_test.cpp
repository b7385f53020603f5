// The last step of judging: scores become probabilities.
#include <catch2/catch_test_macros.hpp>

#include "policy/catalog/calibration.hpp"
#include "tests/policy/detect/support.hpp"
#include "tests/support/pattern_cache.hpp"

using namespace huxin;
using namespace huxin::detect;

namespace {

Inspection inspect_with(bool calibrated, std::string_view text) {
  DetectorOptions options;
  options.cache = huxin::test::pattern_cache();
  options.calibrated = calibrated;
  const auto detector = *Detector::build(catalog::Catalog::builtin(), options);
  const auto context = detector->context();
  InspectionBuilder builder(*detector, *context, huxin::detect::test::today());
  text::Document document;
  document.where = "a.txt";
  document.text = std::string(text);
  REQUIRE(builder.add(document));
  return builder.finish();
}

}  // namespace

TEST_CASE("Confidence is the probability that the score of a finding comes to") {
  constexpr std::string_view kText =
      "姓名：张伟，身份证号：11010519491231002X，手机号：13800138000\n"
      "住址：北京市海淀区中关村大街1号，邮箱：zhang.wei@example.com\n";
  const Inspection scores = inspect_with(false, kText);
  const Inspection sure = inspect_with(true, kText);
  REQUIRE(sure.findings.size() == scores.findings.size());
  REQUIRE(sure.findings.size() >= 5);
  for (std::size_t i = 0; i < sure.findings.size(); ++i) {
    const Finding& score = scores.findings[i];
    CHECK(sure.findings[i].span == score.span);
    CHECK(sure.findings[i].evidence == score.evidence);
    CHECK(sure.findings[i].confidence ==
          catalog::probability(score.element, score.evidence, score.confidence));
  }
}

TEST_CASE("A finding knows where its label stands") {
  const auto evidence = [](std::string_view text) {
    return inspect_with(true, text).findings.at(0).evidence;
  };
  CHECK(evidence("身份证号：11010519491231002X") == catalog::Evidence::kBeside);
  CHECK(evidence("请核对 11010519491231002X") == catalog::Evidence::kAlone);
  CHECK(evidence("序号,身份证号\n1,11010519491231002X\n") == catalog::Evidence::kColumn);
}
