#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/file.hpp"
#include "policy/base/result.hpp"
#include "policy/rule/event.hpp"

namespace huxin::watch {

/// Text somebody copied.
struct ClipboardCopy {
  rule::Event event;       ///< stage kUse, channel kClipboard, operation "copy"; destination
                           ///< "clipboard", "primary"
  Fd content;              ///< a memfd nobody can change, at most 8 MiB, at offset 0
  std::string format;      ///< "text/plain", "text/html", "text/uri-list"
  bool truncated = false;  ///< there was more
};

/// What is to become of it.
struct ClipboardAnswer {
  enum class Act : std::uint8_t { kAllow = 1, kMask = 2, kClear = 3 };  // as on the wire
  Act act = Act::kAllow;
  std::string replacement;  ///< kMask: the text put in its place
  std::string notice;       ///< shown to the user; empty: silence
};

/// A desktop session that has reported.
/// `type`, `clipboard` and `detail` are what the session says of itself, 256 bytes of each at most.
struct SessionInfo {
  std::uint32_t uid = 0;
  std::string user;
  std::int32_t pid = 0;
  std::string type;        ///< "x11", "wayland", "none"
  bool clipboard = false;  ///< copies are watched
  std::string detail;      ///< what is not, and why
};

/// Since the start.
struct SessionCounters {
  std::uint64_t connections = 0;
  std::uint64_t refused = 0;  ///< over 64 connections, or 4 of one user
  std::uint64_t offers = 0;
  std::uint64_t answered = 0;
  std::uint64_t limited =
      0;  ///< offers answered uninspected: over 20 a second (40 at once) or 8 waiting, a user
  std::uint64_t protocol_errors = 0;  ///< connections closed for what they sent
};

struct SessionOptions {
  /// Are copies over a user's share cleared, and not let pass? Asked at each; must not block.
  std::function<bool()> clear_when_limited = [] { return false; };
};

/// Takes copies from the desktop sessions of this machine (huxin-session) and tells them what to
/// do.
///
/// Any local user may connect; who it is says the kernel (SO_PEERCRED), never the peer. A hostile
/// user can lie about his own clipboard only, and is held to the limits above; nothing he sends can
/// block the guardian: content is taken from sealed memfds alone, packets are bounded, and no send
/// waits. The application named must belong to the same user, or it is left empty. Handlers run on
/// two threads.
///
/// A notice is cut at 256 bytes. Destruction waits for handlers that run; what waits is not
/// answered.
class SessionServer {
 public:
  using Handler = std::function<ClipboardAnswer(ClipboardCopy&&)>;
  /// Copies were not inspected: whose, why ("clipboard_rate": over his share; "clipboard_failed":
  /// the handler threw, and the copy passed) and how many, at most once a minute but for the first.
  /// On a thread of its own.
  using Loss =
      std::function<void(const std::string& user, const std::string& reason, std::uint64_t count)>;

  /// Listens on `socket` (mode 0666 in a folder made 0755 if it is absent); takes the place of a
  /// stale one.
  static Result<std::unique_ptr<SessionServer>> start(const std::filesystem::path& socket,
                                                      Handler handler, Loss lost,
                                                      std::shared_ptr<const Clock> clock,
                                                      SessionOptions options = {});
  /// Closes every connection; sessions connect again by themselves.
  virtual ~SessionServer() = default;

  /// Of the moment; those that have said hello.
  virtual std::vector<SessionInfo> sessions() const = 0;
  /// From any thread.
  virtual SessionCounters counters() const = 0;
  /// kTimeout: the loop did not come round.
  virtual Status probe(std::chrono::milliseconds deadline) = 0;
};

}  // namespace huxin::watch
