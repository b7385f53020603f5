#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <map>

#include <catch2/catch_test_macros.hpp>

#include "tests/collector/support/bench.hpp"
#include "tests/collector/support/people.hpp"
#include "tests/collector/support/signed_in.hpp"

namespace huxin {
namespace {

namespace json = boost::json;

using test::kPassword;

void add_user(test::Bench& bench, const std::string& name, const std::string& role,
              bool must_change = false) {
  store::User user = test::make_user(name, *store::roles_from(role));
  user.must_change = must_change;
  REQUIRE(bench.state.store->save_user(user));
}

/// With the code of the authenticator's present step, or of one before or after it.
std::string credentials(std::string_view user, std::string_view password, int ahead = 0) {
  return json::serialize(json::value{{"user", std::string(user)},
                                     {"password", std::string(password)},
                                     {"code", test::code_at(SystemClock().now(), ahead)}});
}

const test::Headers kJson{{"X-Huxin", "1"}, {"Content-Type", "application/json"}};

test::Reply sign_in(test::HttpsClient& client, std::string_view user,
                    std::string_view password = kPassword, int ahead = 0) {
  return client.send("POST", "/api/session", kJson, credentials(user, password, ahead));
}

test::Headers with_cookie(const test::Reply& signed_in, test::Headers headers = {}) {
  const std::string cookie = signed_in.header("Set-Cookie");
  headers.emplace_back("Cookie", cookie.substr(0, cookie.find(';')));
  return headers;
}

std::string code_of(const test::Reply& reply) {
  return std::string(json::parse(reply.body).at("error").at("code").as_string());
}

TEST_CASE("An officer signs in, reads the list and one incident, and signs out") {
  test::Bench bench;
  add_user(bench, "li.wei", "officer");
  test::Device device;
  device.enrol(*bench.state.store, *bench.state.authority, bench.clock.now());
  REQUIRE(bench.state.store->accept(device.id(), device.sha256(), device.batch_of_incidents(3),
                                    bench.clock.now()));
  auto client = bench.browser();
  const test::Reply signed_in = sign_in(client, "li.wei");
  REQUIRE(signed_in.status == 200);
  CHECK(json::parse(signed_in.body) == json::value{{"name", "li.wei"},
                                                   {"roles", json::array{"officer"}},
                                                   {"must_change", false},
                                                   {"must_enrol_totp", false}});
  const std::string cookie = signed_in.header("Set-Cookie");
  for (const char* flag : {"HttpOnly", "Secure", "SameSite=Strict", "Path=/"})
    CHECK(cookie.contains(flag));

  const test::Headers session = with_cookie(signed_in);
  const json::value list =
      json::parse(client.send("GET", "/api/incidents?channel=network", session).body);
  CHECK(list.at("total") == 1);
  const json::value& row = list.at("incidents").at(0);
  CHECK(row.at("severity") == "S3");
  CHECK(row.at("stage") == "use");
  CHECK(row.at("elements").at(0).at("element") == "D01");
  CHECK_FALSE(row.as_object().contains("findings"));
  const std::string id(row.at("id").as_string());
  const json::value one = json::parse(client.send("GET", "/api/incidents/" + id, session).body);
  CHECK(one.at("findings").at(0).at("masked") == "1****************X");
  CHECK(one.at("trace").at(0).at("matched") == true);
  CHECK(one.at("clauses").at(0).at("id") == "K22");
  CHECK_FALSE(one.at("clauses").at(0).at("source").as_string().empty());
  CHECK(one.at("evidence") == json::value{{"sealed", true}, {"bytes", 6}});

  CHECK(json::parse(client.send("GET", "/api/summary", session).body).at("total") == 3);
  CHECK(json::parse(client.send("GET", "/api/terminals", session).body)
            .at("terminals")
            .at(0)
            .at("id") == "T-000001");
  CHECK(json::parse(client.send("GET", "/api/catalog", session).body)
            .at("elements")
            .as_array()
            .size() >= 20);
  CHECK(code_of(client.send("GET", "/api/incidents/zz", session)) == "bad_parameter");
  CHECK(client.send("GET", "/api/incidents/" + std::string(32, '0'), session).status == 404);
  CHECK(code_of(client.send("GET", "/api/incidents?severity=S7", session)) == "bad_parameter");

  CHECK(client.send("DELETE", "/api/session", with_cookie(signed_in, {{"X-Huxin", "1"}})).status ==
        204);
  CHECK(client.send("GET", "/api/session", session).status == 401);
}

TEST_CASE("Calls that no room answers are counted, what a room does not find is not") {
  test::Bench bench;
  auto client = bench.browser();
  CHECK(client.send("GET", "/api/nowhere").status == 404);
  CHECK(client.send("GET", "/api/nowhere").status == 404);
  CHECK(client.send("PUT", "/api/session").status == 405);
  test::SignedIn officer(bench, "li.wei", "officer");
  CHECK(officer.refused("GET", "/incidents/" + std::string(32, '0')) == "404 not_found");
  bench.collector->tick();
  std::map<std::string, std::uint64_t> counted;
  for (const store::Counter& counter : bench.state.store->counters().value())
    if (counter.what == "console_refused") counted[counter.detail] = counter.count;
  CHECK(counted ==
        std::map<std::string, std::uint64_t>{{"404 /api/nowhere", 2}, {"405 /api/session", 1}});
}

TEST_CASE("Every answer carries the headers that protect a browser") {
  test::Bench bench;
  auto client = bench.browser();
  for (const char* target : {"/", "/api/session", "/api/nothing"}) {
    const test::Reply reply = client.send("GET", target);
    CHECK(reply.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
    CHECK(reply.header("X-Content-Type-Options") == "nosniff");
    CHECK_FALSE(reply.header("Strict-Transport-Security").empty());
  }
  CHECK(client.send("GET", "/api/session").header("Cache-Control") == "no-store");
}

TEST_CASE(
    "Everything is refused without a session, and what changes something without the header too") {
  test::Bench bench;
  add_user(bench, "li.wei", "officer");
  auto client = bench.browser();
  for (const auto& route : bench.collector->console_routes()) {
    if (route.access.kind == api::Access::Kind::kPublic) continue;
    INFO(route.method << " " << route.path);
    const test::Reply reply = client.send(std::string(route.method),
                                          "/api" + std::string(route.path), {{"X-Huxin", "1"}});
    CHECK(reply.status == 401);
  }
  CHECK(code_of(client.send("POST", "/api/session", {{"Content-Type", "application/json"}},
                            credentials("li.wei", kPassword))) == "csrf");
  const test::Reply signed_in = sign_in(client, "li.wei");
  CHECK(code_of(client.send("DELETE", "/api/session", with_cookie(signed_in))) == "csrf");
  test::Headers twice = with_cookie(signed_in);
  twice.back().second += "; huxin_session=" + std::string(64, 'a');
  CHECK(client.send("GET", "/api/session", twice).status == 401);
  CHECK(client.send("PUT", "/api/session").status == 405);
  CHECK(client.send("PUT", "/api/session").header("Allow").contains("DELETE"));
}

TEST_CASE("An administrator sees terminals but no incidents") {
  test::Bench bench;
  add_user(bench, "admin", "system_admin");
  auto client = bench.browser();
  const test::Headers session = with_cookie(sign_in(client, "admin"));
  CHECK(client.send("GET", "/api/terminals", session).status == 200);
  CHECK(code_of(client.send("GET", "/api/incidents", session)) == "forbidden");
  CHECK(code_of(client.send("GET", "/api/incidents/" + std::string(32, '0'), session)) ==
        "forbidden");
}

TEST_CASE("A first password must be changed before anything else, and ends other sessions") {
  test::Bench bench;
  add_user(bench, "li.wei", "officer", true);
  auto client = bench.browser();
  const test::Headers other = with_cookie(sign_in(client, "li.wei"));
  const test::Reply signed_in = sign_in(client, "li.wei", kPassword, 1);
  CHECK(json::parse(signed_in.body).at("must_change") == true);
  CHECK(code_of(client.send("GET", "/api/incidents", with_cookie(signed_in))) ==
        "password_change_required");
  const auto change = [&](std::string_view old_password, std::string_view new_password) {
    return client.send("POST", "/api/session/password", with_cookie(signed_in, kJson),
                       json::serialize(json::value{{"old", std::string(old_password)},
                                                   {"new", std::string(new_password)}}));
  };
  CHECK(code_of(change(kPassword, "short")) == "password_too_short");
  CHECK(code_of(change(kPassword, kPassword)) == "password_unchanged");
  CHECK(code_of(change(kPassword, "li.wei is my name")) == "password_is_name");
  CHECK(code_of(change("wrong", "quite another one")) == "wrong_password");
  const test::Reply changed = change(kPassword, "quite another one");
  REQUIRE(changed.status == 200);
  CHECK(client.send("GET", "/api/incidents", with_cookie(changed)).status == 200);
  CHECK(client.send("GET", "/api/session", other).status == 401);
  CHECK(client.send("GET", "/api/session", with_cookie(signed_in)).status == 401);
}

TEST_CASE("Guessing is throttled, and who does not exist looks like who guesses wrong") {
  test::Bench bench;
  add_user(bench, "li.wei", "officer");
  auto client = bench.browser();
  const test::Reply nobody = sign_in(client, "nobody");
  const test::Reply wrong = sign_in(client, "li.wei", "wrong");
  CHECK(nobody.status == 401);
  CHECK(nobody.body == wrong.body);
  test::Reply last;
  for (int i = 0; i < 6; ++i) last = sign_in(client, "li.wei", "wrong");
  CHECK(last.status == 429);
  CHECK_FALSE(last.header("Retry-After").empty());
  CHECK(sign_in(client, "li.wei").status == 429);
}

TEST_CASE("A disabled user is out at once") {
  test::Bench bench;
  add_user(bench, "li.wei", "officer");
  auto client = bench.browser();
  const test::Headers session = with_cookie(sign_in(client, "li.wei"));
  store::User user = bench.state.store->user("li.wei")->value();
  user.disabled = true;
  REQUIRE(bench.state.store->save_user(user));
  CHECK(client.send("GET", "/api/session", session).status == 401);
  CHECK(sign_in(client, "li.wei").status == 401);
}

TEST_CASE("Bodies that are not what is asked for are refused by name") {
  test::Bench bench;
  auto client = bench.browser();
  struct Row {
    const char* body;
    const char* why;
  };
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  for (const Row& row :
       {Row{"", "nothing"}, Row{"{", "cut off"}, Row{"[]", "no object"},
        Row{R"({"user":"a"})", "no password"}, Row{R"({"user":1,"password":"b"})", "a number"},
        Row{R"({"user":"a","password":"b","role":"admin"})", "one member too many"},
        Row{R"({"user":"","password":"b"})", "empty"}, Row{deep.c_str(), "too deep"}}) {
    INFO(row.why);
    CHECK(code_of(client.send("POST", "/api/session", kJson, row.body)) == "bad_json");
  }
  CHECK(
      client.send("POST", "/api/session", {{"X-Huxin", "1"}, {"Content-Type", "text/plain"}}, "{}")
          .status == 415);
  auto big = bench.browser();
  CHECK(big.raw("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 600000\r\n\r\n")
            .contains("413"));
}

}  // namespace
}  // namespace huxin
