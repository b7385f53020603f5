#include "agent/watch/network/host_names.hpp"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <memory>

namespace huxin::watch {
namespace {

using std::chrono::steady_clock;

constexpr auto kRemembered = std::chrono::seconds(60);
constexpr auto kFaultRemembered = std::chrono::seconds(5);
constexpr std::size_t kMaxNames = 4096;
constexpr std::size_t kMaxWaiting = 64;  ///< look-ups that have not begun
constexpr unsigned kThreads = 2;

std::string numeric(const addrinfo& found) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* address =
      found.ai_family == AF_INET
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(found.ai_addr)->sin_addr)
          : &reinterpret_cast<const sockaddr_in6*>(found.ai_addr)->sin6_addr;
  return ::inet_ntop(found.ai_family, address, text.data(), text.size()) != nullptr ? text.data()
                                                                                    : "";
}

}  // namespace

Result<std::vector<std::string>> resolve_by_system(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(name.c_str(), nullptr, &hints, &found); error != 0)
    return fail(Errc::kNotFound, "resolve a host name: {}", ::gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  std::vector<std::string> addresses;
  for (; found != nullptr; found = found->ai_next) {
    if (found->ai_family == AF_INET || found->ai_family == AF_INET6)
      addresses.push_back(numeric(*found));
  }
  std::ranges::sort(addresses);
  addresses.erase(std::ranges::unique(addresses).begin(), addresses.end());
  return addresses;
}

HostNames::HostNames(Resolve resolve)
    : resolve_(resolve ? std::move(resolve) : Resolve(resolve_by_system)),
      pool_(kThreads, kMaxWaiting) {}

Result<std::vector<std::string>> HostNames::addresses(const std::string& name,
                                                      std::chrono::milliseconds wait) {
  const auto until = steady_clock::now() + wait;
  std::unique_lock lock(mutex_);
  const auto known = known_.find(name);
  const bool asked = known != known_.end() && steady_clock::now() < known->second.until;
  if (!asked) {
    if (known == known_.end() && known_.size() >= kMaxNames) known_.clear();
    known_[name] = {.until = steady_clock::now() + kRemembered, .answer = std::nullopt};
    if (!pool_.post([this, name] { look_up(name); })) {
      known_.erase(name);
      return fail(Errc::kUnavailable, "too many host names to resolve at a time");
    }
  }
  for (;;) {
    const auto now = known_.find(name);
    if (now != known_.end() && now->second.answer) return *now->second.answer;
    if (answered_.wait_until(lock, until) == std::cv_status::timeout)
      return fail(Errc::kTimeout, "a host name was not resolved in time");
  }
}

void HostNames::look_up(const std::string& name) {
  auto answer = resolve_(name);
  const std::lock_guard lock(mutex_);
  known_[name] = {.until = steady_clock::now() + (answer ? kRemembered : kFaultRemembered),
                  .answer = std::move(answer)};
  answered_.notify_all();
}

bool HostNames::leads_to(const std::string& name, const std::string& address,
                         std::chrono::milliseconds wait) {
  if (name == address) return true;
  const auto found = addresses(name, wait);
  return found && std::ranges::find(*found, address) != found->end();
}

}  // namespace huxin::watch
