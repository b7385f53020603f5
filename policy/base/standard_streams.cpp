#include "policy/base/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace huxin {

void open_standard_descriptors() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
    // open gives the lowest free number, which is this one.
    const int mode = number == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    [[maybe_unused]] const int opened = ::open("/dev/null", mode);
  }
}

Status flush_standard_output() {
  if (std::fflush(stdout) != 0) return fail_errno("standard output");
  if (std::ferror(stdout) != 0) return fail(Errc::kIo, "standard output: it could not be written");
  return {};
}

}  // namespace huxin
