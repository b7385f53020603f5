#pragma once
#include <functional>
#include <optional>

#include "collector/api/route.hpp"
#include "collector/import/customer_list.hpp"

namespace huxin::api {

/// Who consented to a credit query, and whose files are on hold: imported as tables, shown as
/// counts. Thread-safe.
/// An import carries the table itself as its body, at most 16 MiB; 422 names every fault, and
/// nothing is imported. 503 `not_shipped` says that it is kept and terminals do not have it yet.
class CustomerListRoutes {
 public:
  /// What the room needs of the collector, so that it never sees the digest key. Called on pool
  /// threads, many at once.
  struct Keeper {
    std::function<Result<imports::CustomerTable>(ByteView csv)> read;
    /// Ships the lists to terminals; the serial of the bundle that carries them, none before the
    /// first policy.
    std::function<Result<std::optional<std::uint64_t>>()> ship;
  };

  CustomerListRoutes(Desk desk, Keeper keeper) : desk_(desk), keeper_(std::move(keeper)) {}
  std::vector<Route> routes();

 private:
  http::Response show(const Call& call, store::ListKind kind);
  http::Response import(const Call& call, store::ListKind kind);

  Desk desk_;
  Keeper keeper_;
};

}  // namespace huxin::api
