#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>

#include "agent/desk.hpp"
#include "agent/discover/inventory.hpp"
#include "agent/watch/path_filter.hpp"

namespace huxin::agent {

/// For what a place's files may be kept and how long, as a policy has it; none: it does not say.
using DeadlineOf = std::function<std::optional<discover::Purpose>(const rule::Policy& policy,
                                                                  const std::filesystem::path&)>;
std::optional<discover::Purpose> deadline_of(const rule::Policy& policy,
                                             const std::filesystem::path& path);

/// What an inspection found, as the inventory keeps it. Findings below the policy's confidence do
/// not count, as in its rules.
discover::Holding holding_of(const inspect::Judgement& judgement);

/// The folders that are discovered when nobody names others, and what is left out of them.
std::vector<std::filesystem::path> discovered_folders(const rule::WatchSettings& watch);
std::vector<std::string> discovered_exclude(const rule::WatchSettings& watch);

/// Keeps the inventory up to date with what events and sweeps inspect, in the folders that are
/// discovered: what it is told of there need not be read again by the next run.
class InventoryKeeper final : public StockKeeper {
 public:
  InventoryKeeper(discover::Inventory& inventory, std::shared_ptr<const Clock> clock,
                  DeadlineOf deadline = deadline_of)
      : inventory_(inventory), clock_(std::move(clock)), deadline_(std::move(deadline)) {}

  void seen(const std::filesystem::path& path, const FileVersion& version,
            const inspect::Judgement& judgement) override;
  void gone(const std::filesystem::path& path) override;

  /// Notes what a run read. False: it could not be kept, which is logged.
  bool note(const std::filesystem::path& path, const FileVersion& version,
            const inspect::Judgement& judgement, std::int64_t run);

 private:
  bool discovered(const std::filesystem::path& path,
                  const std::shared_ptr<const inspect::InForce>& in_force);

  discover::Inventory& inventory_;
  const std::shared_ptr<const Clock> clock_;
  const DeadlineOf deadline_;
  std::mutex mutex_;
  std::shared_ptr<const inspect::InForce> filtered_by_;
  std::shared_ptr<const watch::PathFilter> filter_;
};

}  // namespace huxin::agent
