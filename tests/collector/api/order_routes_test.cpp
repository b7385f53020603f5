#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include "collector/api/error.hpp"
#include "collector/api/order_routes.hpp"
#include "tests/collector/support/answer.hpp"
#include "tests/collector/support/bench.hpp"
#include "tests/collector/support/people.hpp"

namespace huxin {
namespace {

namespace json = boost::json;

using test::kPassword;

std::string code_of(const test::Reply& reply) {
  return std::string(json::parse(reply.body).at("error").at("code").as_string());
}

/// A collector with people, a terminal and an incident on it.
struct Fixture {
  test::Bench bench;
  test::Device device;
  test::HttpsClient client = bench.browser();
  std::map<std::string, std::string> cookies;
  std::string incident, secret_incident;

  Fixture() {
    add_user("li.wei", "officer");
    add_user("wang.fang", "officer");
    add_user("zhao.min", "reviewer");
    add_user("qian.aml", "officer,aml_reviewer");
    add_user("sun.aml", "reviewer,aml_reviewer");
    device.enrol(*bench.state.store, *bench.state.authority, bench.clock.now());
    incident = report({});
    secret_incident = report([](record::Incident& it) {
      it.clear_domains();
      it.add_domains("aml");
    });
  }
  void add_user(const std::string& name, const std::string& roles) {
    REQUIRE(bench.state.store->save_user(test::make_user(name, *store::roles_from(roles))));
  }
  /// What the authenticator of somebody shows, as if they had waited for a code they have not used.
  std::string fresh_code(const std::string& name) {
    REQUIRE(bench.state.store->change_user(name, [](store::User& user) -> Status {
      user.totp_step = 0;
      return {};
    }));
    return test::code_at(bench.clock.now());
  }
  std::string report(const std::function<void(record::Incident&)>& change) {
    record::Payload payload;
    *payload.mutable_incident() = test::sample_incident(1);
    if (change) change(*payload.mutable_incident());
    const std::string id = to_hex(as_bytes(payload.incident().id()));
    REQUIRE(bench.state.store->accept(device.id(), device.sha256(),
                                      device.batch({device.append(payload)}), bench.clock.now()));
    return id;
  }
  test::Headers session(const std::string& who) {
    if (!cookies.contains(who)) {
      const test::Reply reply = client.send(
          "POST", "/api/session", {{"X-Huxin", "1"}, {"Content-Type", "application/json"}},
          json::serialize(json::value{
              {"user", who}, {"password", kPassword.data()}, {"code", fresh_code(who)}}));
      REQUIRE(reply.status == 200);
      const std::string cookie = reply.header("Set-Cookie");
      cookies[who] = cookie.substr(0, cookie.find(';'));
    }
    return {{"X-Huxin", "1"}, {"Content-Type", "application/json"}, {"Cookie", cookies[who]}};
  }
  test::Reply post(const std::string& who, const std::string& path, const json::value& body) {
    return client.send("POST", "/api" + path, session(who), json::serialize(body));
  }
  test::Reply get(const std::string& who, const std::string& path) {
    return client.send("GET", "/api" + path, session(who));
  }
  json::object destruction() const {
    return {{"kind", "destroy"},    {"reason", "采集目的已达成"}, {"days", 7},
            {"incident", incident}, {"method", "overwrite"},      {"copies", "report"}};
  }
  json::object changed(std::string_view member, json::value value) const {
    json::object body = destruction();
    body[member] = std::move(value);
    return body;
  }
  std::string drafted(const std::string& who, const json::object& body) {
    const test::Reply reply = post(who, "/orders", body);
    INFO(reply.body);
    REQUIRE(reply.status == 201);
    return std::string(json::parse(reply.body).at("id").as_string());
  }
  test::Reply approve(const std::string& who, const std::string& id,
                      std::string_view password = kPassword) {
    session(who);  // signing in takes a code too
    return post(who, "/orders/" + id + "/approve",
                {{"password", password.data()}, {"code", fresh_code(who)}});
  }
  store::Order order(const std::string& id) {
    return bench.state.store->orders().order(id)->value();
  }
};

TEST_CASE(
    "A destruction of what is in quarantine is drafted by one officer and approved by another") {
  Fixture f;
  const std::string id = f.drafted("li.wei", f.destruction());
  const json::value draft = json::parse(f.get("zhao.min", "/orders/" + id).body);
  CHECK(draft.at("state") == "drafted");
  CHECK(draft.at("executor") == "li.wei");
  CHECK(draft.at("terminal") == json::string(f.device.id()));
  CHECK(draft.at("targets").at(0).at("incident") == json::string(f.incident));
  CHECK(draft.at("targets").at(0).at("path").as_string().starts_with("/home/li.wei/"));
  CHECK(code_of(f.approve("li.wei", id)) == "two_people");

  const test::Reply approved = f.approve("zhao.min", id);
  REQUIRE(approved.status == 200);
  CHECK(json::parse(approved.body).at("supervisor") == "zhao.min");
  const auto sent = order::verify(f.order(id).signed_bytes, f.bench.state.bundle_public_key);
  REQUIRE(sent);
  CHECK(to_hex(sent->id) == id);
  CHECK(sent->executor == "li.wei");
  CHECK(sent->supervisor == "zhao.min");
  CHECK(sent->reason == "采集目的已达成");
  CHECK(std::get<order::Destroy>(sent->what).targets.at(0).incident == *from_hex(f.incident));
  CHECK(code_of(f.approve("wang.fang", id)) == "order_state");
}

TEST_CASE("A release takes one officer, who says so twice") {
  Fixture f;
  const std::string id = f.drafted("li.wei", {{"kind", "release"},
                                              {"reason", "误报，业务需要"},
                                              {"days", 1},
                                              {"incident", f.incident},
                                              {"destination", "/home/li.wei/回来.xlsx"}});
  CHECK(code_of(f.approve("li.wei", id, "wrong")) == "confirmation_failed");
  REQUIRE(f.approve("li.wei", id).status == 200);
  const auto sent = order::verify(f.order(id).signed_bytes, f.bench.state.bundle_public_key);
  CHECK(std::get<order::Release>(sent->what).to == "/home/li.wei/回来.xlsx");
  CHECK(sent->supervisor.empty());
}

TEST_CASE("A wrong password approves nothing, and guessing is slowed down") {
  Fixture f;
  const std::string id = f.drafted("li.wei", f.destruction());
  test::Reply last;
  for (int i = 0; i < 7; ++i) last = f.approve("zhao.min", id, "wrong");
  CHECK(last.status == 429);
  CHECK(f.approve("zhao.min", id).status == 429);
  CHECK(f.order(id).state == store::OrderState::kDrafted);
  CHECK(f.get("zhao.min", "/orders/" + id).status == 200);  // the session itself goes on
}

TEST_CASE("An order whose executor has gone, was cancelled or expired is approved by nobody") {
  Fixture f;
  const std::string gone = f.drafted("li.wei", f.destruction());
  store::User user = f.bench.state.store->user("li.wei")->value();
  user.roles = {store::Role::kReviewer};
  REQUIRE(f.bench.state.store->save_user(user));
  CHECK(code_of(f.approve("zhao.min", gone)) == "executor_gone");
  user.roles = {store::Role::kOfficer};
  user.disabled = true;
  REQUIRE(f.bench.state.store->save_user(user));
  CHECK(code_of(f.approve("zhao.min", gone)) == "executor_gone");

  const std::string cancelled = f.drafted("wang.fang", f.destruction());
  CHECK(f.post("zhao.min", "/orders/" + cancelled + "/cancel", {{"reason", "写错了路径"}}).status ==
        200);
  CHECK(code_of(f.approve("zhao.min", cancelled)) == "order_state");
  CHECK(code_of(f.post("zhao.min", "/orders/" + cancelled + "/cancel", {{"reason", "再来一次"}})) ==
        "order_state");

  const std::string expired = f.drafted("wang.fang", f.destruction());
  REQUIRE(f.bench.state.store->orders().expire(f.bench.clock.now() + std::chrono::days(8)));
  CHECK(code_of(f.approve("zhao.min", expired)) == "order_state");
  CHECK(code_of(f.approve("zhao.min", std::string(32, '0'))) == "not_found");
}

TEST_CASE("An order whose executor's account has ended is approved by nobody") {
  Fixture f;
  const std::string id = f.drafted("li.wei", f.destruction());
  REQUIRE(f.bench.state.store->change_user("li.wei", [&](store::User& user) -> Status {
    user.ends = f.bench.clock.now() - std::chrono::seconds(1);
    return {};
  }));
  CHECK(code_of(f.approve("zhao.min", id)) == "executor_gone");
}

TEST_CASE("What is taken from either person while the code is checked keeps an order unsigned") {
  struct Row {
    const char* why;
    const char* whom;
    std::function<void(store::User&)> change;
    const char* code;
  };
  const Row rows[]{
      {"a supervisor disabled", "zhao.min", [](store::User& it) { it.disabled = true; },
       "forbidden"},
      {"a supervisor without the role", "zhao.min", [](store::User& it) { it.roles = {}; },
       "forbidden"},
      {"a supervisor whose account ended", "zhao.min", [](store::User& it) { it.ends = Time{}; },
       "forbidden"},
      {"an executor disabled", "li.wei", [](store::User& it) { it.disabled = true; },
       "executor_gone"},
      {"an executor without the role", "li.wei", [](store::User& it) { it.roles = {}; },
       "executor_gone"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Fixture f;
    const std::string id = f.drafted("li.wei", f.destruction());
    http::Tally tally;
    bool signing = false;
    api::OrderRoutes room(
        {*f.bench.state.store, f.bench.clock, tally},
        [&](const api::Call&, std::string_view, std::string_view) {
          REQUIRE(f.bench.state.store->change_user(row.whom, [&](store::User& user) -> Status {
            row.change(user);
            return {};
          }));
          return std::optional<http::Response>{};
        },
        [&]() -> Result<Secret> {
          signing = true;
          return fail(Errc::kNotFound, "no key");
        });
    http::Request request;
    request.method = "POST";
    request.headers = {{"content-type", "application/json"}};
    request.body = R"({"password":"x","code":"000000"})";
    const store::User supervisor = **f.bench.state.store->user("zhao.min");
    const api::Call call{request, {id}, {}, supervisor};
    for (const api::Route& route : room.routes()) {
      if (route.path != "/orders/{id}/approve") continue;
      CHECK(api::error_code_of(route.answer(call)) == row.code);
    }
    CHECK_FALSE(signing);
    CHECK(f.order(id).state == store::OrderState::kDrafted);
  }
}

TEST_CASE("One person stops what two agreed to, once the terminal has it: by an order to stop") {
  Fixture f;
  const std::string id = f.drafted("li.wei", f.destruction());
  REQUIRE(f.approve("zhao.min", id).status == 200);
  auto& orders = f.bench.state.store->orders();
  REQUIRE(orders.take(f.device.id(), 60'000, f.bench.clock.now())->orders.size() == 1);
  const test::Reply stopped =
      f.post("zhao.min", "/orders/" + id + "/cancel", {{"reason", "写错了路径"}});
  REQUIRE(stopped.status == 200);
  const json::value shown = json::parse(stopped.body);
  CHECK(shown.at("state") == "delivered");
  CHECK(shown.at("cancellation").at("who") == "zhao.min");
  CHECK(shown.at("cancellation").at("answered").is_null());
  const auto sent = orders.take(f.device.id(), 60'000, f.bench.clock.now());
  REQUIRE(sent->orders.size() == 1);
  const auto stop = order::verify(sent->orders[0], f.bench.state.bundle_public_key);
  REQUIRE(stop);
  CHECK(to_hex(std::get<order::Cancel>(stop->what).order) == id);
  CHECK(stop->terminal == f.device.id());
  CHECK(stop->executor == "zhao.min");
  CHECK(code_of(f.post("li.wei", "/orders/" + id + "/cancel", {{"reason", "再来一次"}})) ==
        "order_state");
}

TEST_CASE("A draft that is not one is refused by name and kept nowhere") {
  Fixture f;
  test::Device other;
  other.enrol(*f.bench.state.store, *f.bench.state.authority, f.bench.clock.now());
  const auto targets = [](json::value target) { return json::array{std::move(target)}; };
  struct Row {
    json::object body;
    std::string_view code, says, why;
  };
  json::object bare = f.destruction();
  bare.erase("incident");
  json::object elsewhere = f.destruction();
  elsewhere["terminal"] = other.id();
  json::object release{{"kind", "release"}, {"reason", "误报误报"}, {"days", 1}};
  release["terminal"] = f.device.id();
  const Row rows[] = {
      {f.changed("kind", "burn"), "bad_parameter", "kind", "no such kind"},
      {f.changed("reason", "好"), "bad_json", "reason", "too short a reason"},
      {f.changed("days", 0), "bad_json", "days", "expired from the start"},
      {f.changed("days", 91), "bad_json", "days", "too long"},
      {f.changed("method", "burn"), "bad_parameter", "method", "no such method"},
      {f.changed("copies", "eat"), "bad_parameter", "copies", "no such treatment"},
      {f.changed("incident", json::string(32, '0')), "not_found", "incident", "no such incident"},
      {f.changed("incident", "zz"), "bad_parameter", "incident", "no id"},
      {f.changed("incident", json::string(f.secret_incident)), "not_found", "incident",
       "not to be seen"},
      {f.changed("targets", targets({{"incident", f.secret_incident}})), "not_found", "incident",
       "not to be seen, among the targets"},
      {f.changed("targets", targets({{"path", "data/list.csv"}})), "bad_parameter", "path",
       "a relative path"},
      {f.changed("targets", targets({{"path", "/data/../etc/passwd"}})), "bad_parameter", "path",
       "a path that climbs"},
      {f.changed("targets", targets({{"path", "/a"}, {"incident", f.incident}})), "bad_json",
       "targets", "both at once"},
      {f.changed("targets", targets("/a")), "bad_json", "targets", "a text"},
      {f.changed("targets", json::array{{{"path", "/a"}}, {{"path", "/a"}}}), "bad_parameter",
       "twice", "the same twice"},
      {f.changed("extra", 1), "bad_json", "extra", "one member too many"},
      {bare, "bad_parameter", "terminal", "about nothing"},
      {elsewhere, "order_terminals", "", "another terminal's incident"},
      {release, "bad_parameter", "incident", "a release of nothing"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    const test::Reply reply = f.post("li.wei", "/orders", row.body);
    INFO(reply.body);
    CHECK(code_of(reply) == row.code);
    CHECK(reply.body.contains(row.says));
  }
  REQUIRE(f.bench.state.store->revoke(f.device.id(), f.bench.clock.now()));
  CHECK(code_of(f.post("li.wei", "/orders", f.destruction())) == "terminal_revoked");
  store::OrderFilter all;
  all.audience = store::Audience::everybody();
  CHECK(f.bench.state.store->orders().list(all)->total == 0);
  CHECK(code_of(f.post("zhao.min", "/orders", f.destruction())) == "forbidden");
}

TEST_CASE("Orders about anti-money-laundering are there for AML reviewers alone") {
  Fixture f;
  json::object body = f.destruction();
  body["incident"] = f.secret_incident;
  const std::string id = f.drafted("qian.aml", body);
  const auto total = [&](const std::string& who) {
    return json::parse(f.get(who, "/orders").body).at("total").to_number<int>();
  };
  CHECK(total("qian.aml") == 1);
  CHECK(total("li.wei") == 0);
  for (const auto& reply :
       {f.get("li.wei", "/orders/" + id), f.get("li.wei", "/orders/" + id + "/certificate"),
        f.approve("zhao.min", id),
        f.post("zhao.min", "/orders/" + id + "/cancel", {{"reason", "看看有没有"}})}) {
    CHECK(reply.status == 404);
  }
  CHECK(f.approve("sun.aml", id).status == 200);
}

TEST_CASE("The list is filtered and paged, and a wrong parameter is named") {
  Fixture f;
  const std::string first = f.drafted("li.wei", f.destruction());
  json::object second = f.destruction();
  second["targets"] = json::array{{{"path", "/data/<b>名单</b>.csv"}}};
  f.drafted("li.wei", second);
  REQUIRE(f.approve("zhao.min", first).status == 200);
  const auto total = [&](const std::string& query) {
    return json::parse(f.get("zhao.min", "/orders" + query).body).at("total").to_number<int>();
  };
  CHECK(total("") == 2);
  CHECK(total("?state=approved") == 1);
  CHECK(total("?kind=release") == 0);
  CHECK(total("?text=%3Cb%3E") == 1);
  CHECK(total("?incident=" + f.incident) == 2);
  CHECK(total("?limit=1&offset=1") == 2);
  CHECK(code_of(f.get("zhao.min", "/orders?state=burnt")) == "bad_parameter");
  CHECK(code_of(f.get("zhao.min", "/orders/zz")) == "bad_parameter");
}

TEST_CASE("A certificate is downloaded as it came, and shown with what it states") {
  Fixture f;
  const std::string id = f.drafted("li.wei", f.destruction());
  REQUIRE(f.approve("zhao.min", id).status == 200);
  CHECK(f.get("li.wei", "/orders/" + id + "/certificate").status == 404);
  const Bytes bytes = f.order(id).signed_bytes;
  const auto sent = *order::verify(bytes, f.bench.state.bundle_public_key);
  const std::string file = test::certify(f.device, sent, bytes, f.bench.clock.now());
  const auto batch =
      f.device.batch({f.device.append(test::answer_to(sent, "done", file, f.bench.clock.now()))});
  REQUIRE(
      f.bench.state.store->accept(f.device.id(), f.device.sha256(), batch, f.bench.clock.now()));
  f.bench.collector->tick();

  const test::Reply reply = f.get("li.wei", "/orders/" + id + "/certificate");
  CHECK(reply.status == 200);
  CHECK(reply.body == file);
  CHECK(reply.header("Content-Disposition").contains(id + ".json"));
  const json::value shown = json::parse(f.get("li.wei", "/orders/" + id).body);
  CHECK(shown.at("certificate") == json::value{{"verdict", "verified"}, {"fault", ""}});
  CHECK(shown.at("statement").at("supervisor") == "zhao.min");
  CHECK(shown.at("statement").at("residue").at(0).at("kind") == "trash");
  CHECK(shown.at("history").as_array().size() == 4);
  store::AuditFilter filter;
  CHECK(f.bench.state.store->audit().page(filter)->entries.front().act.what ==
        "GET /orders/{id}/certificate");
}

}  // namespace
}  // namespace huxin
