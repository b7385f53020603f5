#include "agent/control/address.hpp"

#include <fcntl.h>

#include <cstring>

namespace huxin::control {

Result<Address> address_of(const std::filesystem::path& socket) {
  Address address;
  address.name.sun_family = AF_UNIX;
  std::string text = socket.native();
  if (text.size() >= sizeof address.name.sun_path) {
    address.folder = Fd(::open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!address.folder) return fail_errno("open " + socket.parent_path().native());
    text = fmt::format("/proc/self/fd/{}/{}", address.folder.get(), socket.filename().native());
  }
  if (text.size() >= sizeof address.name.sun_path)
    return fail(Errc::kInvalid, "{}: the name is too long", socket.native());
  std::memcpy(address.name.sun_path, text.c_str(), text.size());
  return address;
}

}  // namespace huxin::control
