#pragma once
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <catch2/catch_test_macros.hpp>
#include <stdexcept>

#include "tests/collector/support/bench.hpp"
#include "tests/collector/support/people.hpp"

namespace huxin::test {

/// Somebody with an account, signed in at a bench's console over a connection of their own.
class SignedIn {
 public:
  /// `ahead` as in code_at(): another step for each further sign-in of one account.
  SignedIn(Bench& bench, const std::string& name, std::string_view roles, int ahead = 0)
      : client_(bench.browser()) {
    if (!bench.state.store->save_user(make_user(name, *store::roles_from(roles))))
      throw std::runtime_error("user");
    const boost::json::value credentials{{"user", name},
                                         {"password", std::string(kPassword)},
                                         {"code", code_at(bench.clock.now(), ahead)}};
    const Reply reply = client_.send("POST", "/api/session",
                                     {{"X-Huxin", "1"}, {"Content-Type", "application/json"}},
                                     boost::json::serialize(credentials));
    if (reply.status != 200) throw std::runtime_error("sign in: " + reply.body);
    const std::string cookie = reply.header("Set-Cookie");
    cookie_ = cookie.substr(0, cookie.find(';'));
  }

  /// Calls below /api; a null body is none.
  Reply call(const std::string& method, const std::string& path,
             const boost::json::value& body = nullptr) {
    Headers headers{{"X-Huxin", "1"}, {"Cookie", cookie_}};
    if (!body.is_null()) headers.emplace_back("Content-Type", "application/json");
    return client_.send(method, "/api" + path, headers,
                        body.is_null() ? std::string{} : boost::json::serialize(body));
  }
  /// The body of an answer that must have this status.
  boost::json::value send(const std::string& method, const std::string& path,
                          const boost::json::value& body = nullptr, int status = 200) {
    const Reply reply = call(method, path, body);
    INFO(method << " " << path << ": " << reply.body);
    REQUIRE(reply.status == status);
    return reply.body.empty() ? boost::json::value(nullptr) : boost::json::parse(reply.body);
  }
  /// "409 conflict": how a call is refused.
  std::string refused(const std::string& method, const std::string& path,
                      const boost::json::value& body = nullptr) {
    const Reply reply = call(method, path, body);
    if (reply.status < 400) return fmt::format("{}", reply.status);
    const boost::json::value parsed = boost::json::parse(reply.body);
    return fmt::format("{} {}", reply.status,
                       std::string(parsed.at("error").at("code").as_string()));
  }

 private:
  HttpsClient client_;
  std::string cookie_;
};

}  // namespace huxin::test
