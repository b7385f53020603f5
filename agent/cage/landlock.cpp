#include "agent/cage/landlock.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace huxin::cage {
namespace {

static_assert(Landlock::kRead == (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR));
static_assert(Landlock::kRun == (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE));
static_assert(Landlock::kWrite == LANDLOCK_ACCESS_FS_WRITE_FILE);

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

RulesetAttributes attributes_for(long abi, Landlock::Tcp tcp) {
  RulesetAttributes attributes;
  attributes.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // all of ABI 1
  if (abi >= 2) attributes.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) attributes.handled_access_fs |= kTruncate;
  if (abi >= 4)
    attributes.handled_access_net =
        tcp == Landlock::Tcp::kConnect ? kBindTcp : kBindTcp | kConnectTcp;
  if (abi >= 5) attributes.handled_access_fs |= kIoctlDevice;
  if (abi >= 6) attributes.scoped = kAbstractSockets | kSignals;
  return attributes;
}

std::size_t attribute_size(long abi) {
  if (abi >= 6) return sizeof(RulesetAttributes);
  return abi >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

}  // namespace

long Landlock::abi() {
  return std::max(
      0L, ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
}

Result<Landlock> Landlock::make(Tcp tcp) {
  const long version = abi();
  if (version == 0) return fail(Errc::kUnsupported, "no Landlock in this kernel");
  const RulesetAttributes attributes = attributes_for(version, tcp);
  Fd ruleset(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &attributes, attribute_size(version), 0)));
  if (!ruleset) return fail_errno("landlock_create_ruleset");
  return Landlock(std::move(ruleset));
}

Status Landlock::allow(const char* path, std::uint64_t access) {
  const Fd at(::open(path, O_PATH | O_CLOEXEC));
  if (!at) return {};
  struct stat info{};
  if (::fstat(at.get(), &info) != 0) return fail_errno(path);
  if (!S_ISDIR(info.st_mode)) access &= ~std::uint64_t{LANDLOCK_ACCESS_FS_READ_DIR};
  const landlock_path_beneath_attr rule{.allowed_access = access, .parent_fd = at.get()};
  if (::syscall(SYS_landlock_add_rule, ruleset_.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
    return fail_errno(path);
  return {};
}

Status Landlock::enforce() const {
  if (::syscall(SYS_landlock_restrict_self, ruleset_.get(), 0) != 0)
    return fail_errno("landlock_restrict_self");
  return {};
}

}  // namespace huxin::cage
