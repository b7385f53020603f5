#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::store {

/// A summary of what lies on a terminal, as it told it at the end of a discovery run.
struct StoredInventory {
  std::string terminal;
  std::uint64_t sequence = 0;  ///< of the record
  Time received{};
  record::Inventory inventory;
};

/// What terminals told of what lies on them. Kept with the records they came in, for ever; read
/// back from their bytes. Thread-safe; blocking.
class Inventories {
 public:
  virtual ~Inventories() = default;

  /// The newest of each terminal that told one, in order of terminal.
  virtual Result<std::vector<StoredInventory>> newest() = 0;
  /// Those of one terminal, newest first.
  virtual Result<std::vector<StoredInventory>> of(std::string_view terminal, std::size_t most) = 0;
  /// What the terminal's sensors lost since it started, by kind, as its newest heartbeat has it.
  virtual Result<std::vector<std::pair<std::string, std::uint64_t>>> losses(
      std::string_view terminal) = 0;
};

}  // namespace huxin::store
