#include "agent/watch/open_guard.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <deque>

#include <spdlog/spdlog.h>

#include "agent/watch/guard_marks.hpp"
#include "agent/watch/losses.hpp"
#include "agent/watch/open_memory.hpp"
#include "agent/watch/open_ticket.hpp"

namespace huxin::watch {
namespace {

constexpr std::size_t kMaxWaiting = 1024;

/// Hands tickets from the reader to the threads that run the handler; bounded.
class OpenQueue {
 public:
  bool push(std::shared_ptr<OpenTicket> ticket) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMaxWaiting) return false;
    waiting_.push_back(std::move(ticket));
    filled_.notify_one();
    return true;
  }
  /// Blocks; null when closed.
  std::shared_ptr<OpenTicket> pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
    if (closed_) return nullptr;
    auto ticket = std::move(waiting_.front());
    waiting_.pop_front();
    return ticket;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    waiting_.clear();  // a ticket dropped lets its open pass
    filled_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::shared_ptr<OpenTicket>> waiting_;
  bool closed_ = false;
};

class Guard final : public OpenGuard {
 public:
  Guard(std::shared_ptr<PermissionGroup> mounts, std::shared_ptr<PermissionGroup> folders,
        GuardOptions options, Handler handler, Loss lost, std::shared_ptr<const OwnProcesses> own,
        std::shared_ptr<const Clock> clock)
      : mounts_(std::move(mounts)),
        folders_(std::move(folders)),
        options_(std::move(options)),
        exclude_({"/"}, options_.exclude),
        handler_(std::move(handler)),
        own_(std::move(own)),
        clock_(std::move(clock)),
        memory_(mounts_),
        losses_(std::move(lost)),
        deadlines_(options_.fail_closed),
        marks_(mounts_, folders_, options_.guarded,
               [this](const std::string& path, const std::string& reason) {
                 losses_.add(path, reason);
               }) {}

  ~Guard() override {
    // The order matters: nothing may wait for us from here on, whatever a handler does.
    signal_.stop();
    if (reader_.joinable()) reader_.join();
    deadlines_.release_all();
    mounts_->close();
    folders_->close();
    queue_.close();
    for (std::thread& thread : deciders_) thread.join();
  }

  Status begin() {
    // Answers must be ready to come before the first mark makes an open wait.
    reader_ = std::thread([this] { read(); });
    for (unsigned i = 0; i < std::max(options_.threads, 1U); ++i)
      deciders_.emplace_back([this] { decide(); });
    return marks_.start();
  }

  void forget() override { memory_.forget(); }

  Status probe(std::chrono::milliseconds deadline) override {
    if (!signal_.ping(deadline))
      return fail(Errc::kTimeout, "the open guard's reader does not answer");
    if (!marks_.alive(deadline))
      return fail(Errc::kTimeout, "the keeper of the open guard's marks does not answer");
    const auto held = count_marks(mounts_->fd());
    const auto folders = count_marks(folders_->fd());
    if (!held || !folders || (marks_.has_mounts() && *held == 0) ||
        (marks_.has_folders() && *folders == 0)) {
      return fail(Errc::kInternal, "the kernel no longer holds the open guard's marks");
    }
    return {};
  }

  std::string coverage() const override {
    return describe_coverage("guarded", marks_.configured(), marks_.blind());
  }

  bool answers(std::chrono::milliseconds deadline) override {
    return signal_.ping(deadline) && deadlines_.keeps_up(deadline);
  }

  GuardCounters counters() const override {
    const std::lock_guard lock(counters_mutex_);
    GuardCounters now = counters_;
    now.missed = deadlines_.missed();
    if (options_.fail_closed) now.denied += now.missed;
    return now;
  }

 private:
  void read() noexcept {
    try {
      while (turn()) {
      }
    } catch (const std::exception& error) {
      spdlog::critical("open guard ended: {}", error.what());
      mounts_->close();  // better unguarded than frozen
      folders_->close();
    }
  }

  bool turn() {
    std::array<pollfd, 3> wait{{{.fd = mounts_->fd(), .events = POLLIN, .revents = 0},
                                {.fd = folders_->fd(), .events = POLLIN, .revents = 0},
                                {.fd = signal_.fd(), .events = POLLIN, .revents = 0}}};
    ::poll(wait.data(), wait.size(), -1);
    if ((wait[2].revents & POLLIN) != 0 && !signal_.turn()) return false;
    if (wait[0].revents != 0) take(mounts_);
    if (wait[1].revents != 0) take(folders_);
    return true;
  }

  void take(const std::shared_ptr<PermissionGroup>& group) {
    auto asked = group->read();
    if (!asked) return count(&GuardCounters::failures);
    for (auto& question : *asked) {
      if (question.file) on_question(group, question);
    }
  }

