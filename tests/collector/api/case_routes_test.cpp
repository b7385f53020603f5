#include <catch2/catch_test_macros.hpp>

#include "tests/collector/support/signed_in.hpp"

namespace huxin {
namespace {

namespace json = boost::json;

struct Cases {
  test::Bench bench;
  test::Device device;
  std::vector<std::string> incidents;

  Cases() {
    device.enrol(*bench.state.store, *bench.state.authority, bench.clock.now());
    take([](record::Incident& incident, int number) {
      if (number == 4) incident.mutable_counts(0)->set_element(40);
      if (number == 5) incident.mutable_counts(0)->set_element(71);
    });
  }
  void take(const std::function<void(record::Incident&, int)>& adjust) {
    std::vector<record::Record> links;
    for (int number = 1; number <= 5; ++number) {
      record::Payload payload;
      record::Incident& incident = *payload.mutable_incident() = test::sample_incident(number);
      adjust(incident, number);
      incidents.push_back(to_hex(as_bytes(incident.id())));
      links.push_back(device.append(payload));
    }
    REQUIRE(bench.state.store->accept(device.id(), device.sha256(), device.batch(std::move(links)),
                                      bench.clock.now()));
  }
  json::value opening(std::initializer_list<int> of) const {
    json::array ids;
    for (const int index : of) ids.emplace_back(incidents.at(static_cast<std::size_t>(index)));
    return {{"incidents", std::move(ids)}, {"title", "名单外传"}};
  }
};

TEST_CASE("An officer makes a case of two incidents, works on it and closes it with a verdict") {
  Cases f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  const json::value opened = officer.send("POST", "/cases", f.opening({0, 1}), 201);
  const std::string id(opened.at("id").as_string());
  CHECK(id == "C-000001");
  CHECK(opened.at("owner") == "li.wei");
  CHECK(opened.at("severity") == "S2");
  CHECK(opened.at("version") == 1);
  CHECK(opened.at("overdue") == false);
  CHECK(opened.at("incident_list").as_array().size() == 2);
  CHECK(opened.at("history").at(0).at("what") == "opened");
  // 72 hours for S2, from the opening.
  const auto due = *from_rfc3339(std::string(opened.at("due").as_string()));
  CHECK(due - *from_rfc3339(std::string(opened.at("opened").as_string())) ==
        std::chrono::hours(72));
  CHECK(opened.at("timing").at("clocks").at(0).at("id") == "pboc");

  const json::value taken = officer.send(
      "PATCH", "/cases/" + id, {{"version", 1}, {"state", "investigating"}, {"report", "pboc"}});
  CHECK(taken.at("state") == "investigating");
  CHECK(taken.at("version") == 2);
  CHECK(taken.at("timing").at("clocks").at(0).at("reported").at("by") == "li.wei");
  CHECK(officer.refused("PATCH", "/cases/" + id, {{"version", 1}, {"state", "waiting"}}) ==
        "409 conflict");
  CHECK(officer.refused("PATCH", "/cases/" + id, {{"version", 2}, {"state", "closed"}}) ==
        "400 verdict_needed");
  CHECK(officer.refused("PATCH", "/cases/" + id,
                        {{"version", 2}, {"state", "closed"}, {"verdict", "confirmed"}}) ==
        "400 note_needed");
  const json::value closed = officer.send(
      "PATCH", "/cases/" + id,
      {{"version", 2}, {"state", "closed"}, {"verdict", "false_alarm"}, {"note", "系统测试数据"}});
  CHECK(closed.at("verdict") == "false_alarm");
  CHECK(closed.at("history").as_array().back().at("to") == "false_alarm");
  CHECK(officer.refused("POST", "/cases/" + id + "/notes", {{"text", "补充"}}) ==
        "409 case_closed");

  const json::value list = officer.send("GET", "/incidents?case=closed");
  CHECK(list.at("total") == 2);
  CHECK(list.at("incidents").at(0).at("case").at("id") == json::value(id));
  // The fifth is confidential.
  CHECK(officer.send("GET", "/incidents?case=none").at("total") == 2);
  CHECK(officer.send("GET", "/incidents/" + f.incidents[0] + "/case").at("case").at("id") ==
        json::value(id));
  CHECK(officer.send("GET", "/cases?state=closed").at("total") == 1);
  CHECK(officer.send("GET", "/cases?not_closed=true").at("total") == 0);
  CHECK(officer.refused("GET", "/cases?state=burning") == "400 bad_parameter");
  CHECK(officer.refused("GET", "/cases?colour=red") == "400 bad_parameter");
}

TEST_CASE("The audit log tells that a confidential case was worked on, and not what is in it") {
  Cases f;
  test::SignedIn aml(f.bench, "qian", "aml_reviewer");
  const json::value opened = aml.send(
      "POST", "/cases", {{"incidents", json::array{f.incidents[4]}}, {"title", "可疑交易甲"}}, 201);
  const std::string path = "/cases/" + std::string(opened.at("id").as_string());
  aml.send("PATCH", path, {{"version", 1}, {"title", "可疑交易乙"}, {"state", "investigating"}});
  aml.send("PATCH", path,
           {{"version", 2}, {"state", "closed"}, {"verdict", "permitted"}, {"note", "已报送"}});
  const auto log = f.bench.state.store->audit().page({.limit = 500});
  REQUIRE(log);
  bool told = false;
  for (const store::AuditEntry& entry : log->entries) {
    for (const char* secret : {"可疑交易", "已报送", "permitted"})
      CHECK_FALSE(entry.act.detail.contains(secret));
    told = told || (entry.act.what == "PATCH /cases/{id}" && entry.act.detail == "state; title");
  }
  CHECK(told);
}

TEST_CASE("Card data brings the checklist of K14, which a confirmed case has to complete") {
  Cases f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  json::value found = officer.send("POST", "/cases", f.opening({3}), 201);
  const std::string path = "/cases/" + std::string(found.at("id").as_string());
  REQUIRE(found.at("checklists").as_array().size() == 1);
  CHECK(found.at("checklists").at(0).at("clause") == "K14");
  const auto closing = [&] {
    return json::value{{"version", found.at("version").as_int64()},
                       {"state", "closed"},
                       {"verdict", "confirmed"},
                       {"note", "已清理"}};
  };
  CHECK(officer.refused("PATCH", path, closing()) == "409 steps_open");
  for (const json::value& step : json::array(found.at("checklists").at(0).at("steps").as_array())) {
    found = officer.send(
        "PATCH", path,
        {{"version", found.at("version").as_int64()}, {"step", step.at("id")}, {"done", true}});
  }
  CHECK(found.at("checklists").at(0).at("steps").at(3).at("done").at("by") == "li.wei");
  CHECK(officer.send("PATCH", path, closing()).at("state") == "closed");
  CHECK(officer.refused("PATCH", path, {{"version", 6}, {"step", "no.such"}, {"done", true}}) ==
        "400 bad_json");
}

TEST_CASE("What is confidential under anti-money-laundering law is there for its reviewers alone") {
  Cases f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  test::SignedIn aml(f.bench, "qian", "aml_reviewer");
  test::SignedIn both(f.bench, "zhao", "officer,aml_reviewer");
  CHECK(officer.refused("POST", "/cases", f.opening({4})) == "404 not_found");
  CHECK(officer.refused("GET", "/incidents/" + f.incidents[4] + "/case") == "404 not_found");
  CHECK(both.refused("POST", "/cases", f.opening({0, 4})) == "400 case_mixed");
  json::value wrong_owner = f.opening({4});
  wrong_owner.as_object()["owner"] = "li.wei";
  CHECK(aml.refused("POST", "/cases", wrong_owner) == "400 bad_owner");
  const json::value opened = aml.send("POST", "/cases", f.opening({4}), 201);
  const std::string path = "/cases/" + std::string(opened.at("id").as_string());
  CHECK(opened.at("confidential") == true);
  CHECK(officer.refused("GET", path) == "404 not_found");
  CHECK(officer.refused("PATCH", path, {{"version", 1}, {"state", "closed"}}) == "404 not_found");
  CHECK(officer.refused("POST", path + "/notes", {{"text", "x"}}) == "404 not_found");
  CHECK(officer.send("GET", "/cases").at("total") == 0);
  CHECK(both.send("GET", "/cases").at("total") == 1);
  officer.send("POST", "/cases", f.opening({0}), 201);
  CHECK(aml.send("GET", "/cases").at("total") == 1);
  CHECK(both.send("GET", "/cases").at("total") == 2);
  CHECK(officer.send("GET", "/case-owners").at("owners").as_array().size() == 2);
  CHECK(both.refused("PATCH", path, {{"version", 1}, {"incidents", json::array{f.incidents[1]}}}) ==
        "400 case_mixed");
}

TEST_CASE("A second reviewer reads cases and adds notes, and changes nothing") {
  Cases f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  test::SignedIn reviewer(f.bench, "wang", "reviewer");
  const json::value opened = officer.send("POST", "/cases", f.opening({0}), 201);
  const std::string path = "/cases/" + std::string(opened.at("id").as_string());
  CHECK(reviewer.send("GET", path).at("version") == 1);
  CHECK(reviewer.refused("PATCH", path, {{"version", 1}, {"state", "waiting"}}) == "403 forbidden");
  CHECK(reviewer.refused("POST", "/cases", f.opening({1})) == "403 forbidden");
  const json::value noted = reviewer.send("POST", path + "/notes", {{"text", "<b>看过</b>"}});
  CHECK(noted.at("history").as_array().back().at("text") == "<b>看过</b>");
  CHECK(noted.at("history").as_array().back().at("by") == "wang");
  CHECK(noted.at("version") == 1);
}

TEST_CASE("A case is not made of what does not exist, is taken, or is malformed") {
  Cases f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  officer.send("POST", "/cases", f.opening({0}), 201);
  CHECK(officer.refused("POST", "/cases", f.opening({1, 0})) == "409 incident_in_case");
  CHECK(officer.refused("POST", "/cases",
                        {{"incidents", json::array{std::string(32, '0')}}, {"title", "x"}}) ==
        "404 not_found");
  for (const json::value& wrong : std::initializer_list<json::value>{
           {{"incidents", json::array{}}, {"title", "x"}},
           {{"incidents", json::array{"zz"}}, {"title", "x"}},
           {{"incidents", f.incidents[1]}, {"title", "x"}},
           {{"incidents", json::array{f.incidents[1]}}, {"title", ""}},
           {{"incidents", json::array{f.incidents[1]}}, {"title", "x"}, {"severity", "S9"}},
           {{"incidents", json::array{f.incidents[1]}}, {"title", "x"}, {"colour", "red"}},
           {{"incidents", json::array{f.incidents[1]}}, {"title", "x\u0001"}},
       }) {
    INFO(json::serialize(wrong));
    CHECK(officer.refused("POST", "/cases", wrong) == "400 bad_json");
  }
  CHECK(officer.refused("GET", "/cases/C-000099") == "404 not_found");
  CHECK(officer.refused("PATCH", "/cases/C-000001", {{"version", 1}, {"due", "tomorrow"}}) ==
        "400 bad_json");
  CHECK(officer.refused("PATCH", "/cases/C-000001", {{"state", "closed"}}) == "400 bad_json");
}

}  // namespace
}  // namespace huxin
