#include "agent/session/wire.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace huxin::session {
namespace {

constexpr int kSeals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
constexpr std::size_t kMaxDescriptors = 4;  // room to take, and close, more than is allowed

bool gone(int error) {
  return error == EPIPE || error == ECONNRESET || error == ENOTCONN || error == ECONNREFUSED;
}

/// Takes every descriptor out of the control data; returns how many there were, the first in
/// `first`.
std::size_t collect(msghdr& message, Fd& first) {
  std::size_t count = 0;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t here = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < here; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof fd);
      Fd owned(fd);
      if (count++ == 0) first = std::move(owned);
    }
  }
  return count;
}

}  // namespace

Result<std::optional<Packet>> receive_packet(int socket) {
  Packet packet;
  packet.bytes.resize(kMaxPacket);
  iovec data{.iov_base = packet.bytes.data(), .iov_len = packet.bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMaxDescriptors * sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const ssize_t got = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  if (got < 0 && gone(errno)) return fail(Errc::kUnavailable, "the peer is gone");
  if (got < 0) return fail_errno("receive");
  const std::size_t descriptors = collect(message, packet.fd);
  if (got == 0) return fail(Errc::kUnavailable, "the peer closed the connection");
  if (descriptors > 1 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
    return fail(Errc::kProtocol, "a packet over {} bytes or with {} descriptors", kMaxPacket,
                descriptors);
  }
  packet.bytes.resize(static_cast<std::size_t>(got));
  return packet;
}

Status send_packet(int socket, std::string_view bytes, int fd) {
  iovec data{.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  if (fd >= 0) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &fd, sizeof fd);
  }
  if (::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return {};
  if (errno == EAGAIN || gone(errno))
    return fail(Errc::kUnavailable, "the peer does not take the packet");
  return fail_errno("send");
}

Result<Fd> seal_text(std::string_view text) {
  Fd memory(::memfd_create("huxin-text", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) return fail_errno("memfd_create");
  while (!text.empty()) {
    const ssize_t put = ::write(memory.get(), text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail_errno("write memfd");
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::fcntl(memory.get(), F_ADD_SEALS, kSeals | F_SEAL_SEAL) != 0)
    return fail_errno("seal memfd");
  // The reader's offset is its own business only if it starts at 0.
  if (::lseek(memory.get(), 0, SEEK_SET) != 0) return fail_errno("rewind memfd");
  return memory;
}

Status check_sealed(int fd) {
  const int seals = ::fcntl(fd, F_GET_SEALS);
  if (seals < 0 || (seals & kSeals) != kSeals) return fail(Errc::kDenied, "not a sealed memfd");
  struct stat info{};
  if (::fstat(fd, &info) != 0) return fail_errno("stat memfd");
  if (static_cast<std::size_t>(info.st_size) > kMaxText)
    return fail(Errc::kTooLarge, "over {} bytes", kMaxText);
  return {};
}

Result<std::string> read_sealed(int fd) {
  if (const Status sealed = check_sealed(fd); !sealed) return std::unexpected(sealed.error());
  struct stat info{};
  if (::fstat(fd, &info) != 0) return fail_errno("stat memfd");
  std::string text(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t used = 0;
  while (used < text.size()) {
    const ssize_t got =
        ::pread(fd, text.data() + used, text.size() - used, static_cast<off_t>(used));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail_errno("read memfd");
    used += static_cast<std::size_t>(got);
  }
  return text;
}

Result<Fd> connect_to(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.native().size() >= sizeof address.sun_path)
    return fail(Errc::kInvalid, "{}: path too long", socket.native());
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  Fd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return fail_errno("socket");
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return fail_errno("connect to " + socket.native());
  }
  return fd;
}

}  // namespace huxin::session
