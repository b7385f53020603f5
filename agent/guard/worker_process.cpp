#include "agent/guard/worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "agent/guard/channel.hpp"
#include "agent/guard/worker.hpp"

namespace huxin::guard {

namespace {

constexpr int kAboveTargets = 10;  // so that dup2 to 3 and 4 never lands on a source

Fd raised(Fd fd) { return Fd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kAboveTargets)); }

Result<Fd> as_memory_file(const std::string& bytes) {
  Fd file(::memfd_create("worker-config", MFD_CLOEXEC));
  if (!file) return fail_errno("memfd_create");
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t wrote = ::write(file.get(), bytes.data() + done, bytes.size() - done);
    if (wrote < 0) return fail_errno("write the worker's configuration");
    done += static_cast<std::size_t>(wrote);
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return fail_errno("lseek");
  return raised(std::move(file));
}

/// Says whether a child has ended. One that has hung up its socket is about to: a process closes
/// its descriptors a moment before it can be waited for.
bool ended_by_itself(pid_t pid, int socket) {
  pollfd hang_up{socket, 0, 0};
  const bool leaving =
      socket >= 0 && ::poll(&hang_up, 1, 0) > 0 && (hang_up.revents & POLLHUP) != 0;
  for (int tries = leaving ? 50 : 1; tries > 0; --tries) {
    siginfo_t ended{};
    if (::waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        ended.si_pid == pid)
      return true;
    if (tries > 1) ::poll(nullptr, 0, 1);
  }
  return false;
}

/// What posix_spawn wants said, freed at the end.
class SpawnPlan {
 public:
  /// `known` may be -1.
  SpawnPlan(int socket, int config, int known) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocket);
    ::posix_spawn_file_actions_adddup2(&actions_, config, kWorkerConfig);
    if (known >= 0) ::posix_spawn_file_actions_adddup2(&actions_, known, kWorkerKnown);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, kWorkerConfig + (known >= 0 ? 2 : 1));
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  Result<pid_t> run(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    static char language[] = "LANG=C.UTF-8";
    static char leaks[] = "ASAN_OPTIONS=detect_leaks=0";  // its tracer would be what seccomp kills
    static char* environment[] = {language, leaks, nullptr};
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, arguments[0], &actions_, &attributes_, arguments.data(), environment);
    if (error != 0) {
      errno = error;
      return fail_errno(command.front());
    }
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Result<WorkerProcess> WorkerProcess::start(const std::vector<std::string>& command,
                                           const WorkerBirth& birth,
                                           std::chrono::milliseconds patience) {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return fail_errno("socketpair");
  Fd ours(ends[0]);
  Fd theirs = raised(Fd(ends[1]));
  const auto file = as_memory_file(birth.config.SerializeAsString());
  if (!file) return std::unexpected(file.error());
  Fd known;
  if (birth.known) known = Fd(::fcntl(birth.known->get(), F_DUPFD_CLOEXEC, kAboveTargets));
  const auto pid = SpawnPlan(theirs.get(), file->get(), known.get()).run(command);
  if (!pid) return std::unexpected(pid.error());
  WorkerProcess worker(std::move(ours), *pid);
  theirs.reset();
  const auto packet = receive_packet(worker.socket(), std::chrono::steady_clock::now() + patience);
  if (!packet) return std::unexpected(packet.error().within("worker hello"));
  if (!packet->has_value())
    return fail(Errc::kUnavailable, "the worker ended before its hello ({})", worker.end());
  if (!worker.hello_.ParseFromString((*packet)->bytes))
    return fail(Errc::kProtocol, "the worker's hello does not parse");
  if (!worker.hello_.error().empty())
    return fail(Errc::kUnavailable, "worker: {}", worker.hello_.error());
  return worker;
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : socket_(std::move(other.socket_)),
      pid_(std::exchange(other.pid_, -1)),
      hello_(std::move(other.hello_)) {}

WorkerProcess& WorkerProcess::operator=(WorkerProcess&& other) noexcept {
  if (this != &other) {
    end();
    socket_ = std::move(other.socket_);
    pid_ = std::exchange(other.pid_, -1);
    hello_ = std::move(other.hello_);
  }
  return *this;
}

WorkerProcess::~WorkerProcess() { end(); }

std::string WorkerProcess::end() {
  if (pid_ <= 0) return "gone";
  // A worker that ended by itself keeps its own story; one that did not is killed. Its group, which
  // holds a helper, is killed in any case, while the pid cannot have been given to another.
  const bool by_itself = ended_by_itself(pid_, socket_.get());
  socket_.reset();
  ::kill(-pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (!by_itself) return "killed";
  return WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                             : fmt::format("exit {}", WEXITSTATUS(status));
}

}  // namespace huxin::guard
