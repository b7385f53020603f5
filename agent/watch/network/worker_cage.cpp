#include "agent/watch/network/worker_cage.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "agent/cage/landlock.hpp"
#include "agent/cage/system_call_filter.hpp"

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

/// Allows nothing but connecting over TCP.
Status restrict_with_landlock() {
  if (cage::Landlock::abi() == 0) return {};
  const Result<cage::Landlock> rules = cage::Landlock::make(cage::Landlock::Tcp::kConnect);
  if (!rules) return std::unexpected(rules.error());
  return rules->enforce();
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

/// Besides what is deadly in every cage.
constexpr const char* kDeadly[] = {
    "execve", "execveat", "fork", "vfork", "clone", "kill", "setuid", "setresuid",
};

Status filter_system_calls() {
  cage::SystemCallFilter filter;
  filter.allow(kAllowed);
  filter.kill(kDeadly);
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
  return filter.enforce();
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
