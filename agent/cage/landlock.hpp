#pragma once
#include <cstdint>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::cage {

/// A Landlock ruleset being made: every right that this kernel's ABI knows is handled, so that
/// nothing is allowed but what is added (Documentation/userspace-api/landlock.rst).
///
/// Use: make, allow as often as needed, enforce. Rights that a kernel's older ABI lacks are left
/// out, so a cage is as tight as its kernel can make it.
class Landlock {
 public:
  static constexpr std::uint64_t kRead = 1ULL << 2U | 1ULL << 3U;  ///< files and folders
  static constexpr std::uint64_t kRun = 1ULL << 2U | 1ULL << 0U;   ///< read and execute a file
  static constexpr std::uint64_t kWrite = 1ULL << 1U;              ///< a file that is there

  /// What becomes of TCP, where the kernel has a say on it (ABI 4). kNone: neither bind nor
  /// connect; kConnect: connect to any port, bind to none.
  enum class Tcp : std::uint8_t { kNone, kConnect };

  /// The ABI of this kernel; 0: it has no Landlock, or it is switched off.
  static long abi();
  /// kUnsupported where abi() is 0.
  static Result<Landlock> make(Tcp tcp);
  /// Allows `access` below a folder, or to a file; an absent path allows nothing. Follows links.
  /// kWrite does not let files be made or removed.
  Status allow(const char* path, std::uint64_t access);
  /// Binds this process and all it starts, for ever. Takes PR_SET_NO_NEW_PRIVS.
  Status enforce() const;

 private:
  explicit Landlock(Fd ruleset) : ruleset_(std::move(ruleset)) {}

  Fd ruleset_;
};

}  // namespace huxin::cage
