#include <linux/sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

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

/// Nothing honest in here calls these: the process ends, and the guardian records it.
constexpr const char* kDeadly[] = {
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
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
};

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
    if (number == __NR_SCMP_ERROR || number < 0) return;
    const int result =
        ::seccomp_rule_add(context_, action, number, sizeof...(conditions), conditions...);
    good_ = good_ && (result == 0 || result == -EEXIST);
  }
  bool load() { return context_ != nullptr && good_ && ::seccomp_load(context_) == 0; }

 private:
  scmp_filter_ctx context_;
  bool good_ = true;
};

void add_conditional(Filter& filter) {
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
  Filter filter;
  for (const char* name : kAllowed) filter.add(SCMP_ACT_ALLOW, name);
  for (const char* name : kDeadly) filter.add(SCMP_ACT_KILL_PROCESS, name);
  add_conditional(filter);
  if (!filter.load()) return fail(Errc::kUnsupported, "seccomp: the filter could not be installed");
  protections.in_force.emplace_back("seccomp");
  return {};
}

}  // namespace huxin::guard
