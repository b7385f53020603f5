#include "agent/watchdog.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "policy/base/clock.hpp"

namespace huxin::agent {
namespace {

constexpr char kBeat = 'b';
constexpr char kRest = 'r';
constexpr int kSlices = 10;
constexpr int kFirst = 3;  ///< descriptors of the process: the pipe, the guardian

/// Alone in its process, which has one thread: knows the guardian by its pidfd.
class Sentry {
 public:
  Sentry(std::chrono::milliseconds patience, const char* note)
      : slice_(std::max<std::int64_t>(patience.count() / kSlices, 1)), note_(note) {}

  [[noreturn]] void run() {
    bool watching = false;
    int silent = 0;
    for (;;) {
      pollfd wait{.fd = kFirst, .events = POLLIN, .revents = 0};
      const int ready = ::poll(&wait, 1, watching ? static_cast<int>(slice_) : -1);
      if (ready == 0 && ++silent >= kSlices) end_guardian();
      if (ready <= 0) continue;
      std::array<char, 64> said{};
      const ssize_t got = ::read(kFirst, said.data(), said.size());
      if (got == 0) ::_exit(0);  // the guardian has ended
      if (got < 0) continue;
      silent = 0;
      watching = said[static_cast<std::size_t>(got) - 1] == kBeat;
    }
  }

 private:
  /// Counted in slices, not by the clock: were both processes stopped together, both go on
  /// together.
  [[noreturn]] void end_guardian() {
    ::syscall(SYS_pidfd_send_signal, kFirst + 1, SIGKILL, nullptr, 0);
    const int note = ::open(note_, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    std::array<char, 32> line{};
    std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    const std::size_t length = std::strftime(line.data(), line.size(), "%FT%TZ\n", &parts);
    if (note >= 0) [[maybe_unused]]
      const ssize_t put = ::write(note, line.data(), length);
    ::_exit(1);
  }

  std::int64_t slice_;
  const char* note_;
};

[[noreturn]] void become_sentry(int beats, int guardian, std::chrono::milliseconds patience,
                                const char* note) {
  ::prctl(PR_SET_NAME, "huxin-watchdog");
  // What ends the guardian in good order ends this process after it, by the end of the pipe.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGTSTP}) std::signal(signal, SIG_IGN);
  const int high = ::fcntl(beats, F_DUPFD, 10);
  const int other = ::fcntl(guardian, F_DUPFD, 10);
  if (high < 0 || other < 0 || ::dup2(high, kFirst) < 0 || ::dup2(other, kFirst + 1) < 0)
    ::_exit(2);
  ::syscall(SYS_close_range, kFirst + 2, ~0U, 0);
  for (int standard = 0; standard < kFirst; ++standard) ::close(standard);
  Sentry(patience, note).run();
}

}  // namespace

Result<std::unique_ptr<Watchdog>> Watchdog::start(std::filesystem::path note,
                                                  std::chrono::milliseconds patience) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("pipe");
  Fd beats(ends[0]);
  Fd mine(ends[1]);
  ::fcntl(mine.get(), F_SETFL, O_NONBLOCK);
  const Fd self(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
  if (!self) return fail_errno("pidfd_open");
  const pid_t process = ::fork();
  if (process < 0) return fail_errno("fork the watchdog");
  if (process == 0) become_sentry(beats.get(), self.get(), patience, note.c_str());
  return std::unique_ptr<Watchdog>(new Watchdog(std::move(mine), process));
}

Watchdog::~Watchdog() {
  beats_.reset();
  ::waitpid(process_, nullptr, 0);
}

void Watchdog::say(char what) {
  if (::write(beats_.get(), &what, 1) < 0 && errno == EPIPE) gone_ = true;
}

void Watchdog::beat() { say(kBeat); }
void Watchdog::rest() { say(kRest); }

std::string Watchdog::take_note(const std::filesystem::path& note) {
  const auto text = read_file(note, std::size_t{64} << 10U);
  if (!text) return {};
  ::unlink(note.c_str());
  const std::string_view lines =
      std::string_view(*text).substr(0, text->find_last_not_of('\n') + 1);
  return std::string(lines.substr(lines.find_last_of('\n') + 1));
}

void tell_service_manager(const char* what) {
  const char* const place = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  const std::size_t length = place ? std::strlen(place) : 0;
  if (length < 2 || length >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, place, length);
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // an abstract name
  const Fd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return;
  // Full, or gone: the next beat tells it again.
  [[maybe_unused]] const ssize_t sent =
      ::sendto(socket.get(), what, std::strlen(what), MSG_NOSIGNAL,
               reinterpret_cast<const sockaddr*>(&address),
               static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
}

}  // namespace huxin::agent
