#include "policy/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace huxin {
namespace {

Status write_all(int fd, ByteView content, const std::filesystem::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail_errno("write " + path.string());
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

void Fd::reset() noexcept {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!fd) return fail_errno("open " + path.string());
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return fail_errno("stat " + path.string());
  if (!S_ISREG(info.st_mode))
    return fail(Errc::kInvalid, "{} is not a regular file", path.string());
  std::string content;
  std::size_t used = 0;
  for (;;) {
    if (used == content.size()) content.resize(std::max<std::size_t>(used * 2, 4096));
    const ssize_t got = ::read(fd.get(), content.data() + used, content.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("read " + path.string());
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > limit) return fail(Errc::kTooLarge, "{} is over {} bytes", path.string(), limit);
  }
  content.resize(used);
  return content;
}

Status write_file_atomically(const std::filesystem::path& path, ByteView content, unsigned mode) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::string temporary = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  const Fd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) return fail_errno("create " + temporary);
  Status done = write_all(fd.get(), content, temporary);
  if (done && ::fchmod(fd.get(), static_cast<mode_t>(mode)) != 0)
    done = fail_errno("chmod " + temporary);
  if (done && ::fsync(fd.get()) != 0) done = fail_errno("fsync " + temporary);
  if (done && ::rename(temporary.c_str(), path.c_str()) != 0)
    done = fail_errno("rename to " + path.string());
  if (!done) {
    ::unlink(temporary.c_str());
    return done;
  }
  const Fd parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent || ::fsync(parent.get()) != 0) return fail_errno("fsync " + folder.string());
  return {};
}

}  // namespace huxin
