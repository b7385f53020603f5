#pragma once
#include <filesystem>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// Listens on a local socket of a type (SOCK_STREAM, SOCK_SEQPACKET) that every local user may
/// connect to (mode 0666, in a folder made 0755 if it is absent); takes the place of a stale one.
/// Does not block, and is not handed to children.
Result<Fd> listen_on(const std::filesystem::path& path, int type);

}  // namespace huxin::watch
