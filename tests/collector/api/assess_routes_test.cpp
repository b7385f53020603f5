#include <catch2/catch_test_macros.hpp>

#include "collector/api/assess_office.hpp"
#include "collector/assess/domain.hpp"
#include "collector/store/assessment.hpp"
#include "tests/collector/support/console_session.hpp"

namespace huxin {
namespace {

namespace json = boost::json;
using enum store::Role;

const Time kNow = *from_rfc3339("2026-03-10T02:00:00Z");
constexpr std::string_view kTree =
    "code,name,parent,accountable\n31,上海分行,,王建国\n31-01,南京路支行,31,李芳\n";

/// A bank with two branches, a terminal that beats, and people who are signed in.
struct Fixture : test::ConsoleBench {
  std::string chen, ma, guo;

  Fixture() : ConsoleBench(kNow) {
    sign_all();
    const auto import = [&](const std::string& what, std::string_view table) {
      return post("POST", "/" + what + "/import", chen, "text/csv", std::string(table)).status;
    };
    REQUIRE(import("branches", kTree) == 200);
    REQUIRE(import("staff", "number,name,branch\n1,张三,31-01\n") == 200);
    REQUIRE(store->add_token(Bytes(32, 1), "31-01", kNow + std::chrono::hours(1)));
    REQUIRE(store->enrol(Bytes(32, 1), "pc-1", kNow, [](std::string_view id) -> Result<Bytes> {
      return Bytes(id.begin(), id.end());
    }));
    beat(60);
    sign_all();
  }

  /// Sessions end while nobody clicks.
  void sign_all() {
    chen = sign_in("chen", {kCompliance});
    ma = sign_in("ma", {kInspector});
    guo = sign_in("guo", {kInspector});
  }

  /// A heartbeat every five minutes.
  void beat(int minutes) {
    for (int at = 0; at <= minutes; at += 5) {
      record::Heartbeat beat;
      (*beat.mutable_channels())["file"] = "ok";
      store->heartbeat("T-000001", beat, clock.now()).value();
      clock.advance(std::chrono::minutes(5));
    }
  }

