#include "agent/extract/helper_program.hpp"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

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

Fd as_file(ByteView input) {
  Fd file(::memfd_create("helper-input", MFD_CLOEXEC));
  for (std::size_t done = 0; file && done < input.size();) {
    const ssize_t wrote = ::write(file.get(), input.data() + done, input.size() - done);
    if (wrote <= 0) return {};
    done += static_cast<std::size_t>(wrote);
  }
  if (file && ::lseek(file.get(), 0, SEEK_SET) != 0) return {};
  return file;
}

struct Streams {
  int input, output, errors;
};

/// How long a program may go on: until the extraction stops, or its own patience is over.
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

/// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(const std::vector<char*>& arguments, const Streams& streams,
                         rlim_t seconds) {
  static char language[] = "LANG=C.UTF-8";
  static char threads[] = "OMP_THREAD_LIMIT=1";
  static char* environment[] = {language, threads, nullptr};
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit time{seconds, seconds};
  ::setrlimit(RLIMIT_CPU, &time);
  if (::dup2(streams.input, 0) == 0 && ::dup2(streams.output, 1) == 1 &&
      ::dup2(streams.errors, 2) == 2) {
    ::execve(arguments[0], arguments.data(), environment);
  }
  ::_exit(127);
}

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

}  // namespace

HelperExit run_helper(const std::vector<std::string>& command, ByteView input,
                      Extraction& extraction, const std::function<void(std::string_view)>& use,
                      milliseconds most) {
  Fd file = as_file(input);
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  if (!file || !output.read || !errors.read) return {};
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  Patience patience(extraction, most);
  const auto seconds =
      static_cast<rlim_t>(std::chrono::ceil<std::chrono::seconds>(patience.left()).count());
  Fd handle;
  const pid_t child = fork_with_handle(handle);
  if (child < 0) return {};
  if (child == 0) become(arguments, {file.get(), output.write.get(), errors.write.get()}, seconds);
  output.write.reset();
  errors.write.reset();
  HelperExit result{.started = true};
  pump(std::move(output.read), std::move(errors.read), patience, result.errors, use);
  result.code = end_of(child, handle, patience);
  result.overdue = result.code == -1 && !extraction.stopped() && patience.left() == milliseconds(0);
  return result;
}

}  // namespace huxin::extract
