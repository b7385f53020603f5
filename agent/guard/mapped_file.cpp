#include "agent/guard/mapped_file.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

namespace huxin::guard {

namespace {

// What the handler of SIGBUS needs; a handler has no other way to its object.
std::atomic<std::uintptr_t> mapped_begin{0};
std::atomic<std::uintptr_t> mapped_end{0};
std::atomic<bool> mapped_changed{false};

constexpr std::uintptr_t kPage = 4096;

/// Puts zeros where the file's pages have gone; a fault anywhere else ends the process as ever.
void on_bus_error(int, siginfo_t* info, void*) {
  const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
  const std::uintptr_t page = at & ~(kPage - 1);
  const bool ours = at >= mapped_begin && at < mapped_end;
  void* const where = reinterpret_cast<void*>(page);
  if (!ours || ::mmap(where, kPage, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
                   MAP_FAILED) {
    ::signal(SIGBUS, SIG_DFL);
    return;
  }
  mapped_changed = true;
}

void guard(ByteView bytes) {
  mapped_begin = reinterpret_cast<std::uintptr_t>(bytes.data());
  mapped_end = mapped_begin + bytes.size();
  mapped_changed = false;
  struct sigaction action{};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGBUS, &action, nullptr);
}

/// Copies what has no size into memory of the same kind as a mapping.
Result<ByteView> read_stream(const Fd& file, std::size_t limit) {
  void* const memory = ::mmap(nullptr, limit + 1, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return fail_errno("mmap");
  auto* const bytes = static_cast<std::uint8_t*>(memory);
  std::size_t done = 0;
  while (done <= limit) {
    const ssize_t got = ::read(file.get(), bytes + done, limit + 1 - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const auto error = fail_errno("read");
      ::munmap(memory, limit + 1);
      return error;
    }
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  if (done > limit || done == 0) {
    ::munmap(memory, limit + 1);
    if (done > limit) return fail(Errc::kTooLarge, "more than {} bytes", limit);
    return ByteView{};
  }
  // What was not written was never given pages.
  const std::size_t used = (done + kPage - 1) & ~(kPage - 1);
  if (used < limit + 1) ::munmap(bytes + used, limit + 1 - used);
  return ByteView{bytes, done};
}

}  // namespace

std::size_t file_size(const Fd& file) {
  struct stat info{};
  if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) return 0;
  return static_cast<std::size_t>(info.st_size);
}

Result<MappedFile> MappedFile::map(const Fd& file, std::size_t limit) {
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return fail_errno("fstat");
  mapped_changed = false;
  if (!S_ISREG(info.st_mode)) {
    auto stream = read_stream(file, limit);
    if (!stream) return std::unexpected(stream.error());
    return MappedFile(*stream);
  }
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size > limit) return fail(Errc::kTooLarge, "{} bytes", size);
  return map_part(file, 0, size);
}

Result<MappedFile> MappedFile::map_part(const Fd& file, std::size_t begin, std::size_t size) {
  if (size == 0) return MappedFile(ByteView{});
  void* const memory =
      ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), static_cast<off_t>(begin));
  if (memory == MAP_FAILED) return fail_errno("mmap");
  const ByteView bytes(static_cast<const std::uint8_t*>(memory), size);
  guard(bytes);
  return MappedFile(bytes);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile::~MappedFile() {
  if (bytes_.empty()) return;
  mapped_begin = 0;
  mapped_end = 0;
  ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

bool MappedFile::changed() const { return mapped_changed; }

}  // namespace huxin::guard
