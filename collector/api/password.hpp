#pragma once
#include <semaphore>
#include <string>
#include <string_view>

#include "policy/base/result.hpp"

namespace huxin::api {

inline constexpr std::size_t kShortestPassword = 10;  ///< code points
inline constexpr std::size_t kLongestPassword = 128;  ///< bytes

/// What guessing a password costs: argon2id's passes over so much memory, in one lane. By itself
/// what is shipped, the memory and passes of RFC 9106, section 4, for where memory is scarce.
struct PasswordCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 64 * 1024;
};

/// Hashes and verifies passwords with argon2id (RFC 9106) at a cost, with a 16-byte salt.
/// At most `at_once` run at the same time, so that sign-ins cannot take all memory; who has to wait
/// for over two seconds gets kUnavailable. Thread-safe.
class PasswordHasher {
 public:
  /// `at_once`: hashes that are made at a time, each in the cost's memory; at most 64.
  explicit PasswordHasher(std::ptrdiff_t at_once = 2, PasswordCost cost = {});

  /// In PHC string format ("$argon2id$v=19$m=65536,t=3,p=1$…"), with a fresh salt. kCrypto where
  /// argon2 fails.
  Result<std::string> hash(std::string_view password);
  /// Does the password fit the encoded hash? An empty `encoded` takes as long and never fits: for
  /// users that do not exist. Parameters are those of the encoded text. An encoded text that is
  /// malformed does not fit.
  Result<bool> verify(std::string_view encoded, std::string_view password);

 private:
  std::counting_semaphore<64> free_;
  PasswordCost cost_;
  std::string nobody_;  ///< the hash of a password nobody knows
};

/// Says what is wrong with a new password by its error code ("password_too_short"); empty: nothing.
/// The length counts code points, the limit bytes; the password must not hold the user's name.
std::string_view password_fault(std::string_view user, std::string_view password);

/// A random password of 20 characters without lookalikes (over 90 bits), for one use. Groups of
/// five with dashes between them, which belong to it.
std::string make_one_time_password();

}  // namespace huxin::api
