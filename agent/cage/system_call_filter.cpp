#include "agent/cage/system_call_filter.hpp"

namespace huxin::cage {
namespace {

constexpr const char* kDeadly[] = {
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "bpf",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "unshare",
    "setns",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "keyctl",
    "add_key",
    "request_key",
    "perf_event_open",
    "io_uring_setup",
    "userfaultfd",
    "open_by_handle_at",
    "reboot",
    "swapon",
    "iopl",
    "ioperm",
    "pidfd_getfd",
    "kcmp",
    "fsopen",
    "open_tree",
    "move_mount",
    "bind",
    "listen",
};

}  // namespace

SystemCallFilter::SystemCallFilter() : context_(::seccomp_init(SCMP_ACT_ERRNO(EPERM))) {
  if (context_ != nullptr) kill(kDeadly);
}

SystemCallFilter::~SystemCallFilter() {
  if (context_ != nullptr) ::seccomp_release(context_);
}

void SystemCallFilter::add_all(std::uint32_t action, std::span<const char* const> names) {
  for (const char* const name : names) add(action, name);
}

Status SystemCallFilter::enforce() {
  if (context_ != nullptr && good_ && ::seccomp_load(context_) == 0) return {};
  return fail(Errc::kUnsupported, "seccomp: the filter could not be installed");
}

}  // namespace huxin::cage
