#include "agent/watch/network/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace huxin::watch {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// The two ends of what a child reads or writes (a socket, so that writing to a program that has
/// ended is an error and not a signal).
struct Ends {
  Fd ours, theirs;
};

Result<Ends> make_ends() {
  std::array<int, 2> fds{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0)
    return fail_errno("socketpair");
  return Ends{Fd(fds[0]), Fd(fds[1])};
}

/// Starts a program; `input` and `output` become its descriptors 0 and 1+2 (-1: /dev/null).
Result<pid_t> spawn(const std::vector<std::string>& command, int input, int output) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, 0);
  if (output >= 0) {
    ::posix_spawn_file_actions_adddup2(&actions, output, 1);
    ::posix_spawn_file_actions_adddup2(&actions, output, 2);
  } else {
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  }
  ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);  // the agent's own are none of its
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::string path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
  std::array<char*, 2> environment{path.data(), nullptr};
  pid_t pid = -1;
  const int error =
      ::posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    errno = error;
    return fail_errno("start " + command.front());
  }
  return pid;
}

/// Gathers what comes back until the program closes its side.
Status gather_output(int fd, SteadyTime until, std::string& output) {
  constexpr std::size_t kMaxOutput = 65536;
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return fail(Errc::kTimeout, "no end in time");
    pollfd watched{.fd = fd, .events = POLLIN, .revents = 0};
    if (::poll(&watched, 1, static_cast<int>(left.count())) < 0 && errno != EINTR)
      return fail_errno("poll");
    if ((watched.revents & (POLLIN | POLLHUP)) == 0) continue;
    const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno == ECONNRESET)) return {};
    if (got > 0 && output.size() < kMaxOutput)
      output.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

/// A file in memory to read the input from: the whole of it is there, so nobody waits for anybody.
Result<Fd> input_file(std::string_view input) {
  Fd file(::memfd_create("input", MFD_CLOEXEC));
  if (!file) return fail_errno("memfd_create");
  while (!input.empty()) {
    const ssize_t written = ::write(file.get(), input.data(), input.size());
    if (written < 0) return fail_errno("write input");
    input.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

/// How a program ended; kUnknownEnd: nobody can tell any more (the process reaps by itself).
int wait_for(pid_t pid) {
  constexpr int kUnknownEnd = 255;
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return kUnknownEnd;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<ProgramResult> run_program(const std::vector<std::string>& command, std::string_view input,
                                  std::chrono::milliseconds deadline) {
  const auto file = input_file(input);
  if (!file) return std::unexpected(file.error());
  auto ends = make_ends();
  if (!ends) return std::unexpected(ends.error());
  const auto pid = spawn(command, file->get(), ends->theirs.get());
  if (!pid) return std::unexpected(pid.error());
  ends->theirs.reset();
  ProgramResult result;
  const Status done =
      gather_output(ends->ours.get(), std::chrono::steady_clock::now() + deadline, result.output);
  if (!done) ::kill(*pid, SIGKILL);
  result.status = wait_for(*pid);
  if (!done) return std::unexpected(done.error().within(command.front()));
  return result;
}

Result<KeptProgram> KeptProgram::start(const std::vector<std::string>& command) {
  auto ends = make_ends();
  if (!ends) return std::unexpected(ends.error());
  const auto pid = spawn(command, ends->theirs.get(), -1);
  if (!pid) return std::unexpected(pid.error());
  KeptProgram program;
  program.input_ = std::move(ends->ours);
  program.pid_ = *pid;
  return program;
}

KeptProgram::KeptProgram(KeptProgram&& other) noexcept
    : input_(std::move(other.input_)), pid_(std::exchange(other.pid_, -1)) {}

KeptProgram& KeptProgram::operator=(KeptProgram&& other) noexcept {
  if (this != &other) {
    stop();
    input_ = std::move(other.input_);
    pid_ = std::exchange(other.pid_, -1);
  }
  return *this;
}

KeptProgram::~KeptProgram() { stop(); }

Status KeptProgram::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::send(input_.get(), text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return fail_errno("write to program");
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

bool KeptProgram::running() {
  if (pid_ < 0) return false;
  const pid_t ended = ::waitpid(pid_, nullptr, WNOHANG);
  if (ended == 0 || (ended < 0 && errno == EINTR)) return true;
  pid_ = -1;  // it ended, or it is no child of ours any more
  return false;
}

void KeptProgram::stop() noexcept {
  input_.reset();
  if (pid_ < 0) return;
  // A program that does not end by itself soon after its input closed is not waited for.
  for (int i = 0; i < 50 && ::waitpid(pid_, nullptr, WNOHANG) == 0; ++i) {
    if (i == 49) {
      ::kill(pid_, SIGKILL);
      wait_for(pid_);
      break;
    }
    ::usleep(10'000);
  }
  pid_ = -1;
}

}  // namespace huxin::watch
