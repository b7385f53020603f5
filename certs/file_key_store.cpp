#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "certs/key_store.hpp"
#include "policy/base/file.hpp"

namespace huxin::certs {
namespace {

/// Is this ours, and closed to everyone else?
Status check_protection(const struct stat& info, const std::filesystem::path& path) {
  if (info.st_uid != ::geteuid()) {
    return fail(Errc::kDenied, "{} belongs to uid {}, not to {}", path.string(), info.st_uid,
                ::geteuid());
  }
  if ((info.st_mode & 077U) != 0) {
    return fail(Errc::kDenied, "{} has mode {:04o}: others can reach it; chmod go= it",
                path.string(), info.st_mode & 07777U);
  }
  return {};
}

Result<Secret> read_secret(int fd, std::size_t size, const std::filesystem::path& path) {
  Secret secret(size);
  std::span<std::uint8_t> rest = secret.writable();
  while (!rest.empty()) {
    const ssize_t got = ::read(fd, rest.data(), rest.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("read " + path.string());
    if (got == 0) return fail(Errc::kCorrupt, "{} became shorter while being read", path.string());
    rest = rest.subspan(static_cast<std::size_t>(got));
  }
  return secret;
}

class FileKeyStore final : public KeyStore {
 public:
  explicit FileKeyStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<Secret> load(std::string_view name) override {
    if (Status named = check_key_name(name); !named) return std::unexpected(named.error());
    const std::filesystem::path path = folder_ / name;
    const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd) return fail_errno("key " + path.string());
    struct stat info{};
    if (::fstat(fd.get(), &info) != 0) return fail_errno("stat " + path.string());
    if (!S_ISREG(info.st_mode))
      return fail(Errc::kDenied, "{} is not a regular file", path.string());
    if (Status safe = check_protection(info, path); !safe) return std::unexpected(safe.error());
    const auto size = static_cast<std::size_t>(info.st_size);
    if (size > kLargestSecret) return fail(Errc::kTooLarge, "{} has {} bytes", path.string(), size);
    return read_secret(fd.get(), size, path);
  }

  Status save(std::string_view name, const Secret& secret) override {
    if (Status named = check_key_name(name); !named) return named;
    if (secret.size() > kLargestSecret)
      return fail(Errc::kTooLarge, "key {} has {} bytes", name, secret.size());
    return write_file_atomically(folder_ / name, secret.view(), 0600);
  }

  Status remove(std::string_view name) override {
    if (Status named = check_key_name(name); !named) return named;
    const std::filesystem::path path = folder_ / name;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
      return fail_errno("remove " + path.string());
    return {};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

Result<std::unique_ptr<KeyStore>> open_file_key_store(const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return fail_errno("mkdir " + folder.string());
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return fail_errno("key store " + folder.string());
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return fail_errno("stat " + folder.string());
  if (Status safe = check_protection(info, folder); !safe) return std::unexpected(safe.error());
  return std::make_unique<FileKeyStore>(folder);
}

}  // namespace huxin::certs
