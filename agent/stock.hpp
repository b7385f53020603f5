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
/// By the first profile that fits the path on the file channel.
std::optional<discover::Purpose> deadline_of(const rule::Policy& policy,
                                             const std::filesystem::path& path);

/// What an inspection found, as the inventory keeps it. Findings below the policy's confidence do
/// not count, as in its rules. What was not inspected whole carries the reason; `retry` says that a
/// worker was at fault and not the file. Of more findings than an inspection lists, the number
/// alone is known.
discover::Holding holding_of(const inspect::Judgement& judgement);

/// The folders that are discovered when nobody names others, and what is left out of them. The
/// policy's watch.discover.folders, else the watched ones. Not resolved, and not checked to be
/// there.
std::vector<std::filesystem::path> discovered_folders(const rule::WatchSettings& watch);
/// Patterns, as in the policy: the watched folders' and the discovery's own.
std::vector<std::string> discovered_exclude(const rule::WatchSettings& watch);

/// Keeps the inventory up to date with what events and sweeps inspect, in the folders that are
/// discovered: what it is told of there need not be read again by the next run.
///
/// Thread-safe. The filter over the folders is made once a policy.
class InventoryKeeper final : public StockKeeper {
 public:
  InventoryKeeper(discover::Inventory& inventory, std::shared_ptr<const Clock> clock,
                  DeadlineOf deadline = deadline_of)
      : inventory_(inventory), clock_(std::move(clock)), deadline_(std::move(deadline)) {}

  /// A path outside the discovered folders is passed over.
  void seen(const std::filesystem::path& path, const FileVersion& version,
            const inspect::Judgement& judgement) override;
  void gone(const std::filesystem::path& path) override;

  /// Notes what a run read. False: it could not be kept, which is logged. `run`: its number, by
  /// which files that a run did not meet are dropped; 0: an event or a sweep.
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
