#include "agent/watch/file_watcher.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <map>
#include <thread>

#include <spdlog/spdlog.h>

#include "agent/watch/bursts.hpp"
#include "agent/watch/filesystem_marks.hpp"
#include "agent/watch/loop_signal.hpp"
#include "agent/watch/open_regular.hpp"

namespace huxin::watch {
namespace {

constexpr unsigned kGroupFlags =
    FAN_CLASS_NOTIF | FAN_REPORT_DFID_NAME | FAN_REPORT_PIDFD | FAN_CLOEXEC | FAN_NONBLOCK;
constexpr std::size_t kMaxUnreadable = 64;  ///< folders that wait to be told one by one
constexpr std::chrono::seconds kUnreadablePause{1};
constexpr std::uint64_t kMask = FAN_CLOSE_WRITE | FAN_MOVED_TO | FAN_ONDIR;

class Watcher final : public FileWatcher {
 public:
  Watcher(Fd group, WatchOptions options, Handlers handlers,
          std::shared_ptr<const OwnProcesses> own, std::shared_ptr<const Clock> clock)
      : group_(std::move(group)),
        filter_(resolved(std::move(options.directories)), std::move(options.exclude)),
        marks_(group_.get(), kMask, filter_, resolved(std::move(options.removable))),
        bursts_(options.quiet, options.patience),
        handlers_(std::move(handlers)),
        own_(std::move(own)),
        clock_(std::move(clock)) {}

  ~Watcher() override {
    signal_.stop();
    if (thread_.joinable()) thread_.join();
  }

  Status begin() {
    // Before the mounts are read: a change in between is then announced.
    mount_table_ = Fd(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC));
    if (!mount_table_) return fail_errno("open /proc/self/mountinfo");
    const auto marked = marks_.refresh();
    if (!marked) return std::unexpected(marked.error());
    for (const auto& [point, status] : *marked) {
      const auto holds = [&](const auto& folder) { return is_below(folder.native(), point); };
      if (!status && std::ranges::any_of(filter_.folders(), holds)) return status;
      if (!status) early_.push_back({point, unwatchable(status), true});
    }
    thread_ = std::thread([this] { run(); });
    return {};
  }

  Status probe(std::chrono::milliseconds deadline) override {
    if (!signal_.ping(deadline))
      return fail(Errc::kTimeout, "the file watcher's thread does not answer");
    const auto held = count_marks(group_.get());
    if (!held) return std::unexpected(held.error());
    if (*held == 0) return fail(Errc::kInternal, "the kernel holds no mark of the file watcher");
    return {};
  }

  WatchCounters counters() const override {
    const std::lock_guard lock(counters_mutex_);
    return counters_;
  }

 private:
  using Moment = std::chrono::steady_clock::time_point;

  void run() noexcept {
    try {
      for (const Rescan& rescan : early_) handlers_.rescan(rescan);
      while (turn()) {
      }
      tell_unreadable(Moment::max());
    } catch (const std::exception& error) {
      spdlog::critical("file watcher ended: {}", error.what());
    }
  }

  bool turn() {
    std::array<pollfd, 3> wait{{{.fd = group_.get(), .events = POLLIN, .revents = 0},
                                {.fd = signal_.fd(), .events = POLLIN, .revents = 0},
                                {.fd = mount_table_.get(), .events = POLLPRI, .revents = 0}}};
    ::poll(wait.data(), wait.size(), patience());
    if ((wait[1].revents & POLLIN) != 0 && !signal_.turn()) return false;
    if ((wait[2].revents & (POLLPRI | POLLERR)) != 0) on_mounts_changed();
    if ((wait[0].revents & POLLIN) != 0) {
      const auto more =
          read_entry_events(group_.get(), [this](EntryEvent&& event) { on_event(event); });
      marks_.release();
      if (!more) throw std::runtime_error(more.error().context);
    }
    while (auto file = bursts_.take_due(std::chrono::steady_clock::now()))
      deliver(std::move(*file));
    tell_unreadable(Moment::clock::now());
    return true;
  }

  int patience() const {
    auto due = bursts_.next_due();
    for (const auto& [folder, when] : unreadable_) due = std::min(due.value_or(when), when);
    if (!due) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*due - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
  }

  void on_mounts_changed() {
    const auto marked = marks_.refresh();
    if (!marked) return rescan_all("mounts_unreadable");
    for (const auto& [point, status] : *marked) {
      if (status) handlers_.rescan({point, "mounted", false});
      if (!status) handlers_.rescan({point, unwatchable(status), true});
    }
  }

