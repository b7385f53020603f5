#include "agent/guard/channel.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace huxin::guard {

namespace {

using Clock = std::chrono::steady_clock;

/// Room for a few descriptors more than are expected, so that they arrive and can be closed.
constexpr std::size_t kControl = CMSG_SPACE(4 * sizeof(int));

Status wait_for(int socket, short events, Clock::time_point deadline) {
  for (;;) {
    int milliseconds = -1;
    if (deadline != kForever) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
      if (left.count() <= 0) return fail(Errc::kTimeout, "the worker did not answer in time");
      milliseconds = static_cast<int>(std::min<std::int64_t>(left.count(), 1'000'000));
    }
    pollfd wait{socket, events, 0};
    const int ready = ::poll(&wait, 1, milliseconds);
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return fail_errno("poll");
  }
}

/// Takes the first descriptor of a message and closes the rest.
Fd take_descriptors(msghdr& message) {
  Fd first;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(header) + (i * sizeof(int)), sizeof fd);
      Fd taken(fd);
      if (!first) first = std::move(taken);
    }
  }
  return first;
}

}  // namespace

Status send_packet(int socket, const std::string& bytes, int file, Clock::time_point deadline) {
  if (bytes.size() > kMaxPacket) return fail(Errc::kTooLarge, "packet of {} bytes", bytes.size());
  iovec data{const_cast<char*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  if (file >= 0) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &file, sizeof file);
  }
  for (;;) {
    if (auto ready = wait_for(socket, POLLOUT, deadline); !ready) return ready;
    if (::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0) return {};
    if (errno != EAGAIN && errno != EINTR) return fail_errno("sendmsg");
  }
}

Result<std::optional<Packet>> receive_packet(int socket, Clock::time_point deadline) {
  Packet packet;
  packet.bytes.resize(kMaxPacket + 1);
  iovec data{packet.bytes.data(), packet.bytes.size()};
  alignas(cmsghdr) std::array<char, kControl> control{};
  for (;;) {
    if (auto ready = wait_for(socket, POLLIN, deadline); !ready)
      return std::unexpected(ready.error());
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got < 0 && errno == ECONNRESET) return std::nullopt;
    if (got < 0) return fail_errno("recvmsg");
    packet.file = take_descriptors(message);
    if (got == 0) return std::nullopt;
    if (static_cast<std::size_t>(got) > kMaxPacket || (message.msg_flags & MSG_TRUNC) != 0) {
      return fail(Errc::kProtocol, "a packet over {} bytes", kMaxPacket);
    }
    packet.bytes.resize(static_cast<std::size_t>(got));
    return packet;
  }
}

}  // namespace huxin::guard
