#pragma once
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <memory>
#include <string>

#include "collector/api/console.hpp"
#include "tests/collector/support/people.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::test {

/// The console's calls, made in memory: its store in a folder of its own, a clock that stands
/// still, and accounts that are signed in.
struct ConsoleBench {
  TempDir folder;
  FakeClock clock;
  http::Tally tally;
  std::unique_ptr<store::Store> store =
      store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 'k'))).value();
  api::Console console{{.store = *store,
                        .catalog = catalog::Catalog::builtin(),
                        .clock = clock,
                        .tally = tally,
                        .assets = api::Assets::missing(),
                        .password_cost = kLightCost}};

  explicit ConsoleBench(Time now) : clock(now) {}

  /// Makes an account and signs it in; the cookie for call().
  std::string sign_in(const std::string& name, store::Roles roles) {
    store->save_user(make_user(name, roles)).value();
    const http::Response reply = send(
        "POST", "/session", {},
        {{"user", name}, {"password", std::string(kPassword)}, {"code", code_at(clock.now())}});
    for (const auto& [header, value] : reply.headers) {
      if (header == "Set-Cookie") return value.substr(0, value.find(';'));
    }
    return {};
  }

  http::Response send(const std::string& method, const std::string& target,
                      const std::string& cookie, const boost::json::value& body = nullptr) {
    return post(method, target, cookie, "application/json",
                body.is_null() ? std::string{} : boost::json::serialize(body));
  }

  /// The same with a body of any type.
  http::Response post(const std::string& method, const std::string& target,
                      const std::string& cookie, const std::string& type, std::string body) {
    http::Request request;
    request.method = method;
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = "/api" + target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    request.headers = {{"x-huxin", "1"}, {"content-type", type}, {"cookie", cookie}};
    request.body = std::move(body);
    request.peer.address = "127.0.0.1";
    return console.handle(request);
  }
};

inline boost::json::value json_of(const http::Response& response) {
  return boost::json::parse(response.body);
}

}  // namespace huxin::test
