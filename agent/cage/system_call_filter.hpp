#pragma once
#include <seccomp.h>

#include <span>

#include "policy/base/result.hpp"

namespace huxin::cage {

/// A seccomp filter being made. What is neither allowed nor deadly is refused with EPERM, since a C
/// library may try a newer call and fall back; what nothing honest in a worker calls ends it, and
/// the guardian records that. Names that a machine does not have are passed over.
///
/// One thread. A mistake in any rule is told by enforce() alone.
class SystemCallFilter {
 public:
  /// Has the calls that are deadly in every cage: other processes' memory, mounts, namespaces,
  /// modules, keys, io_uring.
  SystemCallFilter();
  ~SystemCallFilter();
  SystemCallFilter(const SystemCallFilter&) = delete;
  SystemCallFilter& operator=(const SystemCallFilter&) = delete;

  /// By their names in the kernel, as "openat"; whatever their arguments.
  void allow(std::span<const char* const> names) { add_all(SCMP_ACT_ALLOW, names); }
  void kill(std::span<const char* const> names) { add_all(SCMP_ACT_KILL_PROCESS, names); }

  /// `action` is one of seccomp's; the conditions are on the call's arguments, and all must hold.
  template <class... Conditions>
  void add(std::uint32_t action, const char* name, Conditions... conditions) {
    const int number = ::seccomp_syscall_resolve_name(name);
    if (number < 0) return;  // not a call of this machine
    const int result =
        ::seccomp_rule_add(context_, action, number, sizeof...(conditions), conditions...);
    good_ = good_ && (result == 0 || result == -EEXIST);
  }

  /// Binds this process and all it starts, for ever. kUnsupported names nothing: the filter could
  /// not be made, or the kernel has none.
  Status enforce();

 private:
  void add_all(std::uint32_t action, std::span<const char* const> names);

  scmp_filter_ctx context_;
  bool good_ = true;
};

}  // namespace huxin::cage
