#include "agent/guard/sandbox.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "agent/guard/sandbox_parts.hpp"
#include "policy/base/file.hpp"

namespace huxin::guard {

namespace {

constexpr uid_t kNobody = 65534;
constexpr rlim_t kDescriptors = 64;
constexpr rlim_t kProcesses = 64;  // of the uid: all workers, and a pdftotext each

Status close_others(std::vector<int> keep) {
  std::ranges::sort(keep);
  unsigned first = 3;
  for (const int fd : keep) {
    const auto kept = static_cast<unsigned>(fd);
    if (kept > first && ::syscall(SYS_close_range, first, kept - 1, 0) != 0)
      return fail_errno("close_range");
    // The helper reads hostile bytes too, and has no business with the guardian.
    if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) return fail_errno("FD_CLOEXEC");
    first = std::max(first, kept + 1);
  }
  if (::syscall(SYS_close_range, first, ~0U, 0) != 0) return fail_errno("close_range");
  return {};
}

void die_first_when_memory_runs_out() {
  const Fd score(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  if (score && ::write(score.get(), "1000", 4) != 4) return;  // a wish, not a wall
}

Status give_up_capabilities() {
  for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability) >= 0; ++capability) {
    if (::prctl(PR_CAPBSET_DROP, capability) != 0) return fail_errno("PR_CAPBSET_DROP");
  }
  return {};
}

Status become_unprivileged(const std::string& user, Protections& protections) {
  if (::geteuid() != 0) {
    protections.missing.emplace_back("own uid: not started by root");
    return {};
  }
  const passwd* entry = ::getpwnam(user.c_str());
  if (entry == nullptr)
    protections.missing.push_back(
        fmt::format("own uid: there is no user {}; {} is shared with others", user, kNobody));
  const uid_t uid = entry != nullptr ? entry->pw_uid : kNobody;
  const gid_t gid = entry != nullptr ? entry->pw_gid : kNobody;
  if (auto dropped = give_up_capabilities(); !dropped) return dropped;
  if (::setgroups(0, nullptr) != 0) return fail_errno("setgroups");
  if (::setresgid(gid, gid, gid) != 0) return fail_errno("setresgid");
  if (::setresuid(uid, uid, uid) != 0) return fail_errno("setresuid");
  if (::setresuid(0, 0, 0) == 0) return fail(Errc::kInternal, "root could be had back");
  protections.in_force.push_back(fmt::format("uid {}", uid));
  const rlimit processes{kProcesses, kProcesses};
  if (::setrlimit(RLIMIT_NPROC, &processes) != 0) return fail_errno("RLIMIT_NPROC");
  return {};
}

Status limit_resources(const SandboxOptions& options, Protections& protections) {
  const auto limit = [](auto resource, rlim_t value) {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) return false;
    const rlim_t wanted = std::min(value, now.rlim_max);
    const rlimit set{wanted, wanted};
    return ::setrlimit(resource, &set) == 0;
  };
  if (!limit(RLIMIT_CORE, 0)) return fail_errno("RLIMIT_CORE");
  if (!limit(RLIMIT_NOFILE, kDescriptors)) return fail_errno("RLIMIT_NOFILE");
  if (!limit(RLIMIT_FSIZE, options.file_size)) return fail_errno("RLIMIT_FSIZE");
  if (options.address_space != 0) {
#ifdef HUXIN_SANITIZED
    protections.missing.emplace_back("address space: the sanitizers need it all");
#else
    if (!limit(RLIMIT_AS, options.address_space)) return fail_errno("RLIMIT_AS");
#endif
  }
  protections.in_force.emplace_back("rlimits");
  return {};
}

}  // namespace

Result<Protections> enter_sandbox(const SandboxOptions& options) {
  Protections protections;
  if (auto done = close_others(options.keep); !done) return std::unexpected(done.error());
  die_first_when_memory_runs_out();
  if (auto done = become_unprivileged(options.user, protections); !done)
    return std::unexpected(done.error());
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) return fail_errno("PR_SET_DUMPABLE");
  protections.in_force.emplace_back("not dumpable");
  if (auto done = limit_resources(options, protections); !done)
    return std::unexpected(done.error());
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail_errno("PR_SET_NO_NEW_PRIVS");
  protections.in_force.emplace_back("no new privileges");
  if (auto done = restrict_with_landlock(protections); !done) return std::unexpected(done.error());
  if (auto done = filter_system_calls(protections); !done) return std::unexpected(done.error());
  return protections;
}

}  // namespace huxin::guard
