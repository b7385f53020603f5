#include "agent/watch/network/worker_cage.hpp"

#include <grp.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "policy/base/file.hpp"

namespace huxin::watch {
namespace {

Status limit(__rlimit_resource resource, rlim_t value) {
  const rlimit both{.rlim_cur = value, .rlim_max = value};
  if (::setrlimit(resource, &both) != 0) return fail_errno("setrlimit");
  return {};
}

Status set_limits(const CageLimits& limits) {
  if (Status done = limit(RLIMIT_NOFILE, limits.descriptors); !done) return done;
  if (Status done = limit(RLIMIT_FSIZE, limits.file_size); !done) return done;
  if (Status done = limit(RLIMIT_CORE, 0); !done) return done;
  return limit(RLIMIT_NPROC, 0);
}

Status change_user(uid_t uid) {
  if (uid == 0) return fail(Errc::kInvalid, "the network worker does not run as root");
  const passwd* entry = ::getpwuid(uid);
  const gid_t gid = entry != nullptr ? entry->pw_gid : static_cast<gid_t>(uid);
  for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability) >= 0; ++capability) {
    if (::prctl(PR_CAPBSET_DROP, capability) != 0) return fail_errno("PR_CAPBSET_DROP");
  }
  if (::setgroups(0, nullptr) != 0) return fail_errno("setgroups");
  if (::setresgid(gid, gid, gid) != 0) return fail_errno("setresgid");
  if (::setresuid(uid, uid, uid) != 0) return fail_errno("setresuid");
  if (::setresuid(0, 0, 0) == 0) return fail(Errc::kInternal, "root could be had back");
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return fail_errno("PR_SET_DUMPABLE");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail_errno("PR_SET_NO_NEW_PRIVS");
  return {};
}

/// The attribute of newer kernels, spelled out because Debian 12's headers end at ABI 2.
struct RulesetAttributes {
  std::uint64_t handled_access_fs = 0;
  std::uint64_t handled_access_net = 0;  ///< ABI 4
  std::uint64_t scoped = 0;              ///< ABI 6
};

/// Handles every right it knows and allows none, but for connecting over TCP.
Status restrict_with_landlock() {
  const long abi =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return {};
  constexpr std::uint64_t kBindTcp = 1, kAbstractSockets = 1, kSignals = 2;
  RulesetAttributes attributes;
  attributes.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // all of ABI 1
  if (abi >= 2) attributes.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) attributes.handled_access_fs |= std::uint64_t{1} << 14U;  // truncate
  if (abi >= 5) attributes.handled_access_fs |= std::uint64_t{1} << 15U;  // device ioctl
  if (abi >= 4) attributes.handled_access_net = kBindTcp;
  if (abi >= 6) attributes.scoped = kAbstractSockets | kSignals;
  const std::size_t size =
      abi >= 6 ? sizeof attributes : (abi >= 4 ? 2U : 1U) * sizeof(std::uint64_t);
  const Fd ruleset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
  if (!ruleset) return fail_errno("landlock_create_ruleset");
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
    return fail_errno("landlock_restrict_self");
  return {};
}

constexpr const char* kAllowed[] = {
    // memory and time
    "brk",
    "mmap",
    "munmap",
    "mremap",
    "mprotect",
    "madvise",
    "futex",
    "rseq",
    "clock_gettime",
    "clock_nanosleep",
    "gettimeofday",
    "getrandom",
    "sched_yield",
    "getpid",
    "gettid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "sched_getaffinity",
    "sysinfo",
    // descriptors that are open, and bodies in memory
    "read",
    "readv",
    "pread64",
    "write",
    "writev",
    "lseek",
    "close",
    "fstat",
    "newfstatat",
    "fcntl",
    "ftruncate",
    "memfd_create",
    // waiting
    "epoll_create1",
    "epoll_ctl",
    "epoll_wait",
    "epoll_pwait",
    "eventfd2",
    "timerfd_create",
    "timerfd_settime",
    "poll",
    "ppoll",
    // talking
    "accept",
    "accept4",
    "connect",
    "shutdown",
    "sendmsg",
    "recvmsg",
    "sendto",
    "recvfrom",
    "getsockopt",
    "setsockopt",
    "getsockname",
    "getpeername",
#ifdef HUXIN_SANITIZED
    "pipe",
    "pipe2",
    "readlink",
    "getrlimit",  // the sanitizers probe memory through a pipe
#endif
    // the end
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "exit",
    "exit_group",
};

