#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"

namespace huxin::api {

// One-time codes by time (RFC 6238): HMAC-SHA-1, steps of 30 seconds since 1970, six digits, as
// every authenticator application makes them.
inline constexpr std::size_t kTotpSecretSize = 20;
inline constexpr unsigned kTotpDigits = 6;

/// A fresh secret of 160 random bits.
Bytes make_totp_secret();

/// The step that a moment falls into; negative moments count as 1970.
std::uint64_t totp_step(Time now);

/// The code of a step. `digits` is 6, but 8 in the vectors of RFC 6238. Leading zeros are kept;
/// empty where HMAC fails.
std::string totp_code(ByteView secret, std::uint64_t step, unsigned digits = kTotpDigits);

/// The step whose code was given: that of `now`, the one before or the one after, since clocks
/// differ, but only a step after `used`, so that no code works twice. nullopt: none fits. Compares
/// in constant time. `code` is untrusted text of any length. Keep the step that was returned before
/// anything is granted.
std::optional<std::uint64_t> match_totp(ByteView secret, std::string_view code, Time now,
                                        std::uint64_t used);

/// Base 32 (RFC 4648) without padding, as authenticators take it.
std::string base32(ByteView bytes);

/// What an authenticator reads from a picture:
/// otpauth://totp/Huxin:NAME?secret=…&issuer=Huxin&algorithm=SHA1&digits=6&period=30
/// The account's name is percent-encoded (RFC 3986); it holds the secret, so it is shown once and
/// kept nowhere.
std::string totp_uri(std::string_view account, ByteView secret);

}  // namespace huxin::api