  json::value get(const std::string& target, const std::string& who) {
    return test::json_of(send("GET", target, who));
  }
  std::string code(const http::Response& reply) {
    return std::string(test::json_of(reply).at("error").at("code").as_string());
  }
  std::string plan(json::value domains = json::array{"credit", "payment", "aml", "it"}) {
    const auto made = send("POST", "/inspections", chen,
                           {{"branch", "31-01"},
                            {"period", "2026-03"},
                            {"domains", std::move(domains)},
                            {"assignee", "ma"},
                            {"due", "2026-03-31"}});
    REQUIRE(made.status == 201);
    return std::to_string(test::json_of(made).at("id").as_int64());
  }
  http::Response answer(const std::string& id, int item, std::string_view verdict,
                        std::string_view note, const std::string& who) {
    return send("POST", "/inspections/" + id + "/answers", who,
                {{"item", item},
                 {"verdict", json::string(verdict)},
                 {"note", json::string(note)},
                 {"evidence", json::array{{{"kind", "document"}, {"id", "register p. 4"}}}}});
  }
  /// Answers every item: pass but for `fail`.
  void answer_all(const std::string& id, int fail) {
    const json::value visit = get("/inspections/" + id, ma);
    for (const json::value& item : visit.at("items").as_array()) {
      const int number = item.at("id").to_number<int>();
      INFO(number);
      CHECK(answer(id, number, number == fail ? "fail" : "pass", "walked through", ma).status ==
            204);
    }
  }
};

TEST_CASE("a verification counts for the month whether it was made in the console or by command") {
  Fixture f;
  const std::string auditor = f.sign_in("he", {kAuditor});
  api::Office office(*f.store, f.clock);
  const auto verified = [&] {
    f.clock.advance(std::chrono::seconds(1));
    return office.facts(assess::Period::containing(f.clock.now())).value().log_verified;
  };
  CHECK(f.send("GET", "/audit?what=verify", auditor).status == 200);
  CHECK(verified() == std::nullopt);  // looking is not verifying
  Time then{};
  for (const char* path : {"/verification", "/audit/chain"}) {
    INFO(path);
    then = f.clock.now();
    CHECK(f.send("GET", path, auditor).status == 200);
    CHECK(verified() == then);
    const auto newest = f.store->audit().page({})->entries.front();
    CHECK(newest.act.what == std::string("GET ") + path);
    CHECK(newest.act.detail == "whole");
  }
  const auto note = [&](const char* what, const char* result, const char* detail) {
    store::AuditAct act;
    act.who = "he";
    act.what = what;
    act.result = result;
    act.detail = detail;
    REQUIRE(f.store->audit().append(act, f.clock.now()));
  };
  note("GET /verification", "done", "not whole");
  note("GET /verification", "failed: unavailable", "whole");
  note("POST /verify-something", "done", "whole");
  note("verify", "begun", "");
  CHECK(verified() == then);
  then = f.clock.now();
  note("verify", "done", "");
  CHECK(verified() == then);
}

TEST_CASE("An inspection is planned, answered by whom it is assigned to, and closed for good") {
  Fixture f;
  const std::string id = f.plan();
  const json::value visit = f.get("/inspections/" + id, f.ma);
  REQUIRE(visit.at("items").as_array().size() == 46);
  CHECK(visit.at("asked") == 46);
  CHECK(visit.at("branch_name") == "南京路支行");
  const auto suggestion = [&](std::size_t item) {
    return visit.at("items").at(item - 1).at("suggestion");
  };
  CHECK(suggestion(30).at("verdict") == "pass");  // its one terminal is alive
  CHECK(suggestion(30).at("evidence").at(0).at("id") == "T-000001");
  CHECK(suggestion(12).at("verdict") == "pass");  // terminals watched, and nothing was found
  CHECK(suggestion(14).is_null());                // by hand
  CHECK(suggestion(36).at("verdict") == "pass");
  CHECK(suggestion(46).at("verdict") == "na");

  CHECK(f.code(f.answer(id, 7, "fail", "", f.ma)) == "note_needed");
  CHECK(f.code(f.answer(id, 30, "fail", "", f.ma)) == "note_needed");
  CHECK(f.code(f.answer(id, 7, "pass", "", f.chen)) == "not_assigned");
  CHECK(f.code(f.answer(id, 99, "pass", "", f.ma)) == "bad_json");
  CHECK(f.code(f.answer(id, 7, "perfect", "", f.ma)) == "bad_json");
  CHECK(f.code(f.send("POST", "/inspections/" + id + "/submit", f.ma)) == "incomplete");
  f.answer_all(id, 7);
  const auto submitted = f.send("POST", "/inspections/" + id + "/submit", f.ma);
  REQUIRE(submitted.status == 200);
  CHECK(test::json_of(submitted).at("findings") == 1);

  CHECK(f.code(f.answer(id, 7, "pass", "changed my mind", f.ma)) == "closed");
  CHECK(f.code(f.send("POST", "/inspections/" + id + "/submit", f.ma)) == "closed");
  const auto corrected =
      f.send("POST", "/inspections/" + id + "/corrections", f.chen,
             {{"item", 7}, {"verdict", "partial"}, {"note", "the cabinet was locked"}});
  CHECK(corrected.status == 204);
  const json::value after = f.get("/inspections/" + id, f.chen).at("items").at(6);
  CHECK(after.at("answer").at("verdict") == "partial");
  CHECK(after.at("answer").at("correction") == true);
  CHECK(after.at("history").as_array().size() == 2);
  CHECK(after.at("history").at(0).at("verdict") == "fail");
  CHECK(after.at("suggestion").is_null());
}

TEST_CASE("An inspector sees the inspections assigned to the account, and no others") {
  Fixture f;
  const std::string id = f.plan();
  CHECK(f.get("/inspections", f.ma).at("inspections").as_array().size() == 1);
  CHECK(f.get("/inspections", f.guo).at("inspections").as_array().empty());
  CHECK(f.send("GET", "/inspections/" + id, f.guo).status == 404);
  CHECK(f.answer(id, 7, "pass", "", f.guo).status == 404);
  CHECK(f.send("POST", "/inspections/" + id + "/submit", f.guo).status == 404);
  for (const char* path : {"/scores", "/monitoring", "/staff", "/rectifications", "/marks",
                           "/periods", "/bulletins/2026-03", "/scores/31-01"}) {
    INFO(path);
    CHECK(f.send("GET", path, f.ma).status == 403);
  }
  CHECK(f.code(f.send("POST", "/inspections/" + id + "/assign", f.chen,
                      {{"assignee", "nobody"}})) == "not_assignable");
  f.sign_in("li.wei", {kOfficer});
  CHECK(f.code(f.send("POST", "/inspections/" + id + "/assign", f.chen,
                      {{"assignee", "li.wei"}})) == "not_assignable");
  CHECK(f.send("POST", "/inspections/" + id + "/assign", f.chen, {{"assignee", "guo"}}).status ==
        204);
  CHECK(f.send("GET", "/inspections/" + id, f.ma).status == 404);
  CHECK(f.send("GET", "/inspections/" + id, f.guo).status == 200);
}

TEST_CASE("Findings become rectifications, which are reported, re-checked and closed in order") {
  Fixture f;
  const std::string id = f.plan(json::array{"credit"});
  f.answer_all(id, 7);
  REQUIRE(f.send("POST", "/inspections/" + id + "/submit", f.ma).status == 200);
  const json::value entry = f.get("/rectifications", f.chen).at("rectifications").at(0);
  CHECK(entry.at("item") == 7);
  CHECK(entry.at("owner") == "李芳");  // who answers for the branch
  CHECK(entry.at("due") == "2026-04-09");
  CHECK(entry.at("domains") == json::array{"credit"});
  const json::value fixed{{"note", "a cabinet was bought"}};
  CHECK(f.code(f.send("POST", "/rectifications/1/recheck", f.chen,
                      {{"passed", true}, {"note", "seen"}})) == "closed");  // nothing to re-check
  CHECK(
      f.send("POST", "/rectifications/1/assign", f.chen, {{"owner", "赵明"}, {"due", "2026-03-20"}})
          .status == 204);
  CHECK(f.send("POST", "/rectifications/1/report", f.chen, fixed).status == 204);
  CHECK(f.send("POST", "/rectifications/1/recheck", f.chen,
               {{"passed", false}, {"note", "its lock is broken"}})
            .status == 204);
  CHECK(f.get("/rectifications", f.chen).at("rectifications").at(0).at("state") == "open");
  CHECK(f.send("POST", "/rectifications/1/report", f.chen, fixed).status == 204);
  CHECK(f.send("POST", "/rectifications/1/recheck", f.chen, {{"passed", true}, {"note", "seen"}})
            .status == 204);
  const json::value closed = f.get("/rectifications", f.chen).at("rectifications").at(0);
  CHECK(closed.at("state") == "closed");
  CHECK(closed.at("events").as_array().size() == 6);
  CHECK(f.code(f.send("POST", "/rectifications/1/report", f.chen, fixed)) == "closed");
  CHECK(f.send("POST", "/rectifications/9/report", f.chen, fixed).status == 404);
}

TEST_CASE("Scores open to their evidence, live until the month is closed and the same ever after") {
  Fixture f;
  const std::string id = f.plan();
  f.answer_all(id, 7);
  REQUIRE(f.send("POST", "/inspections/" + id + "/submit", f.ma).status == 200);
  const json::value live = f.get("/scores?period=2026-03", f.chen);
  CHECK(live.at("closed").is_null());
  const json::value& first = live.at("branches").at(0);
  CHECK(first.at("code") == "31-01");
  CHECK(first.at("rank") == 1);
  CHECK(first.at("band") == "A");
  CHECK(live.at("branches").at(1).at("rank") == 0);  // 31 has no terminal and was not inspected
  CHECK(live.at("branches").at(1).at("band") == "");

  const json::value tree = f.get("/scores/31-01?period=2026-03", f.chen).at("score");
  const json::value& credit = tree.at("domains").at(0);
  // On site, weights 3+2+2+2+3+3+1+2+2+1+2 and 1+1+2 of all four: 27; item 7 weighs 1.
  CHECK(credit.at("on_site") == "96.30");
  CHECK(credit.at("items").as_array().size() == 14);
  CHECK(credit.at("items").at(6).at("evidence").at(0).at("id") == "register p. 4");
  CHECK(credit.at("figures").at(0).at("numerator") == 1);
  CHECK(credit.at("figures").at(0).at("denominator") == 1);
  const json::value counted =
      f.get("/monitoring/counted?period=2026-03&branch=31-01&domain=credit&figure=live", f.chen);
  CHECK(counted.at("counted").at(0).at("id") == "T-000001");
  CHECK(counted.at("counted").at(0).at("counts") == true);

  CHECK(f.code(f.send("POST", "/periods/2026-03/close", f.chen)) == "incomplete");  // it still runs
  f.clock.advance(std::chrono::days(23));
  f.sign_all();
  const json::value before = f.get("/scores/31-01?period=2026-03", f.chen).at("score").at("points");
  REQUIRE(f.send("POST", "/periods/2026-03/close", f.chen).status == 200);
  CHECK(f.code(f.send("POST", "/periods/2026-03/close", f.chen)) == "closed");
  // What comes later changes nothing of a closed month.
  CHECK(f.send("POST", "/inspections/" + id + "/corrections", f.chen,
               {{"item", 12}, {"verdict", "fail"}, {"note", "a dump was found later"}})
            .status == 204);
  CHECK(f.code(f.send("POST", "/marks", f.chen,
                      {{"branch", "31-01"},
                       {"period", "2026-03"},
                       {"kind", "concealed"},
                       {"reason", "too late"}})) == "closed");
  REQUIRE(f.store->revoke("T-000001", f.clock.now()));
  const json::value after = f.get("/scores/31-01?period=2026-03", f.chen);
  CHECK(after.at("closed").at("by") == "chen");
  CHECK(after.at("score").at("points") == before);
  CHECK(f.get("/periods", f.chen).at("closed").at(0).at("period") == "2026-03");
}

TEST_CASE("Deductions and vetoes are entered with a reason, and withdrawn by another entry") {
  Fixture f;
  const auto mark = [&](std::string_view kind) {
    return f.send("POST", "/marks", f.chen,
                  {{"branch", "31-01"},
                   {"period", "2026-03"},
                   {"kind", json::string(kind)},
                   {"reason", "reported after five days"}});
  };
  CHECK(mark("late_report").status == 201);
  CHECK(mark("concealed").status == 201);
  CHECK(f.code(mark("s1")) == "bad_json");  // cases alone give these
  CHECK(f.code(mark("smile")) == "bad_json");
  const auto band = [&] {
    for (const json::value& each :
         f.get("/scores?period=2026-03", f.chen).at("branches").as_array())
      if (each.at("code") == "31-01") return json::value(each);
    return json::value();
  };
  CHECK(band().at("deducted") == "5.00");
  CHECK(band().at("band") == "E");
  CHECK(f.send("POST", "/marks/2/withdraw", f.chen, {{"reason", "it was another branch"}}).status ==
        201);
  CHECK(f.send("POST", "/marks/2/withdraw", f.chen, {{"reason", "again"}}).status == 404);
  CHECK(band().at("vetoed") == false);
  CHECK(f.get("/marks", f.chen).at("marks").as_array().size() == 3);
}

TEST_CASE("A bulletin is a page of its own under a policy of its own, and names no staff") {
  Fixture f;
  for (const char* path : {"/bulletins/2026-03", "/bulletins/2026-03/31-01"}) {
    const auto page = f.send("GET", path, f.chen);
    REQUIRE(page.status == 200);
    std::size_t policies = 0;
    for (const auto& [name, value] : page.headers) {
      if (name != "Content-Security-Policy") continue;
      ++policies;
      CHECK(value.contains("sandbox"));
      CHECK(value.contains("default-src 'none'"));
    }
    CHECK(policies == 1);
    CHECK(page.body.starts_with("<!DOCTYPE html>"));
    CHECK_FALSE(page.body.contains("<script"));
    CHECK_FALSE(page.body.contains("张三"));
    CHECK(page.body.contains("李芳"));
  }
  CHECK(f.send("GET", "/bulletins/2026-03/99", f.chen).status == 404);
  CHECK(f.send("GET", "/bulletins/2026-3", f.chen).status == 400);
}

TEST_CASE("What is wrong with a question is named") {
  Fixture f;
  for (const char* path :
       {"/scores?period=2026-13", "/scores?month=2026-03", "/monitoring?period=x",
        "/monitoring/counted?period=2026-03", "/inspections/x",
        "/monitoring/counted?period=2026-03&branch=31-01&domain=money&figure=live"}) {
    INFO(path);
    CHECK(f.code(f.send("GET", path, f.chen)) == "bad_parameter");
  }
  CHECK(f.send("GET", "/scores/99?period=2026-03", f.chen).status == 404);
  CHECK(f.send("GET", "/inspections/99", f.chen).status == 404);
  CHECK(f.code(f.send("POST", "/inspections", f.chen,
                      {{"branch", "31-01"}, {"period", "2026-03"}, {"domains", json::array{}}})) ==
        "bad_json");
  CHECK(f.code(f.send(
            "POST", "/inspections", f.chen,
            {{"branch", "99"}, {"period", "2026-03"}, {"domains", json::array{"credit"}}})) ==
        "bad_json");
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string all(text);
  const std::size_t at = all.find(from);
  REQUIRE(at != std::string::npos);
  return all.replace(at, from.size(), to);
}

TEST_CASE("A bank's own model and items are used from their month on, and months before are not") {
  Fixture f;
  store::Assessment& books = f.store->assessment();
  api::Office office(*f.store, f.clock);
  const auto version = [&](const char* month) {
    return office.model_for(*assess::Period::from(month)).value().version;
  };
  const std::string shipped = assess::Model::builtin().version;
  const std::string id = f.plan();  // under the shipped items
  const std::string own =
      replaced(replaced(assess::Model::builtin_text(), "version: \"2026.1\"", "version: own.1"),
               "base: {credit: 25, payment: 25,", "base: {credit: 40, payment: 10,");
  REQUIRE(books.put_in_force({"model", "own.1", "2026-03", "cli", kNow}, own));
  REQUIRE(books.put_in_force({"model", "own.2", "2026-05", "cli", kNow},
                             replaced(own, "own.1", "own.2")));
  REQUIRE(books.put_in_force({"model", "own.3", "2026-03", "cli", kNow},
                             replaced(own, "own.1", "own.3")));
  CHECK(version("2026-02") == shipped);
  CHECK(version("2026-03") == "own.3");  // the newer of two from the same month
  CHECK(version("2026-04") == "own.3");
  CHECK(version("2026-06") == "own.2");
  const json::value score = f.get("/scores/31-01?period=2026-03", f.chen).at("score");
  CHECK(score.at("domains").at(0).at("base") == 40);
  CHECK(f.get("/scores/31-01?period=2026-02", f.chen).at("score").at("domains").at(0).at("base") ==
        25);

  const std::string items =
      replaced(replaced(assess::Items::builtin_text(), "version: \"2026.1\"", "version: own.1"),
               "每份征信报告均有查询日之前的书面授权", "每份征信报告均有客户本人授权");
  REQUIRE(books.put_in_force({"items", "own.1", "2026-03", "cli", kNow}, items));
  const auto first_item = [&](const std::string& visit) {
    return std::string(f.get("/inspections/" + visit, f.ma).at("items").at(0).at("zh").as_string());
  };
  CHECK(first_item(id).contains("书面授权"));  // as planned
  CHECK(first_item(f.plan()).contains("本人授权"));
  CHECK(f.get("/inspection-items", f.chen).at("version") == "own.1");

  // A closed month stays on its model, whatever is published for it afterwards.
  f.clock.advance(std::chrono::days(30));
  f.sign_all();
  REQUIRE(f.send("POST", "/periods/2026-03/close", f.chen).status < 300);
  const std::string before = f.send("GET", "/scores/31-01?period=2026-03", f.chen).body;
  REQUIRE(books.put_in_force({"model", "own.4", "2026-03", "cli", kNow},
                             replaced(replaced(own, "own.1", "own.4"), "from: 90", "from: 85")));
  CHECK(f.send("GET", "/scores/31-01?period=2026-03", f.chen).body == before);
}

}  // namespace
}  // namespace huxin
