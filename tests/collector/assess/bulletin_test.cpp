#include "collector/assess/bulletin.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/assess/html.hpp"
#include "collector/assess/tree.hpp"

namespace huxin::assess {
namespace {

constexpr std::string_view kHostile = "<script>alert(1)</script>\"'&";

Inputs two_branches() {
  Inputs inputs{"2026-03", "2026-03-31T16:00:00.000Z", {}};
  for (const char* code : {"31-01", "31-02"}) {
    BranchInput input;
    input.branch = {code, std::string(kHostile) + code, "31", "李芳"};
    for (std::size_t i = 0; i < kDomains.size(); ++i) {
      input.domains.at(i).domain = kDomains.at(i);
      input.domains.at(i).figures = {
          {"live", 1, 2, true, {{{"terminal", "T-secret", "", false}, true}}, 0}};
      input.domains.at(i).answers = {{7,
                                      1,
                                      std::string(kHostile),
                                      "en",
                                      Verdict::kFail,
                                      "note of an inspector",
                                      1,
                                      1,
                                      {{"incident", "feedface", "", true}}}};
    }
    inputs.branches.push_back(std::move(input));
  }
  inputs.branches[1].deductions = {{"s1", "said of the other branch", {{"case", "C-9", "", true}}}};
  return inputs;
}

TEST_CASE("A bulletin escapes what people wrote, runs nothing and reaches nothing") {
  const Inputs inputs = two_branches();
  const auto scores = score(inputs, Model::builtin());
  for (const char* branch : {"", "31-01", "31-02"}) {
    const std::string page = bulletin(inputs, scores, Model::builtin(), {branch, true});
    INFO(branch);
    CHECK_FALSE(page.contains("<script"));
    CHECK_FALSE(page.contains("http://"));
    CHECK_FALSE(page.contains("https://"));
    CHECK_FALSE(page.contains(" style="));
    CHECK_FALSE(
        page.contains(" on"
                      "load="));
    CHECK(page.contains("&lt;script&gt;"));
    CHECK(page.ends_with("</html>\n"));
    CHECK(page.contains("定稿 final"));
  }
}

TEST_CASE("A bulletin tells hours as hours") {
  Inputs inputs = two_branches();
  inputs.branches[0].domains.at(0).figures = {{"hours", 27'000, 28'800, true, {}, 0}};
  const auto scores = score(inputs, Model::builtin());
  CHECK(bulletin(inputs, scores, Model::builtin(), {"31-01", false}).contains("7.5 h / 8.0 h"));
}

TEST_CASE("A bulletin tells other branches' cases without their branch, their reason or an id") {
  const Inputs inputs = two_branches();
  const auto scores = score(inputs, Model::builtin());
  const std::string page = bulletin(inputs, scores, Model::builtin(), {"31-01", false});
  CHECK(page.contains("确认的一级事件"));
  for (const char* hidden : {"31-02", "C-9", "said of the other branch", "feedface",
                             "note of an inspector", "T-secret"}) {
    INFO(hidden);
    CHECK_FALSE(page.contains(hidden));
  }
  CHECK(page.contains("2026-04-01 00:00"));  // by the bank's clock
  const std::string own = bulletin(inputs, scores, Model::builtin(), {"31-02", false});
  CHECK(own.contains("said of the other branch"));
  CHECK_FALSE(own.contains("C-9"));
}

TEST_CASE("The policy names the page's own style sheet by its digest") {
  const std::string policy = bulletin_policy();
  CHECK(policy.contains("default-src 'none'"));
  CHECK(policy.contains("style-src 'sha256-"));
  CHECK(policy.contains("sandbox"));
  CHECK_FALSE(policy.contains("unsafe"));
}

TEST_CASE("Base64 is that of RFC 4648") {
  CHECK(to_base64("").empty());
  CHECK(to_base64("f") == "Zg==");
  CHECK(to_base64("fo") == "Zm8=");
  CHECK(to_base64("foo") == "Zm9v");
  CHECK(to_base64("foob") == "Zm9vYg==");
  CHECK(to_base64("foobar") == "Zm9vYmFy");
}

TEST_CASE("Confidential evidence is shown to anti-money-laundering reviewers alone") {
  const std::vector<Evidence> evidence{{"incident", "feedface", "upload", true},
                                       {"incident", "cafe", "copy", false}};
  const auto shown = shown_to({.aml = false}, evidence);
  CHECK(shown[0].id == "—");
  CHECK(shown[0].note != "upload");
  CHECK(shown[1] == evidence[1]);
  CHECK(shown_to({.aml = true}, evidence) == evidence);
}

}  // namespace
}  // namespace huxin::assess
