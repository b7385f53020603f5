#include "agent/discovery.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <spdlog/spdlog.h>

#include "agent/discover/schedule.hpp"
#include "agent/watch/open_regular.hpp"
#include "agent/watch/sweep.hpp"

namespace huxin::agent {
namespace {

using namespace std::chrono_literals;

constexpr auto kMostForEvents = 5s;  ///< a run waits so long before each file while events wait
constexpr auto kMostForOthers = 2s;  ///< and so long while the machine is at work
constexpr std::size_t kOverdueAtOnce = 100;
constexpr unsigned kTries = 250;  ///< of a version that another thread is at; 20 ms apart

/// Last in line for processor and disk. What cannot be set only means less courtesy.
void be_gentle() {
  constexpr int kWhoThread = 1;
  constexpr int kIdleClass = 3 << 13;
  constexpr int kNice = 10;
  if (::syscall(SYS_ioprio_set, kWhoThread, 0, kIdleClass) != 0 ||
      ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice) != 0) {
    spdlog::debug("discovery runs at the agent's own priority");
  }
}

std::int64_t local_day(Time now) {
  return std::chrono::floor<std::chrono::days>(now + inspect::local_offset(now))
      .time_since_epoch()
      .count();
}

}  // namespace

Discovery::Discovery(Parts parts)
    : parts_(std::move(parts)), thread_([this](const std::stop_token& stop) { keep(stop); }) {}

