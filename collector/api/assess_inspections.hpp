#pragma once
#include "collector/api/assess_office.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// On-site inspections: planned and assigned by compliance, answered by whom they are assigned to.
/// An external inspector sees the inspections assigned to the account, and no others (404).
/// Thread-safe.
class InspectionRoutes {
 public:
  explicit InspectionRoutes(Desk desk) : desk_(desk), office_(desk.store, desk.clock) {}
  std::vector<Route> routes();

 private:
  using Found = std::expected<assess::Inspection, http::Response>;

  http::Response list_items(const Call& call);
  http::Response list(const Call& call);
  http::Response plan(const Call& call);
  http::Response show(const Call& call);
  http::Response assign(const Call& call);
  http::Response answer(const Call& call);
  http::Response correct(const Call& call);
  http::Response submit(const Call& call);

  /// The inspection of the path, if this account may see it.
  Found inspection_of(const Call& call);
  /// Why an account cannot be assigned; nullopt: it can.
  std::optional<http::Response> assignee_fault(const std::string& name);
  http::Response add_entry(const Call& call, bool correction);

  Desk desk_;
  Office office_;
};

}  // namespace huxin::api
