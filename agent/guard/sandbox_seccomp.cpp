#include <linux/sched.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "agent/cage/system_call_filter.hpp"
#include "agent/guard/sandbox_parts.hpp"

namespace huxin::guard {

namespace {

/// What reading memory, talking on an open socket and running pdftotext take. Opening is Landlock's
/// business; names a machine does not have are passed over.
constexpr const char* kAllowed[] = {
    // memory, time, threads' bookkeeping
    "brk",
    "mmap",
    "munmap",
    "mremap",
    "mprotect",
    "madvise",
    "futex",
    "rseq",
    "set_tid_address",
    "set_robust_list",
    "arch_prctl",
    "sched_yield",
    "sched_getaffinity",
    "clock_gettime",
    "clock_getres",
    "clock_nanosleep",
    "nanosleep",
    "gettimeofday",
    "getrandom",
    "uname",
    "sysinfo",
    "getrusage",
    "times",
    // who am I
    "getpid",
    "gettid",
    "getppid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "getcwd",
    // descriptors that are open already, and files Landlock lets through
    "read",
    "readv",
    "pread64",
    "write",
    "writev",
    "lseek",
    "close",
    "fstat",
    "newfstatat",
    "stat",
    "lstat",
    "statx",
    "fstatfs",
    "statfs",
    "open",
    "openat",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
    "getdents64",
    "fcntl",
    "dup",
    "dup2",
    "dup3",
    "pipe",
    "pipe2",
    "poll",
    "ppoll",
    "memfd_create",
    "fadvise64",
    "recvmsg",
    "sendmsg",
    "recvfrom",
    "sendto",
    // signals to itself, and the helper
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "alarm",
    "setitimer",
    "fork",
    "vfork",
    "execve",
    "wait4",
    "waitid",
    "exit",
    "exit_group",
    "getrlimit",
    "setrlimit",
};

/// Besides what is deadly in every cage.
constexpr const char* kDeadly[] = {
    "socket", "socketpair", "connect", "accept", "accept4",
};

void add_conditional(cage::SystemCallFilter& filter) {
  constexpr std::uint64_t kNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
                                        CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
  const auto self = static_cast<scmp_datum_t>(::getpid());
  filter.add(SCMP_ACT_ALLOW, "clone", scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, kNamespaces, 0});
  filter.add(SCMP_ACT_ERRNO(ENOSYS),
             "clone3");  // its flags are behind a pointer; libraries fall back to clone
  filter.add(SCMP_ACT_ALLOW, "prctl", scmp_arg_cmp{0, SCMP_CMP_EQ, PR_SET_PDEATHSIG, 0});
  filter.add(SCMP_ACT_ALLOW, "prctl", scmp_arg_cmp{0, SCMP_CMP_EQ, PR_SET_NAME, 0});
  filter.add(SCMP_ACT_ALLOW, "prlimit64", scmp_arg_cmp{0, SCMP_CMP_EQ, 0, 0});
  filter.add(SCMP_ACT_ALLOW, "tgkill", scmp_arg_cmp{0, SCMP_CMP_EQ, self, 0});  // abort()
  // To end the helper. pidfd_open is refused, so the only handles there are name own children.
  filter.add(SCMP_ACT_ALLOW, "pidfd_send_signal", scmp_arg_cmp{1, SCMP_CMP_EQ, SIGKILL, 0},
             scmp_arg_cmp{2, SCMP_CMP_EQ, 0, 0}, scmp_arg_cmp{3, SCMP_CMP_EQ, 0, 0});
  filter.add(SCMP_ACT_ERRNO(ENOTTY), "ioctl");
}

}  // namespace

Status filter_system_calls(Protections& protections) {
  cage::SystemCallFilter filter;
  filter.allow(kAllowed);
  filter.kill(kDeadly);
  add_conditional(filter);
  if (Status done = filter.enforce(); !done) return done;
  protections.in_force.emplace_back("seccomp");
  return {};
}

}  // namespace huxin::guard
