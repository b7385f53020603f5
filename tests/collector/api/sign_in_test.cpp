#include <catch2/catch_test_macros.hpp>

#include "tests/collector/support/desk_console.hpp"

namespace huxin {
namespace {

using test::code_at;
using test::json_of;
using enum store::Role;

TEST_CASE("Signing in is password, then one-time code, and neither is enough") {
  test::DeskConsole desk;
  desk.store->save_user(test::make_user("li.wei", {kOfficer})).value();
  const std::string code = code_at(desk.clock.now());
  CHECK(desk.code_of(desk.sign_in("li.wei", "", "a wrong one")) == "bad_credentials");
  CHECK(desk.code_of(desk.sign_in("li.wei", code, "a wrong one")) == "bad_credentials");
  const auto half = desk.sign_in("li.wei", "");
  CHECK(desk.code_of(half) == "totp_required");
  CHECK(test::DeskConsole::cookie_of(half).empty());
  CHECK(desk.code_of(desk.sign_in("li.wei", "000000")) == "wrong_code");
  CHECK(desk.last_act().result == "refused: wrong_code");
  CHECK(desk.sign_in("li.wei", code).status == 200);
  CHECK(desk.last_act().result == "done");
  CHECK(desk.last_act().who == "li.wei");
}

TEST_CASE("A code that was used does not work again, nor does one before it") {
  test::DeskConsole desk;
  desk.store->save_user(test::make_user("li.wei", {kOfficer})).value();
  const Time now = desk.clock.now();
  CHECK(desk.sign_in("li.wei", code_at(now)).status == 200);
  CHECK(desk.code_of(desk.sign_in("li.wei", code_at(now))) == "wrong_code");
  CHECK(desk.code_of(desk.sign_in("li.wei", code_at(now, -1))) == "wrong_code");
  CHECK(desk.sign_in("li.wei", code_at(now, 1)).status == 200);
  desk.clock.advance(std::chrono::seconds(30));
  CHECK(desk.code_of(desk.sign_in("li.wei", code_at(desk.clock.now()))) == "wrong_code");
  desk.clock.advance(std::chrono::seconds(30));
  CHECK(desk.sign_in("li.wei", code_at(desk.clock.now())).status == 200);
}

TEST_CASE("Guessing codes is throttled by name, from whatever address") {
  test::DeskConsole desk;
  desk.store->save_user(test::make_user("li.wei", {kOfficer})).value();
  http::Response last;
  for (int i = 0; i < 5; ++i) last = desk.sign_in("li.wei", "000000");
  CHECK(desk.code_of(last) == "wrong_code");
  CHECK(desk.sign_in("li.wei", code_at(desk.clock.now())).status == 429);
}

TEST_CASE("Asking for the code costs no attempt, and forgives none") {
  test::DeskConsole desk;
  desk.store->save_user(test::make_user("li.wei", {kOfficer})).value();
  for (int i = 0; i < 30; ++i) CHECK(desk.code_of(desk.sign_in("li.wei", "")) == "totp_required");
  for (int i = 0; i < 4; ++i) desk.sign_in("li.wei", "", "a wrong one");
  desk.sign_in("li.wei", "");
  desk.sign_in("li.wei", "", "a wrong one");
  CHECK(desk.sign_in("li.wei", "").status == 429);
}

TEST_CASE("An account without an authenticator enrols one before anything else") {
  test::DeskConsole desk;
  store::User user = test::make_user("li.wei", {kOfficer});
  user.totp.clear();
  desk.store->save_user(user).value();
  const auto signed_in = desk.sign_in("li.wei", "");
  REQUIRE(signed_in.status == 200);
  CHECK(json_of(signed_in).at("must_enrol_totp") == true);
  const std::string cookie = test::DeskConsole::cookie_of(signed_in);
  const std::string other = test::DeskConsole::cookie_of(desk.sign_in("li.wei", ""));
  CHECK(desk.code_of(desk.call("GET", "/incidents", cookie)) == "totp_enrolment_required");
  CHECK(desk.code_of(desk.call("PUT", "/session/totp", cookie, {{"code", "123456"}})) ==
        "totp_not_begun");
  const auto begun = json_of(desk.call("POST", "/session/totp", cookie));
  CHECK(json_of(desk.call("POST", "/session/totp", cookie)) == begun);
  CHECK(json_of(desk.call("POST", "/session/totp", other)) != begun);
  CHECK(begun.at("uri").as_string().find(begun.at("secret").as_string()) != std::string::npos);
  CHECK(desk.code_of(desk.call("PUT", "/session/totp", cookie, {{"code", "000000"}})) ==
        "wrong_code");
  CHECK(desk.store->user("li.wei").value()->must_enrol_totp());

  // What an authenticator makes of the secret it was shown.
  Bytes secret;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : begun.at("secret").as_string()) {
    const auto value =
        static_cast<unsigned>(std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").find(c));
    bits = (bits << 5U) | value;
    if ((held += 5) >= 8) secret.push_back(static_cast<std::uint8_t>(bits >> (held -= 8)));
  }
  const std::string code = api::totp_code(secret, api::totp_step(desk.clock.now()));
  const auto enrolled = desk.call("PUT", "/session/totp", cookie, {{"code", code}});
  REQUIRE(enrolled.status == 200);
  CHECK(json_of(enrolled).at("must_enrol_totp") == false);
  const std::string fresh = test::DeskConsole::cookie_of(enrolled);
  CHECK(desk.call("GET", "/incidents", fresh).status == 200);
  for (const std::string& ended : {cookie, other})
    CHECK(desk.call("GET", "/session", ended).status == 401);
  CHECK(desk.code_of(desk.call("POST", "/session/totp", fresh)) == "totp_enrolled");
  // The code that confirmed it was used.
  CHECK(desk.code_of(desk.sign_in("li.wei", code)) == "wrong_code");
  CHECK(desk.code_of(desk.sign_in("li.wei", "")) == "totp_required");
}

TEST_CASE("An inspector is out when the account ends, in the middle of a session") {
  test::DeskConsole desk;
  const std::string cookie = desk.enter("outsider", {kInspector});
  for (int i = 0; i < 59; ++i) {
    REQUIRE(desk.call("GET", "/catalog", cookie).status == 200);
    desk.clock.advance(std::chrono::minutes(10));
  }
  CHECK(desk.call("GET", "/catalog", cookie).status == 200);
  desk.clock.advance(std::chrono::minutes(9));
  CHECK(desk.call("GET", "/catalog", cookie).status == 200);
  desk.clock.advance(std::chrono::seconds(30));
  CHECK(desk.call("GET", "/catalog", cookie).status == 401);
  CHECK(desk.last_act().result == "refused: unauthenticated");
  CHECK(desk.code_of(desk.sign_in("outsider", code_at(desk.clock.now()))) == "bad_credentials");
}

TEST_CASE("A refusal to somebody with a session is written down, a stranger's is not") {
  test::DeskConsole desk;
  const std::string cookie = desk.enter("li.wei", {kOfficer});
  CHECK(desk.call("GET", "/audit", cookie).status == 403);
  CHECK(desk.last_act().who == "li.wei");
  CHECK(desk.last_act().what == "GET /audit");
  CHECK(desk.last_act().result == "refused: forbidden");
  CHECK(desk.last_act().origin == "10.0.0.9");
  CHECK(desk.call("DELETE", "/session", cookie, nullptr, false).status == 403);
  CHECK(desk.last_act().result == "refused: csrf");
  const auto before = desk.store->audit().page({})->total;
  CHECK(desk.call("GET", "/audit").status == 401);
  CHECK(desk.call("GET", "/incidents", cookie).status == 200);
  CHECK(desk.store->audit().page({})->total == before);
}

TEST_CASE("A name that nobody has is not written down: it may be a password") {
  test::DeskConsole desk;
  desk.sign_in("my secret password", "");
  CHECK(desk.last_act().who == "(unknown user)");
}

}  // namespace
}  // namespace huxin
