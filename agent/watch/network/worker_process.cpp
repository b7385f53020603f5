#include "agent/watch/network/worker_process.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "agent/watch/network/original_destination.hpp"

namespace huxin::watch {
namespace {

Result<Fd> listen_on(const sockaddr* address, socklen_t length) {
  Fd fd(::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return fail_errno("socket");
  const int on = 1;
  if (address->sa_family == AF_INET6)
    ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (::bind(fd.get(), address, length) != 0) return fail_errno("bind the redirection socket");
  if (::listen(fd.get(), 1024) != 0) return fail_errno("listen on the redirection socket");
  return fd;
}

Result<Fd> listen_v4() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return listen_on(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Result<Fd> listen_v6() {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  return listen_on(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

/// A copy out of the way of the numbers the worker expects, so that dup2 in the child cannot
/// overwrite one it has yet to copy.
Fd moved_up(int fd) { return Fd(fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, 64)); }

Result<pid_t> spawn_worker(const std::filesystem::path& program, int control, int v4, int v6) {
  const Fd high_control = moved_up(control), high_v4 = moved_up(v4), high_v6 = moved_up(v6);
  if (!high_control || !high_v4) return fail_errno("duplicate descriptors for the worker");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, high_control.get(), kControlFd);
  ::posix_spawn_file_actions_adddup2(&actions, high_v4.get(), kListenerFd);
  if (high_v6) ::posix_spawn_file_actions_adddup2(&actions, high_v6.get(), kListener6Fd);
  // Whatever else is open here, close-on-exec or not, is none of the worker's.
  ::posix_spawn_file_actions_addclosefrom_np(&actions, high_v6 ? kListener6Fd + 1 : kListener6Fd);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t none;
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::string name = "huxin-agent", verb = "worker", kind = "network";
  std::array<char*, 4> arguments{name.data(), verb.data(), kind.data(), nullptr};
  std::array<char*, 1> environment{nullptr};
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments.data(),
                                  environment.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  errno = error;
  if (error != 0) return fail_errno("start the network worker");
  return pid;
}

}  // namespace

Result<Listeners> Listeners::open() {
  Listeners listeners;
  auto v4 = listen_v4();
  if (!v4) return std::unexpected(v4.error());
  listeners.v4 = std::move(*v4);
  const auto at = local_endpoint(listeners.v4.get());
  if (!at) return std::unexpected(at.error());
  listeners.port = at->port;
  if (auto v6 = listen_v6()) {
    if (const auto at6 = local_endpoint(v6->get())) listeners.port6 = at6->port;
    listeners.v6 = std::move(*v6);
  }
  return listeners;
}

void Listeners::refuse_waiting() const {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  for (const int listener : {v4.get(), v6.get()}) {
    for (;;) {
      const Fd waiting(listener < 0 ? -1 : ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
      if (!waiting) break;
      ::setsockopt(waiting.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
  }
}

Result<WorkerProcess> WorkerProcess::start(const std::filesystem::path& program,
                                           const Listeners& listeners) {
  auto channel = make_control_channel();
  if (!channel) return std::unexpected(channel.error());
  const auto pid =
      spawn_worker(program, channel->second.get(), listeners.v4.get(), listeners.v6.get());
  if (!pid) return std::unexpected(pid.error());
  // A worker that stops reading must not hold a thread of the guardian for long.
  const timeval patience{.tv_sec = 2, .tv_usec = 0};
  ::setsockopt(channel->first.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  return WorkerProcess(std::make_shared<Fd>(std::move(channel->first)), *pid);
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : control_(std::move(other.control_)), pid_(std::exchange(other.pid_, -1)) {}

WorkerProcess::~WorkerProcess() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace huxin::watch
