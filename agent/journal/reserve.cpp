#include "agent/journal/reserve.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "policy/base/file.hpp"

namespace huxin::journal {

Status Reserve::make() {
  if (bytes_ == 0) return {};
  struct stat info{};
  if (::stat(file_.c_str(), &info) == 0 && std::cmp_greater_equal(info.st_size, bytes_)) return {};
  struct statvfs space{};
  const std::string folder = file_.parent_path().string();
  if (::statvfs(folder.c_str(), &space) != 0) return fail_errno("statvfs " + folder);
  if (static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize <
      3 * static_cast<std::uint64_t>(bytes_))
    return {};
  const Fd fd(::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("open " + file_.string());
  errno = ::posix_fallocate(fd.get(), 0, static_cast<off_t>(bytes_));
  if (errno == 0) return {};
  auto failure = fail_errno("allocate " + file_.string());
  ::unlink(file_.c_str());
  if (failure.error().code == Errc::kNoSpace) return {};
  return failure;
}

bool Reserve::give_up() { return ::unlink(file_.c_str()) == 0; }

}  // namespace huxin::journal