/// Nothing honest in here calls these.
constexpr const char* kDeadly[] = {
    "execve",
    "execveat",
    "fork",
    "vfork",
    "clone",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "bpf",
    "mount",
    "umount2",
    "unshare",
    "setns",
    "chroot",
    "pivot_root",
    "keyctl",
    "add_key",
    "request_key",
    "perf_event_open",
    "io_uring_setup",
    "userfaultfd",
    "open_by_handle_at",
    "init_module",
    "finit_module",
    "kexec_load",
    "pidfd_getfd",
    "bind",
    "listen",
    "kill",
    "setuid",
    "setresuid",
};

/// Owns a seccomp filter being made.
class Filter {
 public:
  // What is neither allowed nor deadly is refused: a C library may try a newer call and fall back.
  Filter() : context_(::seccomp_init(SCMP_ACT_ERRNO(EPERM))) {}
  ~Filter() {
    if (context_ != nullptr) ::seccomp_release(context_);
  }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  template <class... Conditions>
  void add(std::uint32_t action, const char* name, Conditions... conditions) {
    const int number = ::seccomp_syscall_resolve_name(name);
    if (number < 0) return;  // not a call of this machine
    const int result =
        ::seccomp_rule_add(context_, action, number, sizeof...(conditions), conditions...);
    good_ = good_ && (result == 0 || result == -EEXIST);
  }
  bool load() { return context_ != nullptr && good_ && ::seccomp_load(context_) == 0; }

 private:
  scmp_filter_ctx context_;
  bool good_ = true;
};

Status filter_system_calls() {
  Filter filter;
  for (const char* name : kAllowed) filter.add(SCMP_ACT_ALLOW, name);
  for (const char* name : kDeadly) filter.add(SCMP_ACT_KILL_PROCESS, name);
  // TCP only: no packet, netlink or Unix sockets.
  for (const int family : {AF_INET, AF_INET6}) {
    filter.add(SCMP_ACT_ALLOW, "socket",
               scmp_arg_cmp{0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(family), 0},
               scmp_arg_cmp{1, SCMP_CMP_MASKED_EQ, 0xF, SOCK_STREAM});
  }
  // FIONBIO and FIONREAD of sockets; whatever else ioctl can do is not for a worker.
  filter.add(SCMP_ACT_ALLOW, "ioctl", scmp_arg_cmp{1, SCMP_CMP_EQ, 0x5421, 0});
  filter.add(SCMP_ACT_ALLOW, "ioctl", scmp_arg_cmp{1, SCMP_CMP_EQ, 0x541B, 0});
  const auto self = static_cast<scmp_datum_t>(::getpid());
  filter.add(SCMP_ACT_ALLOW, "tgkill", scmp_arg_cmp{0, SCMP_CMP_EQ, self, 0});  // abort()
  if (!filter.load()) return fail(Errc::kUnsupported, "seccomp: the filter could not be installed");
  return {};
}

}  // namespace

Status enter_worker_cage(const CageLimits& limits) {
  if (::geteuid() != 0) return fail(Errc::kDenied, "the network worker is started by root only");
  if (Status done = set_limits(limits); !done) return done;
  if (Status done = change_user(limits.uid); !done) return done;
  if (Status done = restrict_with_landlock(); !done) return done;
  return filter_system_calls();
}

}  // namespace huxin::watch
