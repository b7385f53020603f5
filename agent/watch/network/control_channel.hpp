#pragma once
#include <optional>
#include <string>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// Descriptors a network worker finds open when it starts.
inline constexpr int kControlFd = 3;
inline constexpr int kListenerFd = 4;
inline constexpr int kListener6Fd = 5;  ///< absent on a machine without IPv6

/// Largest message either side may send; a longer one is a protocol error.
inline constexpr std::size_t kMaxControlMessage = 128 * 1024;

/// One message and the descriptor that came with it, if any.
struct Packet {
  std::string bytes;
  Fd attachment;
};

/// Makes the two ends of a control channel (SOCK_SEQPACKET, close-on-exec).
Result<std::pair<Fd, Fd>> make_control_channel();

/// Sends one message, with `attachment` (-1: none) beside it. Each message goes whole or not at
/// all, so threads may share the descriptor. kUnavailable: the other end is gone. kTimeout: its
/// queue is full, on a non-blocking descriptor. kTooLarge over kMaxControlMessage.
Status send_packet(int control, std::string_view bytes, int attachment = -1);

/// Takes the next message; nullopt: the other end is gone. kTimeout: none there, on a non-blocking
/// descriptor. kProtocol: too long, or more than one descriptor.
Result<std::optional<Packet>> receive_packet(int control);

}  // namespace huxin::watch
