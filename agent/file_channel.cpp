#include "agent/file_channel.hpp"

#include <condition_variable>

#include <spdlog/spdlog.h>

#include "agent/watch/open_regular.hpp"
#include "agent/watch/path_filter.hpp"
#include "agent/watch/place_coverage.hpp"
#include "agent/watch/sweep.hpp"

namespace huxin::agent {
namespace {

/// Descriptors held by files that wait for a worker; beyond, events wait in the kernel.
constexpr std::size_t kWaiting = 1024;
/// How often a file is looked at again that no worker could answer for.
constexpr unsigned kMoreTries = 2;

std::vector<watch::BlindPlace> missing_of(const std::vector<std::string>& folders) {
  std::vector<watch::BlindPlace> missing;
  for (const std::string& folder : folders) {
    std::error_code none;
    if (!std::filesystem::is_directory(folder, none)) missing.push_back({folder, ""});
  }
  return missing;
}

}  // namespace

FileChannel::FileChannel(Desk desk, enforce::Quarantine& quarantine, unsigned threads,
                         std::chrono::milliseconds retry_pause)
    : desk_(desk),
      quarantine_(quarantine),
      retry_pause_(retry_pause),
      inspections_(threads, kWaiting),
      sweeps_(1, kWaiting) {}

FileChannel::~FileChannel() {
  stop_.request_stop();
  inspections_.stop();  // before the watcher, whose thread may be waiting for a place in the queue
  sweeps_.stop();
  replace(nullptr, "off");
}

Status FileChannel::watch() {
  const auto in_force = desk_.inspector.in_force();
  const rule::WatchSettings& settings = in_force->policy->watch;
  const std::vector<std::filesystem::path> folders(settings.directories.begin(),
                                                   settings.directories.end());
  const std::pair wanted(settings.directories, settings.exclude);
  if (wanted != watched_ || !watcher_) {
    replace(nullptr, "off");
    if (folders.empty()) return {};
    if (const Status started = start(folders, settings.exclude); !started) return started;
    watched_ = wanted;
  }
  if (in_force->serial > 0) sweep_soon(folders);
  return {};
}

Status FileChannel::start(const std::vector<std::filesystem::path>& folders,
                          const std::vector<std::string>& exclude) {
  auto watcher = watch::FileWatcher::start(
      {.directories = folders, .exclude = exclude},
      {.changed =
           [this](watch::FileChange&& change) {
             inspections_.push(
                 [this, change = std::move(change)]() mutable { inspect(std::move(change)); });
           },
       .rescan = [this](const watch::Rescan& what) { rescan(what); }},
      desk_.own, desk_.clock);
  if (!watcher) {
    replace(nullptr, watcher.error().context);
    return std::unexpected(watcher.error());
  }
  replace(*std::move(watcher), "ok");
  const std::lock_guard lock(mutex_);
  folders_ = desk_.inspector.in_force()->policy->watch.directories;
  return {};
}

void FileChannel::replace(std::shared_ptr<watch::FileWatcher> watcher, std::string state) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(watcher_, watcher);
    state_ = std::move(state);
  }
  // The old watcher ends here, outside the lock.
}

std::shared_ptr<watch::FileWatcher> FileChannel::current() const {
  const std::lock_guard lock(mutex_);
  return watcher_;
}

void FileChannel::add_losses(Losses& losses) const {
  const auto watcher = current();
  if (!watcher) return;
  const watch::WatchCounters counters = watcher->counters();
  losses["file_events_overflowed"] = counters.overflows;
  losses["files_unreadable"] = counters.unreadable;
}

std::string FileChannel::state() const {
  std::shared_ptr<watch::FileWatcher> watcher;
  std::vector<std::string> folders;
  {
    const std::lock_guard lock(mutex_);
    if (!watcher_) return state_;
    watcher = watcher_;
    folders = folders_;
  }
  if (const Status alive = watcher->probe(std::chrono::seconds(2)); !alive)
    return alive.error().context;
  return watch::describe_coverage("watched", folders.size(), missing_of(folders));
}

void FileChannel::inspect(watch::FileChange change) {
  const InFlight::Claim claim = in_flight_.claim(change.version);
  if (!claim) return;  // whoever has it settles it
  inspect_claimed(std::move(change), claim, 0);
}

bool FileChannel::settled(const FileVersion& version, const inspect::InForce& in_force) {
  return desk_.journal.settled(version, as_text(in_force.digest)).value_or(false);
}

inspect::Judgement FileChannel::judge(watch::FileChange& change, bool always) {
  const auto in_force = desk_.inspector.in_force();
  return desk_.inspector.judge(change.event, {.file = std::move(change.file),
                                              .name = change.path.filename().string(),
                                              .deadline = in_force->policy->inspection.deadline,
                                              .always = always});
}

void FileChannel::inspect_claimed(watch::FileChange change, const InFlight::Claim& claim,
                                  unsigned tries) {
  const FileVersion version = change.version;
  if (settled(version, *desk_.inspector.in_force())) return;
  inspect::Judgement judgement = judge(change, false);
  if (extract::may_pass(judgement.scan.outcome) && try_again(change, claim, tries)) return;
  const bool taken_away = conclude(judgement, change, version);
  if (desk_.stock == nullptr) return;
  if (taken_away) {
    desk_.stock->gone(change.path);
  } else if (judgement.inspected) {
    desk_.stock->seen(change.path, version, judgement);
  }
}

