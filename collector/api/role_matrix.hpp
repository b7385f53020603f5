#pragma once
#include <string>
#include <vector>

#include "collector/api/route.hpp"

namespace huxin::api {

/// An operation of openapi.yaml, and whom its `x-roles` admits. Method in capitals, path below /api
/// as Route has it.
struct Operation {
  std::string method, path, summary;
  Access access;
};

/// Reads the API's contract, as compiled in: `x-roles` is `public`, `signed-in`, `every-role` or a
/// list of roles. kCorrupt names the operation that has none, or one that is not understood. In the
/// order of the file. A test holds the console's routes to it.
Result<std::vector<Operation>> role_matrix();

/// "public", "signed-in", "roles".
std::string_view to_string(Access::Kind kind);

}  // namespace huxin::api
