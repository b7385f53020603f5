#include "agent/watch/local_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace huxin::watch {
namespace {

Result<Fd> listen_on(const std::filesystem::path& path, int type) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof address.sun_path)
    return fail(Errc::kInvalid, "{}: path too long", path.native());
  std::memcpy(address.sun_path, path.c_str(), path.native().size());
  if (::mkdir(path.parent_path().c_str(), 0755) != 0 && errno != EEXIST)
    return fail_errno("make " + path.parent_path().native());
  Fd socket(::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return fail_errno("socket");
  ::unlink(path.c_str());
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return fail_errno("bind " + path.native());
  if (::chmod(path.c_str(), 0666) != 0) return fail_errno("chmod " + path.native());
  if (::listen(socket.get(), 64) != 0) return fail_errno("listen on " + path.native());
  return socket;
}

Fd open_spare() { return Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace

LocalListener::LocalListener(Fd socket) : socket_(std::move(socket)), spare_(open_spare()) {}

Result<LocalListener> LocalListener::open(const std::filesystem::path& path, int type) {
  auto socket = listen_on(path, type);
  if (!socket) return std::unexpected(socket.error());
  return LocalListener(*std::move(socket));
}

Result<std::optional<LocalListener::Caller>> LocalListener::accept() {
  Caller caller;
  caller.socket = Fd(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!caller.socket && (errno == EMFILE || errno == ENFILE)) {
    spare_.reset();
    Fd(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC)).reset();
    spare_ = open_spare();
    return fail(Errc::kUnavailable, "out of descriptors");
  }
  socklen_t size = sizeof caller.peer;
  if (!caller.socket ||
      ::getsockopt(caller.socket.get(), SOL_SOCKET, SO_PEERCRED, &caller.peer, &size) != 0)
    return std::nullopt;
  return caller;
}

}  // namespace huxin::watch