FileChannel::Stock FileChannel::take_stock(watch::FileChange change, bool again) {
  Stock stock;
  const InFlight::Claim claim = in_flight_.claim(change.version);
  stock.busy = !claim;
  if (stock.busy) return stock;
  const FileVersion version = change.version;
  stock.judgement = judge(change, true);
  if (!again && settled(version, *stock.judgement.in_force)) return stock;
  if (extract::may_pass(stock.judgement.scan.outcome) && try_again(change, claim, 0)) return stock;
  stock.taken_away = conclude(stock.judgement, change, version);
  return stock;
}

void FileChannel::judge_overdue(watch::FileChange change) {
  auto by = std::make_shared<inspect::InForce>(*desk_.inspector.in_force());
  auto policy = std::make_shared<rule::Policy>(*by->policy);
  std::erase_if(policy->rules,
                [](const rule::Rule& rule) { return !rule::asks_overdue(rule.match); });
  const std::chrono::milliseconds deadline = policy->inspection.deadline;
  by->policy = std::move(policy);
  inspect::Judgement judgement = desk_.inspector.judge(change.event,
                                                       {.file = std::move(change.file),
                                                        .name = change.path.filename().string(),
                                                        .deadline = deadline},
                                                       std::move(by));
  if (judgement.incident && record_and_act(judgement, change, std::nullopt) && desk_.stock)
    desk_.stock->gone(change.path);
}

/// Records what was found, acts, and settles the version; true when the file was taken away.
bool FileChannel::conclude(inspect::Judgement& judgement, const watch::FileChange& change,
                           const FileVersion& version) {
  if (judgement.coverage) desk_.recorder.coverage(*judgement.coverage);
  if (judgement.incident) return record_and_act(judgement, change, version);
  const std::string_view digest = as_text(judgement.in_force->digest);
  if (const Status kept = desk_.journal.settle(version, digest); !kept)
    spdlog::warn("a clean file will be inspected again: {}", kept.error().context);
  return false;
}

/// Puts an inspection off; false when it was tried often enough, or too many wait already.
bool FileChannel::try_again(const watch::FileChange& change, const InFlight::Claim& claim,
                            unsigned tries) {
  if (tries == kMoreTries) return false;
  const auto due = std::chrono::steady_clock::now() + retry_pause_;
  return sweeps_.offer([this, event = change.event, path = change.path, claim, tries, due] {
    if (!pause_until(due)) return;
    Result<watch::OpenedFile> opened = watch::open_regular(path);
    if (!opened || opened->version != *claim) return;  // a newer version has an event of its own
    watch::FileChange again{event, path, std::move(opened->file), opened->version};
    inspections_.push([this, again = std::move(again), claim, tries]() mutable {
      inspect_claimed(std::move(again), claim, tries + 1);
    });
  });
}

/// False when the channel is stopping.
bool FileChannel::pause_until(std::chrono::steady_clock::time_point due) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  const std::stop_token stop = stop_.get_token();
  wake.wait_until(lock, stop, due, [] { return false; });
  return !stop.stop_requested();
}

/// True when the file was taken away.
bool FileChannel::record_and_act(inspect::Judgement& judgement, const watch::FileChange& change,
                                 const std::optional<FileVersion>& settles) {
  record::Incident& incident = *judgement.incident;
  const std::string_view digest = as_text(judgement.in_force->digest);
  if (judgement.decision.action != rule::Action::kQuarantine) {
    incident.set_outcome("none");
    desk_.recorder.incident(std::move(incident), settles, digest);
    return false;
  }
  // The intent is on disk before the act, the outcome after it; only then is the version settled.
  const std::string id = incident.id();
  incident.set_outcome("pending");
  if (!desk_.recorder.incident(std::move(incident))) {
    // Not settled: a later sweep finds it again.
    desk_.recorder.outcome(id, "failed: put off until the journal takes records again");
    return false;
  }
  const auto moved = quarantine_.take(change.path, change.version, id);
  const std::string outcome = moved ? "quarantined" : "failed: " + moved.error().context;
  if (!desk_.recorder.outcome(id, outcome, settles, digest))
    return moved.has_value();  // the vault tells it at the next start
  if (const Status told = quarantine_.told(id); !told)
    spdlog::warn("quarantine: {}", told.error().context);
  return moved.has_value();
}

void FileChannel::rescan(const watch::Rescan& what) {
  if (what.loss)
    desk_.recorder.blind_spot(rule::Channel::kFile, what.reason,
                              watch::to_utf8(what.folder.native()), "");
  sweep_soon({what.folder});
}

void FileChannel::sweep_soon(std::vector<std::filesystem::path> folders) {
  sweeps_.push([this, folders = std::move(folders)] { sweep(stop_.get_token(), folders); });
}

void FileChannel::sweep(const std::stop_token& stop,
                        const std::vector<std::filesystem::path>& folders) {
  const auto in_force = desk_.inspector.in_force();
  const std::string_view digest = as_text(in_force->digest);
  const auto visit = [&](const std::filesystem::path& path, const FileVersion& version) {
    if (stop.stop_requested()) return false;
    if (desk_.journal.settled(version, digest).value_or(false)) return true;
    Result<watch::OpenedFile> opened = watch::open_regular(path);
    if (!opened) return true;  // gone since
    watch::FileChange change{watch::swept_event(path, desk_.clock->now()), path,
                             std::move(opened->file), opened->version};
    return inspections_.push(
        [this, change = std::move(change)]() mutable { inspect(std::move(change)); });
  };
  const watch::SweepCount count = watch::sweep(folders, in_force->policy->watch.exclude, visit);
  spdlog::info("swept {} files in {} folders ({} folders unreadable)", count.files, count.folders,
               count.unreadable);
}

}  // namespace huxin::agent
