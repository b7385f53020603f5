#pragma once
#include <sys/types.h>

#include <cstdint>

#include "policy/base/result.hpp"

namespace huxin::watch {

/// What a network worker may use up.
struct CageLimits {
  uid_t uid = 0;  ///< whom it becomes; never root
  std::uint32_t descriptors = 0;
  std::uint64_t file_size = 0;  ///< of a memory file; no other can be written
};

/// Shuts the calling process in for good: own user, no capability, no new privilege, bounded
/// descriptors and memory files, no file system at all and no listening (Landlock), and of the
/// system calls only those that move bytes over TCP (seccomp; what only an attacker calls ends the
/// process). Unlike the cage of the scan workers it may connect, and may neither open nor run
/// anything: whatever is read from disk is read before.
///
/// Call with one thread. A kernel without Landlock is passed over; every other failure is an error,
/// and the process must end. kDenied: not started by root; kInvalid: uid 0. Bodies in memory are
/// files to the kernel, hence `file_size`.
Status enter_worker_cage(const CageLimits& limits);

}  // namespace huxin::watch
