#include "agent/enforce/file_ops.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <openssl/evp.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "agent/enforce/descriptor_io.hpp"
#include "agent/enforce/sealed_file.hpp"

namespace huxin::enforce {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10U;

/// The SHA-256 of a whole file, from its start.
Result<Digest> digest_of(int fd) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1)
    return fail(Errc::kCrypto, "SHA-256");
  Bytes buffer(kChunk);
  for (std::uint64_t at = 0;; at += kChunk) {
    const auto got = read_at(fd, buffer, at);
    if (!got) return std::unexpected(got.error());
    EVP_DigestUpdate(context.get(), buffer.data(), *got);
    if (*got < kChunk) break;
  }
  Digest digest{};
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return digest;
}

/// Overwrites [from, to).
Status overwrite_range(int fd, std::uint64_t from, std::uint64_t to) {
  while (from < to) {
    const Bytes noise = random_bytes(std::min<std::uint64_t>(kChunk, to - from));
    std::size_t written = 0;
    while (written < noise.size()) {
      const ssize_t put = ::pwrite(fd, noise.data() + written, noise.size() - written,
                                   static_cast<off_t>(from + written));
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) return fail_errno("overwrite");
      written += static_cast<std::size_t>(put);
    }
    from += noise.size();
  }
  return {};
}

/// A file system without SEEK_DATA takes the whole file for data.
Status overwrite_data(int fd) {
  const off_t size = ::lseek(fd, 0, SEEK_END);
  if (size < 0) return fail_errno("size");
  for (off_t at = 0; at < size;) {
    const off_t data = ::lseek(fd, at, SEEK_DATA);
    if (data < 0 && errno == ENXIO) return {};  // holes to the end
    const off_t from = data < 0 ? at : data;
    const off_t hole = data < 0 ? size : ::lseek(fd, from, SEEK_HOLE);
    const off_t to = hole < 0 ? size : hole;
    if (const Status done =
            overwrite_range(fd, static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to));
        !done)
      return done;
    at = to;
  }
  return {};
}

class SystemFileOps final : public FileOps {
 public:
  Result<Fd> open_folder(const std::filesystem::path& folder) override {
    open_how how{};
    how.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const long fd = ::syscall(SYS_openat2, AT_FDCWD, folder.c_str(), &how, sizeof how);
    if (fd >= 0) return Fd(static_cast<int>(fd));
    if (errno == ELOOP)
      return fail(Errc::kDenied, "open {}: a link is in the way", folder.native());
    return fail_errno("open " + folder.native());
  }

  Result<Fd> open_file(int folder, const std::string& name) override {
    return open_regular(folder, name, O_RDONLY);
  }

  Result<Fd> open_writable(int folder, const std::string& name) override {
    return open_regular(folder, name, O_RDWR);
  }

  Status overwrite(int file) override { return overwrite_data(file); }