  void on_event(EntryEvent& event) {
    count(&WatchCounters::events);
    if (event.overflow()) {
      count(&WatchCounters::overflows);
      return rescan_all("queue_overflow");
    }
    if (own_->contains(event.pid)) return count(&WatchCounters::ignored);
    auto folder = marks_.find(event.filesystem, event.folder);
    if (!folder) return count(&WatchCounters::ignored);
    std::string path = folder->path == "/" ? "" : folder->path;
    path += "/";
    path += event.name;
    if (!filter_.wanted(path)) return count(&WatchCounters::ignored);
    if (event.of_folder()) return handlers_.rescan({path, "moved_in", false});
    PendingFile file{.folder = std::move(folder->fd),
                     .name = std::string(event.name),
                     .path = std::move(path),
                     .actor = read_actor(event.pid, event.pidfd.get()),
                     .operation = (event.mask & FAN_MOVED_TO) != 0 ? "moved_to" : "close_write"};
    if (bursts_.add(std::move(file), std::chrono::steady_clock::now()))
      count(&WatchCounters::coalesced);
  }

  void deliver(PendingFile file) {
    auto opened = open_regular(file.folder.get(), file.name);
    if (!opened) {
      const bool gone =
          opened.error().code == Errc::kNotFound || opened.error().code == Errc::kInvalid;
      if (!gone) lose(file.path);
      return count(gone ? &WatchCounters::vanished : &WatchCounters::unreadable);
    }
    const auto removable = marks_.removable(opened->info.st_dev);
    rule::Event event;
    event.stage = rule::Stage::kStore;
    event.channel = removable ? rule::Channel::kRemovable : rule::Channel::kFile;
    event.time = clock_->now();
    event.user = accounts_.name(file.actor.uid.value_or(opened->info.st_uid));
    event.process = to_utf8(file.actor.process);
    event.pid = file.actor.pid;
    event.path = to_utf8(file.path);
    event.destination = to_utf8(removable.value_or(""));
    event.operation = file.operation;
    count(&WatchCounters::delivered);
    handlers_.changed({std::move(event), file.path, std::move(opened->file), opened->version});
  }

  /// The folder is told a little later, when descriptors or memory may be had again, and once for
  /// all its files.
  void lose(const std::filesystem::path& path) {
    const Moment due = Moment::clock::now() + kUnreadablePause;
    if (unreadable_.size() < kMaxUnreadable) {
      unreadable_.emplace(path.parent_path(), due);
    } else {
      for (const auto& folder : filter_.folders()) unreadable_.emplace(folder, due);
    }
  }

  void tell_unreadable(Moment now) {
    for (auto at = unreadable_.begin(); at != unreadable_.end();) {
      if (at->second > now) {
        ++at;
      } else {
        handlers_.rescan({at->first, "unreadable", true});
        at = unreadable_.erase(at);
      }
    }
  }

  static std::string unwatchable(const Status& status) {
    return "unwatchable: " + to_utf8(status.error().context);
  }

  void rescan_all(const std::string& reason) {
    for (const auto& folder : filter_.folders()) handlers_.rescan({folder, reason, true});
  }

  void count(std::uint64_t WatchCounters::* counter) {
    const std::lock_guard lock(counters_mutex_);
    ++(counters_.*counter);
  }

  Fd group_;
  Fd mount_table_;
  PathFilter filter_;
  FilesystemMarks marks_;
  Bursts bursts_;
  Handlers handlers_;
  std::shared_ptr<const OwnProcesses> own_;
  std::shared_ptr<const Clock> clock_;
  Accounts accounts_;
  LoopSignal signal_;
  std::vector<Rescan> early_;
  std::map<std::filesystem::path, Moment> unreadable_;  ///< folders of what could not be opened
  mutable std::mutex counters_mutex_;
  WatchCounters counters_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<FileWatcher>> FileWatcher::start(WatchOptions options, Handlers handlers,
                                                        std::shared_ptr<const OwnProcesses> own,
                                                        std::shared_ptr<const Clock> clock) {
  auto group = open_group(kGroupFlags, O_RDONLY | O_CLOEXEC);
  if (!group) return std::unexpected(group.error());
  auto watcher = std::make_unique<Watcher>(std::move(*group), std::move(options),
                                           std::move(handlers), std::move(own), std::move(clock));
  if (const Status begun = watcher->begin(); !begun) return std::unexpected(begun.error());
  return watcher;
}

}  // namespace huxin::watch
