#pragma once
#include "collector/api/route.hpp"
#include "policy/base/secret.hpp"

namespace huxin::api {

/// Orders to terminals: drafting, approving, cancelling, what came of them. What is about
/// anti-money-laundering is not there for who may not see it. Thread-safe.
class OrderRoutes {
 public:
  /// Asks somebody with a session to prove again who they are, by password and the code of
  /// the moment; a refusal when they do not.
  using Confirm = std::function<std::optional<http::Response>(
      const Call& call, std::string_view password, std::string_view code)>;
  /// Loads the key that signs orders; it stays in memory for one signature. Called on a pool
  /// thread; what it fails with is told as 503.
  using Key = std::function<Result<Secret>()>;

  OrderRoutes(Desk desk, Confirm confirm, Key key)
      : desk_(desk), confirm_(std::move(confirm)), key_(std::move(key)) {}
  std::vector<Route> routes();

 private:
  /// Newest first, by the filters of store::OrderFilter; an unknown one is 400.
  http::Response list(const Call& call);
  http::Response get(const Call& call);
  /// The caller is its executor; the terminal and the incident must be there, for this caller.
  http::Response draft(const Call& call);
  /// Password and code are asked for again; a destruction needs another person than its executor.
  http::Response approve(const Call& call);
  http::Response cancel(const Call& call);
  /// As the terminal sent it, as a file; 404 without one.
  http::Response certificate(const Call& call);

  /// The order that the path names; absent also for who may not see it.
  Result<std::optional<store::Order>> find(const Call& call);
  /// Why this caller may not approve an order; nullopt: they may.
  std::optional<http::Response> bar(const store::Order& order, const Call& call);
  /// The same by what the store says of both people now.
  std::optional<http::Response> bar_again(const store::Order& order, const Call& call);
  Status tell_to_stop(const store::Order& order, const Call& call, const std::string& reason);
  /// The key is loaded, used once and wiped; the signed bytes are what is sent.
  http::Response sign_and_keep(const store::Order& order, const Call& call);
  /// The order as it stands now, with its history.
  http::Response shown(const Call& call, const std::string& id, unsigned status);

  Desk desk_;
  Confirm confirm_;
  Key key_;
};

}  // namespace huxin::api
