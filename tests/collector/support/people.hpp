#pragma once
#include <string>
#include <string_view>

#include "collector/api/password.hpp"
#include "collector/api/totp.hpp"
#include "collector/store/store.hpp"

namespace huxin::test {

inline constexpr std::string_view kPassword = "a long and good one";

/// What hashing costs where a test is not about it: the least that argon2 takes.
inline constexpr api::PasswordCost kLightCost{.passes = 1, .memory_kib = 8};

/// The authenticator of every account that make_user() makes.
inline const Bytes& totp_secret() {
  static const Bytes secret(api::kTotpSecretSize, 's');
  return secret;
}

/// What that authenticator shows; `ahead` is -1, 0 or 1 step of 30 seconds, all of which are taken,
/// each once: three sign-ins of one account need no waiting.
inline std::string code_at(Time now, int ahead = 0) {
  const auto step = static_cast<std::int64_t>(api::totp_step(now)) + ahead;
  return api::totp_code(totp_secret(), static_cast<std::uint64_t>(step));
}

/// An account with kPassword and the authenticator above, ready to sign in.
inline store::User make_user(std::string name, store::Roles roles) {
  static const std::string hash = api::PasswordHasher(1, kLightCost).hash(kPassword).value();
  return {.name = std::move(name), .roles = roles, .password = hash, .totp = totp_secret()};
}

}  // namespace huxin::test
