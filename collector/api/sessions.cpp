#include "collector/api/sessions.hpp"

#include <algorithm>

namespace huxin::api {
namespace {

constexpr auto kIdle = std::chrono::minutes(15);
constexpr auto kLongest = std::chrono::hours(12);
constexpr std::size_t kMostSessions = 10'000;
constexpr std::ptrdiff_t kMostOfOneUser = 16;

/// Changes with whatever a user proved themselves with.
Digest proof_of(const store::User& user) {
  return sha256(as_bytes(user.password + '\n' + to_hex(user.totp)));
}

}  // namespace

std::string Sessions::begin(const store::User& user) {
  const std::string token = to_hex(random_bytes(32));
  const Time now = clock_.now();
  const std::lock_guard lock(mutex_);
  make_room(user.name);
  sessions_[sha256(as_bytes(token))] = {user.name, proof_of(user), {}, now, now, user.roles};
  return token;
}

std::optional<std::string> Sessions::touch(std::string_view token) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(sha256(as_bytes(token)));
  if (found == sessions_.end()) return std::nullopt;
  Session& session = found->second;
  const Time now = clock_.now();
  if (now - session.seen > kIdle || now - session.begun > kLongest) {
    sessions_.erase(found);
    return std::nullopt;
  }
  session.seen = now;
  return session.user;
}

store::Roles Sessions::roles(std::string_view token) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(sha256(as_bytes(token)));
  const Time now = clock_.now();
  const bool live = found != sessions_.end() && now - found->second.seen <= kIdle &&
                    now - found->second.begun <= kLongest;
  return live ? found->second.roles : store::Roles{};
}

bool Sessions::confirm(std::string_view token, const store::User& user) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(sha256(as_bytes(token)));
  if (found == sessions_.end()) return false;
  const bool stands = !user.disabled && !user.has_ended(clock_.now()) &&
                      found->second.user == user.name && found->second.proof == proof_of(user);
  if (stands) found->second.roles = user.roles;
  if (!stands) sessions_.erase(found);
  return stands;
}

void Sessions::end(std::string_view token) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(sha256(as_bytes(token)));
}

Bytes Sessions::enrolling(std::string_view token, Bytes fresh) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(sha256(as_bytes(token)));
  if (found == sessions_.end()) return {};
  if (found->second.enrolling.empty()) found->second.enrolling = std::move(fresh);
  return found->second.enrolling;
}

void Sessions::make_room(const std::string& user) {
  const auto seen = [](const auto& entry) { return entry.second.seen; };
  const auto own = [&](const auto& entry) { return entry.second.user == user; };
  if (std::ranges::count_if(sessions_, own) >= kMostOfOneUser) {
    auto oldest = sessions_.end();
    for (auto it = sessions_.begin(); it != sessions_.end(); ++it) {
      if (own(*it) && (oldest == sessions_.end() || seen(*it) < seen(*oldest))) oldest = it;
    }
    sessions_.erase(oldest);
  }
  if (sessions_.size() < kMostSessions) return;
  const Time now = clock_.now();
  std::erase_if(sessions_, [&](const auto& entry) { return now - entry.second.seen > kIdle; });
  if (sessions_.size() >= kMostSessions)
    sessions_.erase(std::ranges::min_element(sessions_, {}, seen));
}

}  // namespace huxin::api