  Result<Fd> create(int folder, const std::string& name) override {
    Fd file(
        ::openat(folder, name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file && errno == EEXIST) return fail(Errc::kExists, "{} exists", name);
    if (!file) return fail_errno("create " + name);
    return file;
  }

  Result<Digest> seal(int from, int to, const Secret& key, std::string_view name) override {
    return seal_file(from, to, key, name);
  }

  Result<Digest> unseal(int from, int to, const Secret& key, std::string_view name) override {
    return unseal_file(from, to, key, name);
  }

  Result<Digest> digest(int file) override { return digest_of(file); }

  Status sync(int fd) override {
    if (::fsync(fd) != 0) return fail_errno("fsync");
    return {};
  }

  Status restore_owner(int file, unsigned uid, unsigned gid, unsigned mode,
                       std::int64_t mtime_ns) override {
    constexpr std::int64_t kSecond = 1'000'000'000;
    const std::array<timespec, 2> times{
        {{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
         {.tv_sec = mtime_ns / kSecond, .tv_nsec = mtime_ns % kSecond}}};
    if (::fchown(file, uid, gid) != 0) return fail_errno("chown");
    if (::fchmod(file, mode & 0777U) != 0) return fail_errno("chmod");
    if (::futimens(file, times.data()) != 0) return fail_errno("set times");
    return {};
  }

  Status rename(int from_folder, const std::string& from, int to_folder,
                const std::string& to) override {
    if (::renameat2(from_folder, from.c_str(), to_folder, to.c_str(), RENAME_NOREPLACE) == 0)
      return {};
    if (errno == EEXIST) return fail(Errc::kExists, "{} exists", to);
    if (errno == EINVAL) return rename_by_link(from_folder, from, to_folder, to);
    return fail_errno("rename " + from + " to " + to);
  }

  Status unlink(int folder, const std::string& name) override {
    if (::unlinkat(folder, name.c_str(), 0) != 0) return fail_errno("unlink " + name);
    return {};
  }

  Status append(int log, std::string_view line) override {
    const off_t before = ::lseek(log, 0, SEEK_END);
    Status done = write_all(log, as_bytes(line));
    if (done && ::fdatasync(log) != 0) done = fail_errno("fsync log");
    // Half a line would spoil the next one.
    if (!done && before >= 0) [[maybe_unused]]
      const int cut = ::ftruncate(log, before);
    return done;
  }

 private:
  static Result<Fd> open_regular(int folder, const std::string& name, int access) {
    const Fd handle(::openat(folder, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!handle) return fail_errno("find " + name);
    struct stat info{};
    if (::fstat(handle.get(), &info) != 0) return fail_errno("stat " + name);
    if (!S_ISREG(info.st_mode)) return fail(Errc::kInvalid, "{} is not a regular file", name);
    Fd file = open_again(handle.get(), access);
    if (!file) return fail_errno("open " + name);
    return file;
  }

  /// A lease on the file (fcntl(2), which its owner may hold) has its holder asked to give it up;
  /// the kernel takes it away after lease-break-time. Until then, opening is tried again.
  static Fd open_again(int handle, int access) {
    constexpr int kPauseMs = 20;
    const std::string path = fmt::format("/proc/self/fd/{}", handle);
    const auto patience = lease_break_time();
    const auto begun = std::chrono::steady_clock::now();
    for (;;) {
      Fd file(::open(path.c_str(), access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
      if (file || errno != EWOULDBLOCK || std::chrono::steady_clock::now() - begun > patience)
        return file;
      ::poll(nullptr, 0, kPauseMs);
      errno = EWOULDBLOCK;
    }
  }

  static std::chrono::seconds lease_break_time() {
    constexpr std::chrono::seconds kUsual{45};
    constexpr std::chrono::seconds kMost{120};
    const auto text = read_file("/proc/sys/fs/lease-break-time", 32);
    int seconds = 0;
    if (!text ||
        std::from_chars(text->data(), text->data() + text->size(), seconds).ec != std::errc{})
      return kUsual;
    return std::min(std::chrono::seconds(std::max(seconds, 0) + 1), kMost);
  }

  /// For file systems without RENAME_NOREPLACE: a link never replaces either, where there are
  /// links.
  static Status rename_by_link(int from_folder, const std::string& from, int to_folder,
                               const std::string& to) {
    if (::linkat(from_folder, from.c_str(), to_folder, to.c_str(), 0) != 0) {
      if (errno == EEXIST) return fail(Errc::kExists, "{} exists", to);
      if (errno == EPERM || errno == EOPNOTSUPP)
        return fail(Errc::kUnsupported, "the file system cannot rename safely");
      return fail_errno("link " + to);
    }
    if (::unlinkat(from_folder, from.c_str(), 0) != 0) return fail_errno("unlink " + from);
    return {};
  }
};

}  // namespace

std::unique_ptr<FileOps> system_file_ops() { return std::make_unique<SystemFileOps>(); }

}  // namespace huxin::enforce
