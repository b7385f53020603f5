#pragma once
#include "collector/api/route.hpp"

namespace huxin::api {

/// The branch tree and the staff list. Thread-safe. Both are imported as tables, whole: what is not
/// in the table goes, unless something still refers to it (409 `in_use`). Names of staff are shown
/// masked.
class BranchRoutes {
 public:
  explicit BranchRoutes(Desk desk) : desk_(desk) {}
  std::vector<Route> routes();

 private:
  /// With the number of staff employed today and of terminals, and the terminals of no known
  /// branch.
  http::Response list_branches(const Call& call);
  /// The table comes in base64url, at most 60,000 characters of it; faults name line and column.
  http::Response import_branches(const Call& call);
  /// 200 a page.
  http::Response list_staff(const Call& call);
  http::Response import_staff(const Call& call);

  Desk desk_;
};

}  // namespace huxin::api
