#include "agent/enforce/descriptor_io.hpp"

#include <unistd.h>

#include <cerrno>

namespace huxin::enforce {

Status write_all(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail_errno("write");
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

Result<std::size_t> read_at(int fd, std::span<std::uint8_t> into, std::uint64_t offset) {
  std::size_t filled = 0;
  while (filled < into.size()) {
    const ssize_t got = ::pread(fd, into.data() + filled, into.size() - filled,
                                static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("read");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

}  // namespace huxin::enforce
