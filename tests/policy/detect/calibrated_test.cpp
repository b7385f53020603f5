// The last step of judging: scores become probabilities.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <utility>

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

TEST_CASE("A kind's probability follows its score and its label from one finding to the next") {
  std::string text;
  for (int i = 0; i < 3; ++i)
    text +=
        "手机号：13800138000\n请核对 13900139000。\n固话 010-88886666\n订单号 13700137000\n"
        "卡号：6222021234567894\n6200000000000005\n邮箱：zhang.wei@example.com\n";
  const Inspection scores = inspect_with(false, text);
  const Inspection sure = inspect_with(true, text);
  std::set<std::pair<double, double>> seen;
  for (const Finding& finding : sure.findings) {
    const auto score = std::ranges::find_if(scores.findings, [&](const Finding& each) {
      return each.span == finding.span && each.element == finding.element;
    });
    REQUIRE(score != scores.findings.end());
    CHECK(finding.confidence ==
          catalog::probability(finding.element, finding.evidence, score->confidence));
    if (finding.element == catalog::ElementId{27})
      seen.insert({score->confidence, finding.confidence});
  }
  CHECK(seen.size() >= 2);
}

TEST_CASE("A finding knows where its label stands") {
  const auto evidence = [](std::string_view text) {
    return inspect_with(true, text).findings.at(0).evidence;
  };
  CHECK(evidence("身份证号：11010519491231002X") == catalog::Evidence::kBeside);
  CHECK(evidence("请核对 11010519491231002X") == catalog::Evidence::kAlone);
  CHECK(evidence("序号,身份证号\n1,11010519491231002X\n") == catalog::Evidence::kColumn);
}
