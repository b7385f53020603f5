#include "agent/residue_places.hpp"

#include <pwd.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "agent/watch/mounts.hpp"

namespace huxin::agent {
namespace {

constexpr std::uint32_t kFirstPerson = 1000;
constexpr std::uint32_t kNobody = 65534;

/// /home may be a link, which only root can make: from here on none is followed.
std::filesystem::path real_path(const std::filesystem::path& home) {
  std::error_code ignored;
  const std::filesystem::path real = std::filesystem::canonical(home, ignored);
  return ignored ? home : real;
}

std::vector<enforce::ResiduePlaces::Home> homes() {
  static std::mutex mutex;  // getpwent keeps its place in the process
  const std::lock_guard lock(mutex);
  std::vector<enforce::ResiduePlaces::Home> found;
  ::setpwent();
  while (const passwd* const account = ::getpwent()) {
    const std::filesystem::path home = account->pw_dir;
    const bool person =
        account->pw_uid == 0 || (account->pw_uid >= kFirstPerson && account->pw_uid != kNobody);
    if (person && home.is_absolute() && home.has_filename())
      found.push_back({.path = real_path(home), .uid = account->pw_uid});
  }
  ::endpwent();
  return found;
}

bool keeps_files(const watch::Mount& mount) {
  constexpr std::array<std::string_view, 16> kNot{
      "proc",    "sysfs", "devtmpfs",   "devpts", "cgroup",    "cgroup2",  "mqueue", "debugfs",
      "tracefs", "bpf",   "securityfs", "pstore", "hugetlbfs", "configfs", "autofs", "binfmt_misc"};
  return std::ranges::find(kNot, mount.type) == kNot.end() && !watch::can_stall(mount);
}

}  // namespace

enforce::ResiduePlaces residue_places_here() {
  enforce::ResiduePlaces places{.homes = homes(), .mounts = {}, .temporary = {"/tmp", "/var/tmp"}};
  for (const watch::Mount& mount : watch::read_mounts().value_or(std::vector<watch::Mount>{})) {
    if (keeps_files(mount)) places.mounts.emplace_back(mount.point);
  }
  return places;
}

}  // namespace huxin::agent
