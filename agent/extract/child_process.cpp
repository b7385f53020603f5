#include "agent/extract/child_process.hpp"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <new>

#include "policy/base/file.hpp"

namespace huxin::extract {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kErrorsKept = 4096;

struct Pipe {
  Fd read, write;
};

Pipe make_pipe() {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  return {Fd(ends[0]), Fd(ends[1])};
}

/// How long a child may go on: until the extraction stops, or its own patience is over.
class Patience {
 public:
  Patience(Extraction& extraction, milliseconds patience)
      : extraction_(extraction), end_(std::chrono::steady_clock::now() + patience) {}

  milliseconds left() const {
    const auto own = std::chrono::ceil<milliseconds>(end_ - std::chrono::steady_clock::now());
    return std::clamp(own, milliseconds(0), extraction_.time_left());
  }
  bool over() {
    extraction_.check_time();
    return extraction_.stopped() || left() == milliseconds(0);
  }

 private:
  Extraction& extraction_;
  std::chrono::steady_clock::time_point end_;
};

/// Forks; in the parent `handle` then names the child. A handle and not a number, because a filter
/// of system calls can tell "my own child" only by it.
pid_t fork_with_handle(Fd& handle) {
  int pidfd = -1;
  const long pid = ::syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, nullptr);
  if (pid > 0) handle = Fd(pidfd);
  return static_cast<pid_t>(pid);
}

/// Reads what there is on one stream; false at its end.
template <class Use>
bool drain(int fd, const Use& use) {
  char buffer[std::size_t{64} << 10U];
  const ssize_t got = ::read(fd, buffer, sizeof buffer);
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  use(std::string_view(buffer, static_cast<std::size_t>(got)));
  return got > 0;
}

void pump(Fd output, Fd errors, Patience& patience, std::string& error_text,
          const std::function<void(std::string_view)>& use) {
  while ((output || errors) && !patience.over()) {
    pollfd waits[] = {{output.get(), POLLIN, 0}, {errors.get(), POLLIN, 0}};
    const int ready = ::poll(waits, 2, static_cast<int>(patience.left().count()));
    if (ready <= 0) continue;
    if (waits[0].revents != 0 && !drain(output.get(), use)) output.reset();
    const auto keep = [&](std::string_view text) {
      error_text += text.substr(0, kErrorsKept - error_text.size());
    };
    if (waits[1].revents != 0 && !drain(errors.get(), keep)) errors.reset();
  }
}

/// Waits for the child's end, but no longer than patience lasts: then it is killed.
int end_of(pid_t child, const Fd& handle, Patience& patience) {
  pollfd ended{handle.get(), POLLIN, 0};
  while (!patience.over()) {
    if (::poll(&ended, 1, static_cast<int>(patience.left().count())) > 0) break;
  }
  if (ended.revents == 0) ::syscall(SYS_pidfd_send_signal, handle.get(), SIGKILL, nullptr, 0);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Leaves standard streams and `output`, which becomes 3, alone open: the caller's other
/// descriptors are none of the child's business. Where close_range is refused the cage has few.
void keep_only(int output) {
  constexpr rlim_t kMost = 1024;
  if (::dup2(output, 3) != 3) ::_exit(kChildFailed);
  if (::syscall(SYS_close_range, 4, ~0U, 0) == 0) return;
  rlimit limit{kMost, kMost};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  for (int fd = 4; fd < static_cast<int>(std::min(limit.rlim_cur, kMost)); ++fd) ::close(fd);
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(3, bytes.data(), bytes.size());
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

[[noreturn]] void work_aside(const AsideWork& work, int output) noexcept {
  keep_only(output);
  try {
    work([](std::string_view bytes) {
      if (!write_all(bytes)) ::_exit(kChildFailed);
    });
  } catch (const std::bad_alloc&) {
    ::_exit(kChildOutOfMemory);
  } catch (...) {
    ::_exit(kChildFailed);
  }
  ::_exit(0);
}

}  // namespace

ChildExit run_child(const std::function<void(const ChildStreams&)>& child_work,
                    Extraction& extraction, const UseOutput& use, milliseconds most) {
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  if (!output.read || !errors.read) return {};
  Patience patience(extraction, most);
  const auto seconds =
      static_cast<rlim_t>(std::chrono::ceil<std::chrono::seconds>(patience.left()).count());
  Fd handle;
  const pid_t child = fork_with_handle(handle);
  if (child < 0) return {};
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit time{seconds, seconds};
    ::setrlimit(RLIMIT_CPU, &time);
    child_work({output.write.get(), errors.write.get()});
    ::_exit(kChildFailed);
  }
  output.write.reset();
  errors.write.reset();
  ChildExit result{.started = true};
  pump(std::move(output.read), std::move(errors.read), patience, result.errors, use);
  result.code = end_of(child, handle, patience);
  result.overdue = result.code == -1 && !extraction.stopped() && patience.left() == milliseconds(0);
  return result;
}

ChildExit run_aside(const AsideWork& work, Extraction& extraction, const UseOutput& use,
                    milliseconds patience) {
  return run_child([&](const ChildStreams& streams) { work_aside(work, streams.output); },
                   extraction, use, patience);
}

}  // namespace huxin::extract
