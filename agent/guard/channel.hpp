#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "policy/base/file.hpp"

namespace huxin::guard {

/// The largest packet either side sends or takes; it fits the default socket buffer.
inline constexpr std::size_t kMaxPacket = std::size_t{192} << 10U;

/// A worker is not trusted: the guardian uses no descriptor of its, and parses the bytes as
/// hostile.
struct Packet {
  std::string bytes;
  Fd file;  ///< the descriptor that came along, if any
};

/// Sends one packet, with a descriptor beside it when `file` is not -1. Waits until `deadline`.
/// kTooLarge over kMaxPacket; kTimeout at the deadline; kIo when the peer has gone. `file`
/// stays the caller's.
Status send_packet(int socket, const std::string& bytes, int file,
                   std::chrono::steady_clock::time_point deadline);

/// Takes one packet; nullopt when the peer has gone. kTimeout at the deadline, kProtocol for a
/// packet over the limit. Descriptors beyond the first are closed.
Result<std::optional<Packet>> receive_packet(int socket,
                                             std::chrono::steady_clock::time_point deadline);

/// For who waits as long as it takes.
inline constexpr auto kForever = std::chrono::steady_clock::time_point::max();

}  // namespace huxin::guard