void Discovery::close() {
  {
    const std::lock_guard lock(mutex_);
    thread_.request_stop();
    run_stop_.request_stop();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Discovery::wake() {
  const std::lock_guard lock(mutex_);
  awake_ = true;
  changed_.notify_all();
}

Result<std::int64_t> Discovery::begin(const std::vector<std::filesystem::path>& folders,
                                      bool resume) {
  const std::lock_guard lock(mutex_);
  if (active_ != 0) return fail(Errc::kExists, "run {} is under way; wait for its end", active_);
  if (thread_.get_stop_token().stop_requested())
    return fail(Errc::kCancelled, "the agent is stopping");
  if (resume) {
    auto unfinished = parts_.inventory.unfinished();
    if (!unfinished) return std::unexpected(unfinished.error());
    if (!*unfinished) return fail(Errc::kNotFound, "the newest run reached its end");
    asked_ = Job{**std::move(unfinished), true};
  } else {
    const auto in_force = parts_.desk.inspector.in_force();
    auto wanted = discover::run_folders(
        folders.empty() ? discovered_folders(in_force->policy->watch) : folders);
    if (wanted.empty()) {
      return fail(
          Errc::kInvalid,
          "the policy names no folder (watch.discover.folders, watch.directories); name one");
    }
    for (const auto& folder : wanted) {
      if (!folders.empty() && !std::filesystem::is_directory(folder))
        return fail(Errc::kNotFound, "{} is no folder", watch::to_utf8(folder.native()));
    }
    auto run = parts_.inventory.begin(wanted, "hand", parts_.desk.clock->now());
    if (!run) return std::unexpected(run.error());
    asked_ = Job{*std::move(run), true};
  }
  active_ = asked_->run.number;
  outcome_.reset();  // a run that goes on is not over any more
  run_stop_ = std::stop_source();
  changed_.notify_all();
  return active_;
}

void Discovery::stop(std::int64_t run) {
  const std::lock_guard lock(mutex_);
  if (run == active_) run_stop_.request_stop();
  changed_.notify_all();
}

Discovery::View Discovery::view(std::int64_t run, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto over = [&] { return ended_ == run && outcome_.has_value(); };
  changed_.wait_for(lock, patience, [&] { return over() || active_ != run; });
  View view{progress_.files, progress_.read, progress_.total, at_, std::nullopt};
  if (over()) {
    view.ended = *outcome_;
  } else if (active_ != run) {
    view.ended = fail(Errc::kNotFound, "run {} is not under way", run);
  }
  return view;
}

void Discovery::keep(const std::stop_token& stop) {
  be_gentle();
  while (!stop.stop_requested()) {
    try {
      if (const std::optional<Job> job = next()) {
        if (carry_out(*job, stop)) continue;
      }
      tell_overdue(stop);
      if (const Status kept = parts_.inventory.flush(); !kept)
        spdlog::warn("inventory: {}", kept.error().context);
    } catch (const std::exception& error) {
      spdlog::error("discovery: {}", error.what());
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, parts_.tick, [&] { return awake_ || asked_; });
    awake_ = false;
  }
}

/// What is to be done now: what somebody asked for, what a crash cut off, what the schedule says.
std::optional<Discovery::Job> Discovery::next() {
  {
    const std::lock_guard lock(mutex_);
    if (asked_) return std::exchange(asked_, std::nullopt);
  }
  std::optional<Job> job = scheduled();
  if (!job) return job;
  const std::lock_guard lock(mutex_);
  if (asked_) return std::exchange(asked_, std::nullopt);  // the other one stays unfinished
  active_ = job->run.number;
  run_stop_ = std::stop_source();
  return job;
}

std::optional<Discovery::Job> Discovery::scheduled() {
  auto unfinished = parts_.inventory.unfinished();
  if (unfinished && *unfinished && !(*unfinished)->stopped)
    return Job{**std::move(unfinished), false};
  const auto in_force = parts_.desk.inspector.in_force();
  const rule::WatchSettings& settings = in_force->policy->watch;
  if (in_force->serial == 0 || !settings.discover) return std::nullopt;
  const Time now = parts_.desk.clock->now();
  const auto last = parts_.inventory.last_begun("schedule");
  if (!last || !discover::is_due(*settings.discover, now, *last, inspect::local_offset(now)))
    return std::nullopt;
  const auto folders = discover::run_folders(discovered_folders(settings));
  if (folders.empty()) return std::nullopt;
  auto run = parts_.inventory.begin(folders, "schedule", now);
  if (!run) {
    spdlog::error("discovery: {}", run.error().context);
    return std::nullopt;
  }
  return Job{*std::move(run), false};
}

/// False when it failed: the next try waits.
bool Discovery::carry_out(const Job& job, const std::stop_token& stop) {
  progress_.files = progress_.read = progress_.total = 0;
  spdlog::info("discovery {} {}", job.run.number, job.run.cursor.empty() ? "begins" : "goes on");
  Result<discover::Inventory::Sum> outcome = walk(job, stop);
  if (outcome) {
    const record::Inventory& sum = outcome->run;
    spdlog::info("discovery {}: {} files, {} known, {} with customer data, {}", job.run.number,
                 sum.files(), sum.unchanged(), sum.with_findings(),
                 sum.complete() ? "complete" : "stopped");
    parts_.desk.recorder.inventory(std::move(outcome->whole));
  } else {
    spdlog::error("discovery {}: {}", job.run.number, outcome.error().context);
  }
  const std::lock_guard lock(mutex_);
  active_ = 0;
  ended_ = job.run.number;
  if (outcome) {
    outcome_ = std::move(outcome->run);
  } else {
    outcome_ = std::unexpected(outcome.error());
  }
  changed_.notify_all();
  return outcome_->has_value();
}

Result<discover::Inventory::Sum> Discovery::walk(const Job& job, const std::stop_token& stop) {
  const auto in_force = parts_.desk.inspector.in_force();
  const Time now = parts_.desk.clock->now();
  const auto doubted = parts_.inventory.doubt([&](ByteView consent) {
    return in_force->authorisations.at(consent, now) == bundle::Standing::kInForce;
  });
  if (!doubted) return std::unexpected(doubted.error());
  if (*doubted > 0)
    spdlog::info("discovery {}: {} files whose consent is over are judged again", job.run.number,
                 *doubted);
  const discover::RunSettings settings{
      .exclude = discovered_exclude(in_force->policy->watch),
      .policy_digest =
          [this] { return std::string(as_text(parts_.desk.inspector.in_force()->digest)); },
      .count_first = job.by_hand};
  const discover::RunHooks hooks{
      .look = [&](const auto& path,
                  const auto& version) { return look(path, version, job.run.number); },
      .wait = [&] { return make_way(job.by_hand); },
      .stopped = [this] { return ending(); },
      .met =
          [this](const std::filesystem::path& path) {
            const std::lock_guard lock(mutex_);
            at_ = path;
          }};
  const Result<bool> complete =
      discover::walk(parts_.inventory, job.run, settings, hooks, *parts_.desk.clock, progress_);
  if (!complete) return std::unexpected(complete.error());
  if (!*complete && stop.stop_requested()) {
    return fail(Errc::kCancelled, "the agent is stopping; run {} goes on at its next start",
                job.run.number);
  }
  if (*complete) drop_lost(job.run);
  return parts_.inventory.finish(job.run, *complete, parts_.desk.clock->now());
}

/// What a run by hand once met outside the policy's folders is met by no other: it is dropped when
/// no file lies there any more.
void Discovery::drop_lost(const discover::Run& run) {
  auto folders =
      discover::run_folders(discovered_folders(parts_.desk.inspector.in_force()->policy->watch));
  folders.insert(folders.end(), run.folders.begin(), run.folders.end());
  const auto elsewhere = parts_.inventory.elsewhere(folders);
  if (!elsewhere) return spdlog::warn("inventory: {}", elsewhere.error().context);
  for (const std::filesystem::path& path : *elsewhere) {
    std::error_code fault;
    const auto there = std::filesystem::symlink_status(path, fault);
    if (there.type() == std::filesystem::file_type::not_found) parts_.keeper.gone(path);
  }
}

/// Reads one version, unless somebody else at it tells the inventory; false: the run is to end.
bool Discovery::look(const std::filesystem::path& path, const FileVersion&, std::int64_t run) {
  for (unsigned tries = 0; tries < kTries; ++tries) {
    auto opened = watch::open_regular(path);
    if (!opened) {
      if (opened.error().code == Errc::kNotFound || opened.error().code == Errc::kInvalid)
        return true;  // gone, or something else by now
      inspect::Judgement blind;
      blind.in_force = parts_.desk.inspector.in_force();
      blind.scan.outcome = {.format = "unknown",
                            .coverage = extract::Coverage::kNotInspected,
                            .reason = "unreadable"};
      parts_.keeper.note(path, {}, blind, run);
      return true;
    }
    const FileVersion version = opened->version;
    const bool again = parts_.inventory.in_doubt(path).value_or(false);
    FileChannel::Stock stock =
        parts_.files.take_stock({watch::swept_event(path, parts_.desk.clock->now()), path,
                                 std::move(opened->file), version},
                                again);
    if (!stock.busy) {
      if (stock.taken_away) {
        parts_.keeper.gone(path);
      } else {
        parts_.keeper.note(path, version, stock.judgement, run);
      }
      return true;
    }
    if (!pause(20ms)) return false;
  }
  return true;  // the next run finds it
}

/// Lets events go first, and whoever else needs the machine; false: the run is to end.
bool Discovery::make_way(bool by_hand) {
  const auto start = std::chrono::steady_clock::now();
  const auto waited = [&] { return std::chrono::steady_clock::now() - start; };
  while (!parts_.files.idle() && waited() < kMostForEvents) {
    if (!pause(10ms)) return false;
  }
  const auto in_force = parts_.desk.inspector.in_force();
  const auto& discover = in_force->policy->watch.discover;
  if (by_hand || (discover && !discover->pause_when_busy)) return !ending();
  const auto before = waited();
  while (parts_.busy() && waited() - before < kMostForOthers) {
    if (!pause(250ms)) return false;
  }
  return !ending();
}

bool Discovery::pause(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, most, [this] { return ending(); });
  return !ending();
}

void Discovery::tell_overdue(const std::stop_token& stop) {
  const Time now = parts_.desk.clock->now();
  const std::int64_t day = local_day(now);
  const auto overdue = parts_.inventory.overdue(now, day, kOverdueAtOnce);
  if (!overdue) {
    spdlog::warn("inventory: {}", overdue.error().context);
    return;
  }
  for (const discover::Entry& entry : *overdue) {
    if (stop.stop_requested()) return;
    // Marked first: told at most once a day, and again tomorrow if the agent ends right here.
    if (const Status told = parts_.inventory.told_overdue(entry.path, day); !told) return;
    auto opened = watch::open_regular(entry.path);
    if (!opened) {
      if (opened.error().code == Errc::kNotFound) parts_.keeper.gone(entry.path);
      continue;
    }
    rule::Event event = watch::swept_event(entry.path, now);
    event.stage = rule::Stage::kDestroy;
    event.operation = "overdue";
    parts_.files.judge_overdue(
        {std::move(event), entry.path, std::move(opened->file), opened->version});
  }
}

}  // namespace huxin::agent
