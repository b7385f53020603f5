#pragma once
#include "collector/store/connections.hpp"
#include "collector/store/inventories.hpp"

namespace huxin::store {

/// Inventories over the embedded store. Private to collector/store. The connections are borrowed
/// and outlive it. It reads only: accept.cpp writes the table, which says which records hold an
/// inventory.
class SealedInventories final : public Inventories {
 public:
  explicit SealedInventories(Connections& db) : db_(db) {}

  Result<std::vector<StoredInventory>> newest() override;
  Result<std::vector<StoredInventory>> of(std::string_view terminal, std::size_t most) override;
  Result<std::vector<std::pair<std::string, std::uint64_t>>> losses(
      std::string_view terminal) override;

 private:
  Connections& db_;
};

}  // namespace huxin::store
