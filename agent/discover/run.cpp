#include "agent/discover/run.hpp"

#include <algorithm>

#include "agent/watch/path_filter.hpp"
#include "agent/watch/sweep.hpp"

namespace huxin::discover {
namespace {

constexpr unsigned kReadBetween = 64;   ///< files read between two checkpoints
constexpr unsigned kMetBetween = 4096;  ///< files met between two checkpoints

class Walker {
 public:
  Walker(Inventory& inventory, const Run& run, const RunSettings& settings, const RunHooks& hooks,
         const Clock& clock, Progress& progress)
      : inventory_(inventory),
        run_(run),
        settings_(settings),
        hooks_(hooks),
        clock_(clock),
        progress_(progress) {}

  bool found(const std::filesystem::path& path, const FileVersion& version) {
    if (hooks_.stopped()) return false;
    hooks_.met(path);
    ++progress_.files;
    const Result<bool> known =
        inventory_.known(path, version, settings_.policy_digest(), clock_.now(), run_.number);
    if (!known) return stop(known.error());
    if (!*known) {
      if (!hooks_.wait() || !hooks_.look(path, version)) return false;
      ++progress_.read;
      ++read_;
    }
    last_ = path;
    if (read_ < kReadBetween && ++met_ < kMetBetween) return true;
    read_ = met_ = 0;
    const Status kept = inventory_.checkpoint(run_.number, last_);
    return kept ? true : stop(kept.error());
  }

  void lost(const std::filesystem::path& folder, std::string_view reason) {
    if (const Status told = inventory_.lose(run_.number, folder, reason); !told)
      status_ = std::unexpected(told.error());
  }

  Status finish() {
    if (!status_ || last_.empty()) return status_;
    return inventory_.checkpoint(run_.number, last_);
  }

 private:
  bool stop(const Error& error) {
    status_ = std::unexpected(error);
    return false;
  }

  Inventory& inventory_;
  const Run& run_;
  const RunSettings& settings_;
  const RunHooks& hooks_;
  const Clock& clock_;
  Progress& progress_;
  std::filesystem::path last_;
  unsigned read_ = 0, met_ = 0;
  Status status_;
};

}  // namespace

std::vector<std::filesystem::path> run_folders(std::vector<std::filesystem::path> folders) {
  // A filter takes the slashes off; what it is asked to leave out plays no part.
  std::vector<std::filesystem::path> plain =
      watch::PathFilter(watch::resolved(std::move(folders)), {}).folders();
  std::ranges::sort(plain);
  std::vector<std::filesystem::path> kept;
  for (const auto& folder : plain) {
    const auto above = [&](const auto& each) {
      return watch::is_below(folder.native(), each.native());
    };
    if (std::ranges::none_of(kept, above)) kept.push_back(folder);
  }
  return kept;
}

Result<bool> walk(Inventory& inventory, const Run& run, const RunSettings& settings,
                  const RunHooks& hooks, const Clock& clock, Progress& progress) {
  if (settings.count_first) {
    const auto count = [&](const auto&, const FileVersion&) {
      ++progress.total;
      return !hooks.stopped();
    };
    watch::sweep(run.folders, settings.exclude, {.found = count, .lost = {}}, run.cursor);
  }
  Walker walker(inventory, run, settings, hooks, clock, progress);
  const watch::SweepCount count = watch::sweep(
      run.folders, settings.exclude,
      {.found = [&](const auto& path, const auto& version) { return walker.found(path, version); },
       .lost = [&](const auto& folder, std::string_view why) { walker.lost(folder, why); }},
      run.cursor);
  if (Status kept = walker.finish(); !kept) return std::unexpected(kept.error());
  return !count.stopped;
}

}  // namespace huxin::discover
