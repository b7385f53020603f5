#include "collector/cli/prompt.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "policy/base/file.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLongest = 1024;

/// Turns the terminal's echo off while it lives.
class Silence {
 public:
  explicit Silence(int fd) : fd_(fd) {
    if (::tcgetattr(fd_, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(fd_, TCSAFLUSH, &silent) == 0;
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (changed_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
  }

 private:
  int fd_;
  termios before_{};
  bool changed_ = false;
};

/// Byte by byte, so that nothing behind the line is taken.
Result<Secret> read_line(int fd) {
  Secret line(kLongest);
  std::size_t size = 0;
  for (char c = 0; size < kLongest;) {
    const ssize_t got = ::read(fd, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("read");
    if (got == 0 || c == '\n') break;
    line.writable()[size++] = static_cast<std::uint8_t>(c);
  }
  if (size == 0) return fail(Errc::kInvalid, "nothing was entered");
  if (size == kLongest) return fail(Errc::kTooLarge, "over {} bytes", kLongest - 1);
  return Secret(
      Bytes(line.view().begin(), line.view().begin() + static_cast<std::ptrdiff_t>(size)));
}

}  // namespace

Result<Secret> read_secret(std::string_view prompt, bool from_stdin) {
  if (from_stdin) return read_line(STDIN_FILENO);
  const Fd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal) return fail(Errc::kUnavailable, "no terminal to ask on; use the --…-stdin flag");
  const Silence silence(terminal.get());
  if (::write(terminal.get(), prompt.data(), prompt.size()) < 0) return fail_errno("write");
  Result<Secret> line = read_line(terminal.get());
  if (::write(terminal.get(), "\n", 1) < 0) return fail_errno("write");
  return line;
}

}  // namespace huxin::collector::cli
