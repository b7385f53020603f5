#pragma once
#include "collector/api/route.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::api {

/// Incidents and what is needed to read them. Thread-safe. GET only. Everything is for the caller's
/// audience: an incident that is not is 404, and is in no count either.
class ReviewRoutes {
 public:
  ReviewRoutes(Desk desk, std::shared_ptr<const catalog::Catalog> catalog)
      : desk_(desk), catalog_(std::move(catalog)) {}
  std::vector<Route> routes();

 private:
  http::Response list_incidents(const Call& call);
  http::Response get_incident(const Call& call);
  /// Elements and their names, for any role.
  http::Response get_catalog(const Call& call);
  http::Response get_summary(const Call& call);

  Desk desk_;
  std::shared_ptr<const catalog::Catalog> catalog_;
};

}  // namespace huxin::api
