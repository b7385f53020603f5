#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::store {

/// A summary of what lies on a terminal, as it told it at the end of a discovery run. Counts by
/// folder kind, element and deadline; never a path or a value (record.proto, Inventory).
struct StoredInventory {
  std::string terminal;
  std::uint64_t sequence = 0;  ///< of the record
  /// By the collector's clock.
  Time received{};
  record::Inventory inventory;
};

/// What terminals told of what lies on them. Kept with the records they came in, for ever; read
/// back from their bytes. Thread-safe; blocking.
class Inventories {
 public:
  virtual ~Inventories() = default;

  /// The newest of each terminal that told one, in order of terminal. Terminals that told none are
  /// left out, as is a record whose bytes say something else by now: verify() tells of those.
  virtual Result<std::vector<StoredInventory>> newest() = 0;
  /// Those of one terminal, newest first. At most `most`; empty for an unknown terminal.
  virtual Result<std::vector<StoredInventory>> of(std::string_view terminal, std::size_t most) = 0;
  /// What the terminal's sensors lost since it started, by kind, as its newest heartbeat has it. By
  /// name; at most 32 kinds are kept of a heartbeat. Empty when it lost nothing or never spoke.
  virtual Result<std::vector<std::pair<std::string, std::uint64_t>>> losses(
      std::string_view terminal) = 0;
};

}  // namespace huxin::store
