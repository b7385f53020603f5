#pragma once
#include "collector/api/route.hpp"

namespace huxin::api {

/// Terminals: who reports, what each watches and could not see, what lies on it, and the same by
/// branch. Thread-safe. GET only: terminals are enrolled and revoked on the command line.
class TerminalRoutes {
 public:
  explicit TerminalRoutes(Desk desk) : desk_(desk) {}
  std::vector<Route> routes();

 private:
  http::Response list(const Call& call);
  http::Response show(const Call& call);
  http::Response coverage(const Call& call);

  Desk desk_;
};

}  // namespace huxin::api
