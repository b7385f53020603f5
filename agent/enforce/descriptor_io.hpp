#pragma once
#include <span>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"

namespace huxin::enforce {

/// Writes everything, at the descriptor's own place. kNoSpace and the disk's other errors; part of
/// it may be written then.
Status write_all(int fd, ByteView bytes);

/// Fills a buffer from `offset` on; fewer bytes than it holds mean the end of the file. Does not
/// move the descriptor's place.
Result<std::size_t> read_at(int fd, std::span<std::uint8_t> into, std::uint64_t offset);

}  // namespace huxin::enforce
