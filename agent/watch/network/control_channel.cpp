#include "agent/watch/network/control_channel.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace huxin::watch {

Result<std::pair<Fd, Fd>> make_control_channel() {
  std::array<int, 2> fds{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds.data()) != 0)
    return fail_errno("socketpair");
  return std::pair{Fd(fds[0]), Fd(fds[1])};
}

Status send_packet(int control, std::string_view bytes, int attachment) {
  if (bytes.size() > kMaxControlMessage)
    return fail(Errc::kTooLarge, "control message of {} bytes", bytes.size());
  iovec part{.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (attachment >= 0) {
    message.msg_control = space.data();
    message.msg_controllen = space.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &attachment, sizeof(int));
  }
  for (;;) {
    if (::sendmsg(control, &message, MSG_NOSIGNAL) >= 0) return {};
    if (errno == EINTR) continue;
    if (errno == EAGAIN) return fail(Errc::kTimeout, "control channel is full");
    if (errno == EPIPE || errno == ECONNRESET)
      return fail(Errc::kUnavailable, "control channel is closed");
    return fail_errno("send on control channel");
  }
}

Result<std::optional<Packet>> receive_packet(int control) {
  Packet packet;
  packet.bytes.resize(kMaxControlMessage);
  iovec part{.iov_base = packet.bytes.data(), .iov_len = packet.bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  ssize_t got = -1;
  do got = ::recvmsg(control, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got < 0 && errno == EAGAIN) return fail(Errc::kTimeout, "nothing on the control channel");
  if (got < 0 && errno != ECONNRESET) return fail_errno("receive on control channel");
  if (got <= 0) return std::optional<Packet>();
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN(sizeof(int))) {
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(header), sizeof(int));
    packet.attachment = Fd(fd);
  }
  if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
    return fail(Errc::kProtocol, "control message is too long or carries too much");
  }
  packet.bytes.resize(static_cast<std::size_t>(got));
  packet.bytes.shrink_to_fit();
  return std::optional(std::move(packet));
}

}  // namespace huxin::watch
