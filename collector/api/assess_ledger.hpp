#pragma once
#include <boost/json/value.hpp>

#include "collector/api/assess_office.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// The rectification ledger, and deductions and vetoes that people enter. Thread-safe.
class LedgerRoutes {
 public:
  explicit LedgerRoutes(Desk desk) : desk_(desk), office_(desk.store, desk.clock) {}
  std::vector<Route> routes();

 private:
  http::Response rectifications(const Call& call);
  http::Response assign(const Call& call);
  http::Response report(const Call& call);
  http::Response recheck(const Call& call);
  http::Response note(const Call& call, std::string_view kind, const std::string& text,
                      const boost::json::value& evidence);
  http::Response marks(const Call& call);
  http::Response add_mark(const Call& call);
  http::Response withdraw(const Call& call);

  Desk desk_;
  Office office_;
};

}  // namespace huxin::api
