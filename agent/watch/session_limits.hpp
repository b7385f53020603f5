#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>

namespace huxin::watch {

/// Holds each user to his share of the session server: connections, offers that wait, offers a
/// second. Not thread-safe; time is a parameter. An idle user's share is kept, or reconnecting
/// would refill it; beyond 1,024 users it is not.
class SessionLimits {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kConnections = 64;
  static constexpr std::size_t kConnectionsOfUser = 4;
  static constexpr std::size_t kWaitingOfUser = 8;
  static constexpr double kPerSecond = 20;
  static constexpr double kBurst = 40;

  /// May the user have one more connection? Counts it if so.
  bool connect(std::uint32_t uid);
  /// For each connect() that returned true.
  void disconnect(std::uint32_t uid);
  /// May the user make one more offer? Counts it, until finish(), if so. Tokens come back at
  /// kPerSecond, up to kBurst; kWaitingOfUser may wait for their answer.
  bool offer(std::uint32_t uid, Moment now);
  /// For each offer() that returned true.
  void finish(std::uint32_t uid);

 private:
  struct Share {
    std::size_t connections = 0;
    std::size_t waiting = 0;
    double tokens = kBurst;
    Moment filled{};
  };
  void forget_idle(std::uint32_t uid);

  std::map<std::uint32_t, Share> shares_;
  std::size_t connections_ = 0;
};

}  // namespace huxin::watch
