#include "agent/watch/open_regular.hpp"

#include <fcntl.h>

namespace huxin::watch {

Result<OpenedFile> open_regular(int folder, const std::string& name) {
  // O_PATH opens nothing yet; what it holds cannot be exchanged before it is opened through /proc.
  const Fd handle(::openat(folder, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (!handle) return fail_errno("find file");
  struct stat info{};
  if (::fstat(handle.get(), &info) != 0) return fail_errno("stat file");
  if (!S_ISREG(info.st_mode)) return fail(Errc::kInvalid, "no regular file");
  const std::string link = fmt::format("/proc/self/fd/{}", handle.get());
  constexpr int kFlags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  Fd file(::open(link.c_str(), kFlags | O_NOATIME));
  if (!file)
    file = Fd(
        ::open(link.c_str(), kFlags));  // O_NOATIME is refused on foreign files in user namespaces
  if (!file) return fail_errno("open file");
  if (::fstat(file.get(), &info) != 0) return fail_errno("stat file");
  return OpenedFile{.file = std::move(file), .info = info, .version = version_of(info)};
}

Result<OpenedFile> open_regular(const std::filesystem::path& path) {
  return open_regular(AT_FDCWD, path.native());
}

}  // namespace huxin::watch
