#include "agent/journal/head_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace huxin::journal {
namespace {

constexpr std::string_view kMagic = "HUXHEAD1";
constexpr std::size_t kSlot = 512;
constexpr std::size_t kSigned = 48;
constexpr std::size_t kUsed = 80;

using Slot = std::array<std::uint8_t, kUsed>;

Secret derive(const Secret& database_key) {
  const Digest digest = hmac_sha256(database_key.view(), as_bytes("huxin-journal-head-1"));
  return Secret(Bytes(digest.begin(), digest.end()));
}

}  // namespace

HeadFile::HeadFile(Fd fd, const Secret& database_key)
    : fd_(std::move(fd)), key_(derive(database_key)) {}

Result<HeadFile> HeadFile::open(const std::filesystem::path& file, const Secret& database_key) {
  Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("open " + file.string());
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return fail_errno("stat " + file.string());
  HeadFile made(std::move(fd), database_key);
  if (std::cmp_less(info.st_size, 2 * kSlot)) {
    const std::array<std::uint8_t, 2 * kSlot> zeros{};
    if (::pwrite(made.fd_.get(), zeros.data(), zeros.size(), 0) !=
        static_cast<ssize_t>(zeros.size())) {
      return fail_errno("write " + file.string());
    }
  }
  for (int slot = 0; slot < 2; ++slot) {
    auto link = made.read_slot(slot);
    if (!link || (made.head_ && made.head_->sequence >= link->sequence)) continue;
    made.head_ = std::move(link);
    made.next_slot_ = 1 - slot;
  }
  made.foreign_ = made.foreign_ && !made.head_;
  return made;
}

std::optional<Link> HeadFile::read_slot(int slot) {
  Slot bytes{};
  if (::pread(fd_.get(), bytes.data(), bytes.size(), slot * static_cast<off_t>(kSlot)) !=
      static_cast<ssize_t>(kUsed)) {
    return std::nullopt;
  }
  if (std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; })) return std::nullopt;
  const ByteView view(bytes);
  const Digest mac = hmac_sha256(key_.view(), view.first(kSigned));
  if (as_text(view.first(kMagic.size())) != kMagic ||
      !equal_in_constant_time(mac, view.subspan(kSigned, mac.size()))) {
    foreign_ = true;
    return std::nullopt;
  }
  Link link;
  for (std::size_t i = 8; i < 16; ++i) link.sequence = link.sequence << 8U | bytes[i];
  link.hash.assign(bytes.begin() + 16, bytes.begin() + kSigned);
  return link;
}

Status HeadFile::write(const Link& head) {
  if (head.hash.size() != 32) return fail(Errc::kInternal, "a hash of {} bytes", head.hash.size());
  Slot bytes{};
  std::ranges::copy(kMagic, bytes.begin());
  for (std::size_t i = 0; i < 8; ++i)
    bytes[15 - i] = static_cast<std::uint8_t>(head.sequence >> (8 * i));
  std::ranges::copy(head.hash, bytes.begin() + 16);
  const Digest mac = hmac_sha256(key_.view(), ByteView(bytes).first(kSigned));
  std::ranges::copy(mac, bytes.begin() + kSigned);
  const ssize_t written =
      ::pwrite(fd_.get(), bytes.data(), bytes.size(), next_slot_ * static_cast<off_t>(kSlot));
  if (written != static_cast<ssize_t>(kUsed)) return fail_errno("write the journal's head file");
  next_slot_ = 1 - next_slot_;
  head_ = head;
  foreign_ = false;
  dirty_ = true;
  return {};
}

Status HeadFile::sync() {
  if (!dirty_) return {};
  if (::fdatasync(fd_.get()) != 0) return fail_errno("sync the journal's head file");
  dirty_ = false;
  return {};
}

}  // namespace huxin::journal
