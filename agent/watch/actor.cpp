#include "agent/watch/actor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <climits>
#include <string_view>

#include <fmt/format.h>

#include "policy/base/file.hpp"

namespace huxin::watch {
namespace {

constexpr std::size_t kMaxNames = 1024;

bool exited(int pidfd) {
  pollfd wait{.fd = pidfd, .events = POLLIN, .revents = 0};
  return ::poll(&wait, 1, 0) != 0;
}

std::optional<std::uint32_t> real_uid(int process) {
  const Fd status(::openat(process, "status", O_RDONLY | O_CLOEXEC));
  std::array<char, 2048> buffer{};
  const ssize_t got = status ? ::read(status.get(), buffer.data(), buffer.size()) : -1;
  if (got <= 0) return std::nullopt;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(got));
  const auto line = text.find("\nUid:\t");
  if (line == std::string_view::npos) return std::nullopt;
  std::uint32_t uid = 0;
  const char* start = text.data() + line + 6;
  if (std::from_chars(start, text.data() + text.size(), uid).ec != std::errc{}) return std::nullopt;
  return uid;
}

}  // namespace

Actor read_actor(std::int32_t pid, int pidfd) {
  Actor actor{.pid = pid, .uid = std::nullopt, .process = {}};
  if (pid <= 0) return actor;
  const Fd process(::open(fmt::format("/proc/{}", pid).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  // Alive after the folder was opened: then the folder is of that very process.
  if (!process || (pidfd >= 0 && exited(pidfd))) return actor;
  actor.uid = real_uid(process.get());
  std::array<char, PATH_MAX> link{};
  const ssize_t length = ::readlinkat(process.get(), "exe", link.data(), link.size());
  if (length > 0) actor.process.assign(link.data(), static_cast<std::size_t>(length));
  return actor;
}

std::string Accounts::name(std::uint32_t uid) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = names_.find(uid); known != names_.end()) return known->second;
  }
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 16384> buffer{};
  std::string name = fmt::format("uid:{}", uid);
  if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    name = found->pw_name;
  }
  const std::lock_guard lock(mutex_);
  if (names_.size() >= kMaxNames) names_.clear();
  names_[uid] = name;
  return name;
}

OwnProcesses::OwnProcesses() : pids_{::getpid()} {}

void OwnProcesses::add(pid_t pid) {
  const std::lock_guard lock(mutex_);
  pids_.insert(pid);
}

void OwnProcesses::remove(pid_t pid) {
  const std::lock_guard lock(mutex_);
  pids_.erase(pid);
}

bool OwnProcesses::contains(pid_t pid) const {
  const std::lock_guard lock(mutex_);
  return pids_.contains(pid);
}

}  // namespace huxin::watch
