#include <catch2/catch_test_macros.hpp>

#include "collector/store/assessment.hpp"
#include "tests/collector/support/console_session.hpp"

namespace huxin {
namespace {

namespace json = boost::json;
using enum store::Role;

const Time kNow = *from_rfc3339("2026-03-10T02:00:00Z");

http::Response import(test::ConsoleBench& bench, const std::string& what, const std::string& who,
                      std::string_view table, const std::string& type = "text/csv") {
  return bench.post("POST", "/" + what + "/import", who, type, std::string(table));
}

constexpr std::string_view kTree =
    "code,name,parent,accountable\n31,上海分行,,王建国\n31-01,南京路支行,31,李芳\n";

TEST_CASE("Compliance imports the tree and the staff, and sees names masked") {
  test::ConsoleBench bench(kNow);
  const std::string chen = bench.sign_in("chen", {kCompliance});
  REQUIRE(import(bench, "branches", chen, kTree).status == 200);
  REQUIRE(bench.store->add_token(Bytes(32, 1), "南京路支行", kNow + std::chrono::hours(1)));
  REQUIRE(bench.store->add_token(Bytes(32, 2), "外滩支行", kNow + std::chrono::hours(1)));
  const auto issue = [](std::string_view id) -> Result<Bytes> {
    return Bytes(id.begin(), id.end());
  };
  REQUIRE(bench.store->enrol(Bytes(32, 1), "pc-1", kNow, issue));
  REQUIRE(bench.store->enrol(Bytes(32, 2), "pc-2", kNow, issue));
  const auto staff =
      import(bench, "staff", chen,
             "number,name,branch,left_on\n1,张三,31-01,\n2,李四,31-01,2026-03-10\n3,王五,31,\n");
  REQUIRE(staff.status == 200);
  CHECK(test::json_of(staff).at("imported") == 3);

  const json::value tree = test::json_of(bench.send("GET", "/branches", chen));
  CHECK(tree.at("branches").at(1) == json::value{{"code", "31-01"},
                                                 {"name", "南京路支行"},
                                                 {"parent", "31"},
                                                 {"accountable", "李芳"},
                                                 {"staff", 1},  // the other left today
                                                 {"terminals", 1}});
  CHECK(tree.at("unmapped").at(0).at("branch") == "外滩支行");
  const json::value page = test::json_of(bench.send("GET", "/staff?branch=31-01&limit=1", chen));
  CHECK(page.at("total") == 2);
  CHECK(page.at("staff").as_array().size() == 1);
  CHECK(page.at("staff").at(0).at("name") == "张*");
}

TEST_CASE("A table with faults imports nothing, and each fault is told") {
  test::ConsoleBench bench(kNow);
  const std::string chen = bench.sign_in("chen", {kCompliance});
  REQUIRE(import(bench, "branches", chen, kTree).status == 200);
  const auto refused =
      import(bench, "branches", chen, "code,name,parent,accountable\n1,甲,,王\n1,乙,7,李\n");
  CHECK(refused.status == 422);
  const json::value error = test::json_of(refused).at("error");
  CHECK(error.at("code") == "import_refused");
  CHECK(error.at("faults").as_array().size() == 2);
  CHECK(error.at("faults").at(0).at("line") == 3);
  CHECK(bench.store->assessment().branches()->size() == 2);
  CHECK(import(bench, "branches", chen, kTree, "application/json").status == 415);
  CHECK(bench.send("GET", "/staff?evil=1", chen).status == 400);
}

TEST_CASE("A bank's whole staff list fits into one import") {
  test::ConsoleBench bench(kNow);
  const std::string chen = bench.sign_in("chen", {kCompliance});
  REQUIRE(import(bench, "branches", chen, kTree).status == 200);
  std::string table = "number,name,branch,role\n";
  for (int i = 0; i < 20'000; ++i)
    table += fmt::format("{},张{},31-01,柜面业务主管兼反洗钱联络员\n", i, i);
  REQUIRE(table.size() > (std::size_t{1} << 20U));
  http::Request head;
  head.method = "POST";
  head.path = "/api/staff/import";
  CHECK(bench.console.body_limit(head) < table.size());  // nobody is signed in
  head.headers = {{"cookie", chen}};
  CHECK(bench.console.body_limit(head) == api::kLargestBody);
  const auto reply = import(bench, "staff", chen, table);
  REQUIRE(reply.status == 200);
  CHECK(test::json_of(reply).at("imported") == 20'000);
}

TEST_CASE("A branch that still has staff is not imported away") {
  test::ConsoleBench bench(kNow);
  const std::string chen = bench.sign_in("chen", {kCompliance});
  REQUIRE(import(bench, "branches", chen, kTree).status == 200);
  REQUIRE(import(bench, "staff", chen, "number,name,branch\n1,张三,31-01\n").status == 200);
  const auto refused =
      import(bench, "branches", chen, "code,name,parent,accountable\n31,上海分行,,王建国\n");
  CHECK(refused.status == 409);
  CHECK(test::json_of(refused).at("error").at("code") == "in_use");
  CHECK(bench.store->assessment().branches()->size() == 2);
}

TEST_CASE("Staff are for compliance alone") {
  test::ConsoleBench bench(kNow);
  for (const store::Role role : store::kAllRoles) {
    if (role == kCompliance) continue;
    const std::string who(store::to_string(role));
    INFO(who);
    const std::string cookie = bench.sign_in(who, {role});
    CHECK(bench.send("GET", "/staff", cookie).status == 403);
    CHECK(import(bench, "branches", cookie, kTree).status == 403);
  }
}

}  // namespace
}  // namespace huxin
