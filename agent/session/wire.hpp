#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::session {

// Packets are the messages of session.proto, ToAgent one way and ToSession the other.
constexpr std::uint32_t kProtocol = 1;
constexpr std::size_t kMaxPacket = std::size_t{16} << 10U;  ///< a larger packet is kProtocol
constexpr std::size_t kMaxText = std::size_t{8} << 20U;     ///< a larger text is kTooLarge

/// One message and the descriptor beside it, if any.
struct Packet {
  std::string bytes;
  Fd fd;
};

/// Takes the next packet without waiting. None: there is none now. kUnavailable: the peer is gone.
/// kProtocol: over the limit, or with more than one descriptor (all are closed).
Result<std::optional<Packet>> receive_packet(int socket);

/// Sends without waiting. kUnavailable: the peer is gone, or takes nothing any more.
Status send_packet(int socket, std::string_view bytes, int fd = -1);

/// Puts text into a memfd that nobody can change any more. kTooLarge over kMaxText.
Result<Fd> seal_text(std::string_view text);

/// Is it a memfd nobody can change, of at most kMaxText? Only then is reading it safe: anything
/// else may block for ever or change while it is looked at. kDenied otherwise, kTooLarge.
Status check_sealed(int fd);

/// Checks, then reads.
Result<std::string> read_sealed(int fd);

/// Connects to (and marks non-blocking) the guardian's socket. SOCK_SEQPACKET; the system's error
/// when nobody listens.
Result<Fd> connect_to(const std::filesystem::path& socket);

}  // namespace huxin::session
