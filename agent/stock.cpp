#include "agent/stock.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "agent/file_channel.hpp"

namespace huxin::agent {

std::optional<discover::Purpose> deadline_of(const rule::Policy& policy,
                                             const std::filesystem::path& path) {
  rule::Event event;
  event.channel = rule::Channel::kFile;
  event.path = watch::to_utf8(path.native());
  const rule::Profile* const profile = rule::profile_of(policy, event);
  if (profile == nullptr) return std::nullopt;
  return discover::Purpose{profile->id, profile->keep};
}

discover::Holding holding_of(const inspect::Judgement& judgement) {
  const extract::Outcome& outcome = judgement.scan.outcome;
  const double least = judgement.in_force->policy->inspection.min_confidence;
  discover::Holding holding{.format = outcome.format,
                            .elements = {},
                            .reason = outcome.reason,
                            .partial = outcome.coverage == extract::Coverage::kPartial};
  if (outcome.coverage == extract::Coverage::kInspected) holding.reason.clear();
  holding.retry = extract::may_pass(outcome);
  holding.consent = judgement.consent;
  for (const detect::Finding& finding : judgement.scan.inspection.findings) {
    if (!(finding.confidence >= least)) continue;
    ++holding.elements[finding.element];
    ++holding.findings;
    holding.level = std::max(holding.level, static_cast<unsigned>(finding.level));
  }
  if (holding.findings == 0) return holding;
  holding.customers = judgement.scan.inspection.customers;
  if (judgement.scan.inspection.truncated)
    holding.findings = std::max(holding.findings, judgement.scan.inspection.findings_total);
  return holding;
}

std::vector<std::filesystem::path> discovered_folders(const rule::WatchSettings& watch) {
  const bool named = watch.discover && !watch.discover->folders.empty();
  const auto& folders = named ? watch.discover->folders : watch.directories;
  return {folders.begin(), folders.end()};
}

std::vector<std::string> discovered_exclude(const rule::WatchSettings& watch) {
  std::vector<std::string> exclude = watch.exclude;
  if (watch.discover) std::ranges::copy(watch.discover->exclude, std::back_inserter(exclude));
  return exclude;
}

bool InventoryKeeper::discovered(const std::filesystem::path& path,
                                 const std::shared_ptr<const inspect::InForce>& in_force) {
  std::shared_ptr<const watch::PathFilter> filter;
  {
    const std::lock_guard lock(mutex_);
    if (filtered_by_ != in_force) {
      const rule::WatchSettings& settings = in_force->policy->watch;
      filter_ = std::make_shared<watch::PathFilter>(watch::resolved(discovered_folders(settings)),
                                                    discovered_exclude(settings));
      filtered_by_ = in_force;
    }
    filter = filter_;
  }
  return filter->wanted(path.native());
}

void InventoryKeeper::seen(const std::filesystem::path& path, const FileVersion& version,
                           const inspect::Judgement& judgement) {
  if (discovered(path, judgement.in_force)) note(path, version, judgement, 0);
}

void InventoryKeeper::gone(const std::filesystem::path& path) {
  if (const Status forgotten = inventory_.forget(path); !forgotten)
    spdlog::warn("inventory: {}", forgotten.error().context);
}

bool InventoryKeeper::note(const std::filesystem::path& path, const FileVersion& version,
                           const inspect::Judgement& judgement, std::int64_t run) {
  const Status noted =
      inventory_.note(path, version, as_text(judgement.in_force->digest), holding_of(judgement),
                      deadline_(*judgement.in_force->policy, path), clock_->now(), run);
  if (!noted) spdlog::warn("inventory: {}", noted.error().context);
  return noted.has_value();
}

}  // namespace huxin::agent
