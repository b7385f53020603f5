#pragma once
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <string>

#include "collector/api/console.hpp"
#include "collector/api/error.hpp"
#include "tests/collector/support/people.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::test {

/// A console without a listener: its calls are made in memory, by a clock of its own.
struct DeskConsole {
  TempDir folder;
  FakeClock clock{Time(std::chrono::hours(24 * 365 * 56))};
  http::Tally tally;
  std::unique_ptr<store::Store> store =
      store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 'k'))).value();
  api::Console console{{.store = *store,
                        .catalog = catalog::Catalog::builtin(),
                        .clock = clock,
                        .tally = tally,
                        .assets = api::Assets::missing(),
                        .password_cost = kLightCost}};

  http::Response call(const std::string& method, const std::string& target,
                      const std::string& cookie = {}, const boost::json::value& body = nullptr,
                      bool with_header = true) {
    http::Request request;
    request.method = method;
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = "/api" + target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    request.headers = {{"content-type", "application/json"}, {"cookie", cookie}};
    if (with_header) request.headers.emplace_back("x-huxin", "1");
    if (!body.is_null()) request.body = boost::json::serialize(body);
    request.peer.address = "10.0.0.9";
    return console.handle(request);
  }
  static std::string cookie_of(const http::Response& response) {
    for (const auto& [name, value] : response.headers)
      if (name == "Set-Cookie") return value.substr(0, value.find(';'));
    return {};
  }
  http::Response sign_in(const std::string& name, const std::string& code,
                         std::string_view password = kPassword) {
    return call("POST", "/session", {},
                {{"user", name}, {"password", std::string(password)}, {"code", code}});
  }
  /// Adds an account, signs it in, and returns its cookie.
  std::string enter(const std::string& name, store::Roles roles) {
    store::User user = make_user(name, roles);
    if (roles.has(store::Role::kInspector)) user.ends = clock.now() + std::chrono::hours(10);
    store->save_user(user).value();
    return enter_again(name);
  }
  /// Signs in once more, half a minute later.
  std::string enter_again(const std::string& name) {
    clock.advance(std::chrono::seconds(30));
    const std::string cookie = cookie_of(sign_in(name, code_at(clock.now())));
    if (cookie.empty()) throw std::runtime_error("sign in");
    return cookie;
  }
  std::string code_of(const http::Response& response) { return api::error_code_of(response); }
  /// The newest entry of the audit log.
  store::AuditAct last_act() { return store->audit().page({.limit = 1})->entries.at(0).act; }
};

inline boost::json::value json_of(const http::Response& response) {
  return boost::json::parse(response.body);
}

}  // namespace huxin::test
