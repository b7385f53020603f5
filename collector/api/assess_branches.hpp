#pragma once
#include "collector/api/route.hpp"

namespace huxin::api {

/// The branch tree and the staff list. Thread-safe.
class BranchRoutes {
 public:
  explicit BranchRoutes(Desk desk) : desk_(desk) {}
  std::vector<Route> routes();

 private:
  http::Response list_branches(const Call& call);
  http::Response import_branches(const Call& call);
  http::Response list_staff(const Call& call);
  http::Response import_staff(const Call& call);

  Desk desk_;
};

}  // namespace huxin::api
