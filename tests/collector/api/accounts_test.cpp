#include <catch2/catch_test_macros.hpp>

#include "tests/collector/support/desk_console.hpp"

namespace huxin {
namespace {

namespace json = boost::json;
using test::json_of;
using enum store::Role;

json::value roles_body(std::initializer_list<const char*> names, const char* ends = nullptr) {
  json::array roles;
  for (const char* name : names) roles.emplace_back(name);
  return {{"roles", std::move(roles)}, {"ends", ends == nullptr ? json::value() : ends}};
}

TEST_CASE("One administrator makes an account, another says what it may do") {
  test::DeskConsole desk;
  const std::string system = desk.enter("sys", {kSystemAdmin});
  const std::string security = desk.enter("sec", {kSecurityAdmin});
  const auto added = desk.call("POST", "/users", system, {{"name", "li.wei"}});
  REQUIRE(added.status == 201);
  CHECK(json_of(added).at("user").at("roles") == json::array{});
  CHECK(desk.code_of(desk.call("POST", "/users", system, {{"name", "li.wei"}})) == "user_exists");
  const std::string password(json_of(added).at("one_time_password").as_string());
  const std::string cookie = test::DeskConsole::cookie_of(desk.sign_in("li.wei", "", password));
  CHECK_FALSE(cookie.empty());
  // The secret is nowhere in the log.
  for (const auto& entry : desk.store->audit().page({})->entries)
    CHECK_FALSE(entry.act.detail.contains(password));

  const auto given =
      desk.call("PUT", "/users/li.wei/roles", security, roles_body({"officer", "compliance"}));
  REQUIRE(given.status == 200);
  CHECK(json_of(given).at("roles") == json::array{"officer", "compliance"});
  CHECK(desk.last_act().detail == "roles - → officer,compliance");
  CHECK(desk.code_of(desk.call("PUT", "/users/li.wei/roles", system, roles_body({}))) ==
        "forbidden");
  CHECK(desk.code_of(desk.call("POST", "/users", security, {{"name", "x"}})) == "forbidden");
  CHECK(desk.code_of(desk.call("DELETE", "/users/li.wei/totp", system)) == "forbidden");
}

TEST_CASE("Roles that exclude each other are refused, and so are ones without their end") {
  test::DeskConsole desk;
  const std::string security = desk.enter("sec", {kSecurityAdmin});
  desk.enter("li.wei", {kOfficer});
  struct Row {
    json::value body;
    const char* code;
    const char* why;
  };
  for (const Row& row : {
           Row{roles_body({"system_admin", "security_admin"}), "roles_exclude", "two of the three"},
           Row{roles_body({"auditor", "officer"}), "roles_exclude", "an auditor does nothing else"},
           Row{roles_body({"inspector", "officer"}, "2027-01-01T00:00:00Z"), "roles_exclude",
               "an inspector does nothing else"},
           Row{roles_body({"inspector"}), "end_required", "an inspector ends"},
           Row{roles_body({"king"}), "bad_json", "no role"},
           Row{{{"roles", "officer"}}, "bad_json", "no list"},
           Row{{{"roles", json::array{1}}}, "bad_json", "no name"},
           Row{json::object{}, "bad_json", "nothing"},
           Row{{{"roles", json::array{}}, {"name", "x"}}, "bad_json", "one member too many"},
           Row{{{"roles", json::array{}}, {"ends", "tomorrow"}}, "bad_json", "no time"},
       }) {
    INFO(row.why);
    CHECK(desk.code_of(desk.call("PUT", "/users/li.wei/roles", security, row.body)) == row.code);
    CHECK(desk.store->user("li.wei").value()->roles == store::Roles{kOfficer});
  }
  CHECK(desk.call("PUT", "/users/nobody/roles", security, roles_body({})).status == 404);
}

TEST_CASE("An end that is taken from an account is written down") {
  test::DeskConsole desk;
  const std::string system = desk.enter("sys", {kSystemAdmin});
  const std::string security = desk.enter("sec", {kSecurityAdmin});
  REQUIRE(desk.call("POST", "/users", system, {{"name", "temp"}, {"ends", "2026-06-30T16:00:00Z"}})
              .status == 201);
  REQUIRE(
      desk.call("PUT", "/users/temp/roles", security, {{"roles", json::array{"officer"}}}).status ==
      200);
  CHECK(desk.last_act().detail.contains("no end"));
}

TEST_CASE("Nobody changes their own account") {
  test::DeskConsole desk;
  const std::string system = desk.enter("sys", {kSystemAdmin});
  const std::string security = desk.enter("sec", {kSecurityAdmin});
  CHECK(desk.code_of(desk.call("PUT", "/users/sec/roles", security, roles_body({"officer"}))) ==
        "own_account");
  CHECK(desk.code_of(desk.call("PUT", "/users/s%65c/roles", security, roles_body({"officer"}))) ==
        "own_account");
  CHECK(desk.code_of(desk.call("DELETE", "/users/sec/totp", security)) == "own_account");
  CHECK(desk.code_of(desk.call("POST", "/users/sys/password", system)) == "own_account");
  CHECK(desk.code_of(desk.call("PUT", "/users/sys/disabled", system, {{"disabled", true}})) ==
        "own_account");
}

TEST_CASE("A role that is taken away bites with the next call of a session that goes on") {
  test::DeskConsole desk;
  const std::string security = desk.enter("sec", {kSecurityAdmin});
  const std::string cookie = desk.enter("li.wei", {kOfficer, kCompliance});
  CHECK(desk.call("GET", "/incidents", cookie).status == 200);
  REQUIRE(desk.call("PUT", "/users/li.wei/roles", security, roles_body({"compliance"})).status ==
          200);
  CHECK(desk.code_of(desk.call("GET", "/incidents", cookie)) == "forbidden");
  CHECK(desk.call("GET", "/terminals", cookie).status == 200);
  // Changing one's password meanwhile does not bring it back.
  const auto changed = desk.call("POST", "/session/password", cookie,
                                 {{"old", test::kPassword.data()}, {"new", "quite another one"}});
  REQUIRE(changed.status == 200);
  CHECK(json_of(changed).at("roles") == json::array{"compliance"});
  CHECK(desk.call("GET", "/incidents", test::DeskConsole::cookie_of(changed)).status == 403);
}

TEST_CASE("Disabling, a new password and a forgotten authenticator each end every session") {
  test::DeskConsole desk;
  const std::string system = desk.enter("sys", {kSystemAdmin});
  const std::string security = desk.enter("sec", {kSecurityAdmin});
  std::string cookie = desk.enter("li.wei", {kOfficer});
  REQUIRE(desk.call("DELETE", "/users/li.wei/totp", security).status == 200);
  CHECK(desk.call("GET", "/session", cookie).status == 401);
  desk.store->save_user(test::make_user("li.wei", {kOfficer})).value();
  cookie = desk.enter_again("li.wei");
  REQUIRE(desk.call("PUT", "/users/li.wei/disabled", system, {{"disabled", true}}).status == 200);
  CHECK(desk.call("GET", "/session", cookie).status == 401);
  REQUIRE(desk.call("PUT", "/users/li.wei/disabled", system, {{"disabled", false}}).status == 200);
  cookie = desk.enter_again("li.wei");
  const auto reset = desk.call("POST", "/users/li.wei/password", system);
  REQUIRE(reset.status == 200);
  CHECK(desk.call("GET", "/session", cookie).status == 401);
  const std::string password(json_of(reset).at("one_time_password").as_string());
  desk.clock.advance(std::chrono::seconds(30));
  const auto again = desk.sign_in("li.wei", test::code_at(desk.clock.now()), password);
  CHECK(json_of(again).at("must_change") == true);
}

TEST_CASE("Names of accounts are plain") {
  test::DeskConsole desk;
  const std::string system = desk.enter("sys", {kSystemAdmin});
  for (const char* name : {"a b", "a\tb", "a/b", "a?b", "a#b", "a%b"})
    CHECK(desk.code_of(desk.call("POST", "/users", system, {{"name", name}})) == "bad_user_name");
  CHECK(desk.code_of(desk.call("POST", "/users", system, {{"name", std::string(65, 'a')}})) ==
        "bad_user_name");
  CHECK(desk.call("POST", "/users", system, {{"name", "李雷"}}).status == 201);
  // One that looks like it would be given the roles that are meant for the other.
  constexpr std::pair<const char*, const char*> kLookalikes[]{
      {"李\u200b雷", "a blank of no width"},
      {"李雷\u00a0", "a blank that does not break"},
      {"李\ufe00雷", "a variation selector"},
      {"\uf9e1雷", "a compatibility ideograph, the same character elsewhere"},
      {"\u202eiew.il", "letters turned around"},
      {"l\u0456.wei", "a Cyrillic letter among Latin ones"},
      {"ｌｉ．ｗｅｉ", "wide letters"},
      {"li.we\u0131\u0307", "a mark that stands on another letter"},
  };
  for (const auto& [name, why] : kLookalikes) {
    CAPTURE(why);
    CHECK(desk.code_of(desk.call("POST", "/users", system, {{"name", name}})) == "bad_user_name");
  }
  for (const char* name : {"li.wei", "li-wei_2@bank", "〇一二", "阿卜杜拉·买买提"})
    CHECK(desk.call("POST", "/users", system, {{"name", name}}).status == 201);
  CHECK(desk.call("POST", "/users/%E6%9D%8E%E9%9B%B7/password", system).status == 200);
}

TEST_CASE("The auditor reads the log, page by page, and whether it is whole") {
  test::DeskConsole desk;
  const std::string auditor = desk.enter("audit", {kAuditor});
  const std::string officer = desk.enter("li.wei", {kOfficer});
  for (int i = 0; i < 5; ++i) {
    desk.call("GET", "/users", officer);
    desk.clock.advance(std::chrono::minutes(1));  // within one, they would be one entry
  }
  const auto page = json_of(desk.call("GET", "/audit?who=li.wei&refused=true&limit=2", auditor));
  CHECK(page.at("total") == 5);
  CHECK(page.at("entries").as_array().size() == 2);
  CHECK(page.at("entries").at(0).at("what") == "GET /users");
  CHECK(desk.code_of(desk.call("GET", "/audit?limit=501", auditor)) == "bad_parameter");
  CHECK(desk.code_of(desk.call("GET", "/audit?nonsense=1", auditor)) == "bad_parameter");
  const auto chain = json_of(desk.call("GET", "/audit/chain", auditor));
  CHECK(chain.at("whole") == true);
  CHECK(chain.at("entries") == chain.at("last"));
  CHECK(json_of(desk.call("GET", "/verification", auditor)).at("whole") == true);
  CHECK(desk.last_act().what == "GET /verification");
  CHECK(desk.call("GET", "/incidents", auditor).status == 403);
}

TEST_CASE("Two changes to one account at once lose neither") {
  test::DeskConsole desk;
  desk.store->save_user(test::make_user("li.wei", {})).value();
  const auto changed = desk.store->change_user("li.wei", [](store::User& user) -> Status {
    user.disabled = true;
    return fail(Errc::kDenied, "no");
  });
  CHECK(changed.error().code == Errc::kDenied);
  CHECK_FALSE(desk.store->user("li.wei").value()->disabled);
  CHECK(desk.store->change_user("nobody", [](store::User&) -> Status { return {}; }).error().code ==
        Errc::kNotFound);
  CHECK(desk.store->add_user(test::make_user("li.wei", {})).error().code == Errc::kExists);
}

}  // namespace
}  // namespace huxin
