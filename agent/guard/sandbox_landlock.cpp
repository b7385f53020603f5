#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "agent/guard/sandbox_parts.hpp"
#include "policy/base/file.hpp"

namespace huxin::guard {

namespace {

/// The attribute of newer kernels, spelled out because Debian 12's headers end at ABI 2.
struct RulesetAttributes {
  std::uint64_t handled_access_fs = 0;
  std::uint64_t handled_access_net = 0;  ///< ABI 4
  std::uint64_t scoped = 0;              ///< ABI 6
};

constexpr std::uint64_t kTruncate = 1ULL << 14U;     // ABI 3
constexpr std::uint64_t kIoctlDevice = 1ULL << 15U;  // ABI 5
constexpr std::uint64_t kBindTcp = 1ULL << 0U;
constexpr std::uint64_t kConnectTcp = 1ULL << 1U;
constexpr std::uint64_t kAbstractSockets = 1ULL << 0U;
constexpr std::uint64_t kSignals = 1ULL << 1U;

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kRun = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE;

struct Allowed {
  const char* path;
  std::uint64_t access;
};

/// What pdftotext and its libraries open. A path that is absent allows nothing.
constexpr Allowed kAllowed[] = {
    {"/usr/lib", kRead},
    {"/lib", kRead},
    {"/lib64", kRead},
    {"/etc/ld.so.cache", kRead},
    {"/etc/fonts", kRead},
    {"/usr/share/fonts", kRead},
    {"/usr/share/fontconfig", kRead},
    {"/usr/share/poppler", kRead},
    {"/var/cache/fontconfig", kRead},
    {"/dev/null", kRead | LANDLOCK_ACCESS_FS_WRITE_FILE},
    {kHelperProgram, kRun},
    {"/lib64/ld-linux-x86-64.so.2", kRun},
    {"/lib/ld-linux-aarch64.so.1", kRun},
};

RulesetAttributes attributes_for(long abi) {
  RulesetAttributes attributes;
  attributes.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // all of ABI 1
  if (abi >= 2) attributes.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) attributes.handled_access_fs |= kTruncate;
  if (abi >= 4) attributes.handled_access_net = kBindTcp | kConnectTcp;
  if (abi >= 5) attributes.handled_access_fs |= kIoctlDevice;
  if (abi >= 6) attributes.scoped = kAbstractSockets | kSignals;
  return attributes;
}

std::size_t attribute_size(long abi) {
  if (abi >= 6) return sizeof(RulesetAttributes);
  return abi >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

Status allow(const Fd& ruleset, const Allowed& allowed) {
  const Fd path(::open(allowed.path, O_PATH | O_CLOEXEC));
  if (!path) return {};
  struct stat info{};
  if (::fstat(path.get(), &info) != 0) return fail_errno(allowed.path);
  const std::uint64_t access = S_ISDIR(info.st_mode)
                                   ? allowed.access
                                   : allowed.access & ~std::uint64_t{LANDLOCK_ACCESS_FS_READ_DIR};
  const landlock_path_beneath_attr rule{.allowed_access = access, .parent_fd = path.get()};
  if (::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
    return fail_errno(allowed.path);
  return {};
}

}  // namespace

Status restrict_with_landlock(Protections& protections) {
  const long abi =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) {
    protections.missing.emplace_back("landlock: not in this kernel, or switched off");
    return {};
  }
  const RulesetAttributes attributes = attributes_for(abi);
  const Fd ruleset(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &attributes, attribute_size(abi), 0)));
  if (!ruleset) return fail_errno("landlock_create_ruleset");
  for (const Allowed& allowed : kAllowed) {
    if (auto done = allow(ruleset, allowed); !done) return done;
  }
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
    return fail_errno("landlock_restrict_self");
  protections.in_force.push_back(fmt::format("landlock {}", abi));
  return {};
}

}  // namespace huxin::guard
