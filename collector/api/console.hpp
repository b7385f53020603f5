#pragma once
#include <memory>

#include "collector/api/account_routes.hpp"
#include "collector/api/assess_branches.hpp"
#include "collector/api/assess_inspections.hpp"
#include "collector/api/assess_ledger.hpp"
#include "collector/api/assess_scores.hpp"
#include "collector/api/assets.hpp"
#include "collector/api/audit_routes.hpp"
#include "collector/api/case_routes.hpp"
#include "collector/api/customer_list_routes.hpp"
#include "collector/api/evidence_routes.hpp"
#include "collector/api/order_routes.hpp"
#include "collector/api/review_routes.hpp"
#include "collector/api/session_routes.hpp"
#include "collector/api/terminal_routes.hpp"
#include "collector/api/trail.hpp"

namespace huxin::api {

/// What the console asks (openapi.yaml), and the console itself. Everything that no room has a
/// route for is refused, and so is everything that its route does not admit. The user is looked up
/// in the store at each call, so that disabling one, or a new password, bites at once.
/// Thread-safe; blocking.
/// In this order: a path and method that a route has (404, 405), a session (401), the header
/// X-Huxin: 1 on everything but GET (403 `csrf`: another origin's page cannot send it), one's own
/// password and one-time codes (403), a role (403), the trail to the audit log (503), then the
/// route. Answers carry the security headers; every 403 and 429 is counted.
class Console {
 public:
  /// What is borrowed outlives the console; functions are called on pool threads, many at once.
  struct Parts {
    store::Store& store;
    std::shared_ptr<const catalog::Catalog> catalog;
    const Clock& clock;
    http::Tally& tally;
    Assets assets;
    OrderRoutes::Key order_key = {};  ///< the key that signs orders, loaded when one is approved
    CustomerListRoutes::Keeper lists = {};
    PasswordCost password_cost = {};  ///< of the passwords it hashes
  };

  explicit Console(Parts parts);
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Never throws for what a request holds. What is not below /api is a file of the console.
  http::Response handle(const http::Request& request);
  /// How large a body may be that follows this header: what its route takes from somebody whom it
  /// admits, else no more than usual. Does not block.
  std::size_t body_limit(const http::Request& head);
  /// Writes down what was counted (see Trail::settle).
  void settle(bool all = false) { trail_.settle(all); }
  /// All rooms together; they live as long as the console.
  const std::vector<Route>& routes() const { return routes_; }

 private:
  http::Response dispatch(const http::Request& request);
  http::Response enter(const Route& route, const http::Request& request,
                       std::vector<std::string> parameters);
  /// Finds out who calls; a refusal when nobody does.
  std::optional<http::Response> identify(const Route& route, Call& call);
  /// Why somebody with a session may not make a call; nullopt: they may.
  std::optional<http::Response> bar(const Route& route, const Call& call) const;

  Desk desk_;
  Trail trail_;
  Assets assets_;
  Sessions sessions_;
  PasswordHasher passwords_;
  SessionRoutes session_routes_;
  AccountRoutes account_routes_;
  AuditRoutes audit_routes_;
  ReviewRoutes review_routes_;
  CaseRoutes case_routes_;
  EvidenceRoutes evidence_routes_;
  OrderRoutes order_routes_;
  BranchRoutes branch_routes_;
  ScoreRoutes score_routes_;
  InspectionRoutes inspection_routes_;
  LedgerRoutes ledger_routes_;
  TerminalRoutes terminal_routes_;
  CustomerListRoutes customer_list_routes_;
  std::vector<Route> routes_;
};

}  // namespace huxin::api