  void on_question(const std::shared_ptr<PermissionGroup>& group,
                   PermissionGroup::Asked& question) {
    if ((question.mask & FAN_OPEN_PERM) == 0)
      return group->heed(question.file.get());  // a writer closed it
    count(&GuardCounters::asked);
    const auto ticket = std::make_shared<OpenTicket>(
        group, std::move(question.file), OpenTicket::Moment::clock::now() + options_.deadline);
    if (own_->contains(question.pid)) {
      ticket->answer(true);
      return count(&GuardCounters::own);
    }
    struct stat info{};
    if (::fstat(ticket->file(), &info) != 0 || !S_ISREG(info.st_mode))
      return void(ticket->answer(true));
    ticket->version = version_of(info);
    ticket->generation = memory_.generation();
    ticket->actor = read_actor(question.pid);
    if (const auto known = memory_.recall(*ticket)) {
      answer(*ticket, *known);
      return count(&GuardCounters::remembered);
    }
    if (excluded(*ticket)) return void(ticket->answer(true));
    deadlines_.watch(ticket);
    if (queue_.push(ticket)) return;
    answer(*ticket, !options_.fail_closed);
    count(&GuardCounters::overloaded);
    losses_.add(path_of(*ticket), "open_overload");
  }

  bool excluded(const OpenTicket& ticket) const {
    if (options_.exclude.empty()) return false;
    const auto path = marks_.places().path_of(ticket.file());
    return path && !exclude_.wanted(*path);  // what is nowhere known is never excluded
  }

  std::string path_of(const OpenTicket& ticket) const {
    const auto path = marks_.places().path_of(ticket.file());
    return path ? *path : opened_path(ticket.file());
  }

  void decide() noexcept {
    while (const auto ticket = queue_.pop()) {
      if (ticket->answered()) {  // its deadline passed while it waited
        not_judged(*ticket);
        continue;
      }
      try {
        decide_one(*ticket);
      } catch (const std::exception& error) {
        spdlog::error("deciding an open failed: {}", error.what());
        answer(*ticket, !options_.fail_closed);
        count(&GuardCounters::failures);
        losses_.add(path_of(*ticket), "open_failed");
      }
    }
  }

  void decide_one(OpenTicket& ticket) {
    OpenRequest request;
    request.path = path_of(ticket);
    request.event.stage = rule::Stage::kUse;
    request.event.channel = rule::Channel::kFileOpen;
    request.event.time = clock_->now();
    request.event.user = ticket.actor.uid ? accounts_.name(*ticket.actor.uid) : "";
    request.event.process = to_utf8(ticket.actor.process);
    request.event.pid = ticket.actor.pid;
    request.event.path = to_utf8(request.path.native());
    request.event.operation = "open";
    // A copy: the number of the original names the question until it is answered.
    request.file = Fd(::fcntl(ticket.file(), F_DUPFD_CLOEXEC, 0));
    request.version = ticket.version;
    request.deadline = ticket.deadline();
    if (!request.file) throw std::runtime_error("out of descriptors");
    OpenDecision decision = handler_(std::move(request));
    if (decision.remember && memory_.keep(ticket, decision.allow, decision.clean_for_everyone)) {
      count(&GuardCounters::handed_over);
    }
    const bool in_time = answer(ticket, decision.allow);
    count(&GuardCounters::decided);
    if (!in_time) not_judged(ticket);
    if (decision.settled) decision.settled({.in_time = in_time, .allowed = ticket.allowed()});
  }

  /// The deadline was the answer; or the guard's end, which is told by who ended it.
  void not_judged(const OpenTicket& ticket) {
    if (OpenTicket::Moment::clock::now() >= ticket.deadline())
      losses_.add(path_of(ticket), "open_deadline");
  }

  bool answer(OpenTicket& ticket, bool allow) {
    const bool first = ticket.answer(allow);
    if (first && !allow) count(&GuardCounters::denied);
    return first;
  }

  void count(std::uint64_t GuardCounters::* counter) {
    const std::lock_guard lock(counters_mutex_);
    ++(counters_.*counter);
  }

  std::shared_ptr<PermissionGroup> mounts_;
  std::shared_ptr<PermissionGroup> folders_;
  GuardOptions options_;
  PathFilter exclude_;
  Handler handler_;
  std::shared_ptr<const OwnProcesses> own_;
  std::shared_ptr<const Clock> clock_;
  Accounts accounts_;
  OpenMemory memory_;
  OpenQueue queue_;
  LoopSignal signal_;
  Losses losses_;  ///< outlives whoever adds to it
  OpenDeadlines deadlines_;
  GuardMarks marks_;
  mutable std::mutex counters_mutex_;
  GuardCounters counters_;
  std::vector<std::thread> deciders_;
  std::thread reader_;
};

}  // namespace

Result<std::unique_ptr<OpenGuard>> OpenGuard::start(GuardOptions options, Handler handler,
                                                    Loss lost,
                                                    std::shared_ptr<const OwnProcesses> own,
                                                    std::shared_ptr<const Clock> clock) {
  auto mounts = PermissionGroup::make();
  if (!mounts) return std::unexpected(mounts.error());
  auto folders = PermissionGroup::make();
  if (!folders) return std::unexpected(folders.error());
  auto guard = std::make_unique<Guard>(*mounts, *folders, std::move(options), std::move(handler),
                                       std::move(lost), std::move(own), std::move(clock));
  if (const Status begun = guard->begin(); !begun) return std::unexpected(begun.error());
  return guard;
}

}  // namespace huxin::watch
