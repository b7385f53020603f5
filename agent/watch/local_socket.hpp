#pragma once
#include <sys/socket.h>

#include <filesystem>
#include <optional>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// Where local users call: a listening socket, and who each caller is, by the kernel's word.
class LocalListener {
 public:
  struct Caller {
    Fd socket;  ///< does not block
    ucred peer{};
  };

  /// Listens on a socket of a type (SOCK_STREAM, SOCK_SEQPACKET) that every local user may connect
  /// to (mode 0666, in a folder made 0755 if it is absent); takes the place of a stale one. Does
  /// not block, and is not handed to children. kInvalid: the path has more than 107 bytes.
  static Result<LocalListener> open(const std::filesystem::path& path, int type);

  /// The descriptor to poll for reading.
  int fd() const { return socket_.get(); }
  /// Takes the next caller; none when nobody waits any more. kUnavailable when there are no more
  /// descriptors: whoever waited was sent away with one that is kept for this, so that polling
  /// again does not spin.
  Result<std::optional<Caller>> accept();

 private:
  explicit LocalListener(Fd socket);

  Fd socket_;
  Fd spare_;
};

}  // namespace huxin::watch
