#pragma once
#include <boost/json/value.hpp>

#include "collector/api/assess_office.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// The rectification ledger, and deductions and vetoes that people enter. Thread-safe. All of it is
/// compliance's alone. A month that is closed keeps its score whatever is entered here later.
/// Evidence is a list of references, at most 50; see assess::Evidence.
class LedgerRoutes {
 public:
  explicit LedgerRoutes(Desk desk) : desk_(desk), office_(desk.store, desk.clock) {}
  std::vector<Route> routes();

 private:
  http::Response rectifications(const Call& call);
  /// Owner and due day of an open one; 409 `closed`.
  http::Response assign(const Call& call);
  /// Says that it was put right; a re-check decides.
  http::Response report(const Call& call);
  /// Closes what passed, opens again what failed.
  http::Response recheck(const Call& call);
  http::Response note(const Call& call, std::string_view kind, const std::string& text,
                      const boost::json::value& evidence);
  /// With the kinds that may be entered by hand.
  http::Response marks(const Call& call);
  /// For a month that is open (409 `closed`).
  http::Response add_mark(const Call& call);
  /// An entry of its own, with a reason; 404 for one that does not stand.
  http::Response withdraw(const Call& call);

  Desk desk_;
  Office office_;
};

}  // namespace huxin::api
