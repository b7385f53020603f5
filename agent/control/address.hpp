#pragma once
#include <sys/socket.h>
#include <sys/un.h>

#include <filesystem>

#include "policy/base/file.hpp"

namespace huxin::control {

/// How a socket file is named to the kernel, which takes 107 bytes: a longer path goes by a
/// descriptor of its folder, which must be kept until the address was used. Valid for bind and
/// connect alike.
struct Address {
  sockaddr_un name{};
  Fd folder;
};
/// The folder's error if it cannot be opened; kInvalid if the file's name alone is too long.
Result<Address> address_of(const std::filesystem::path& socket);

}  // namespace huxin::control
