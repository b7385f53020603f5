#include "collector/api/password.hpp"

#include <argon2.h>

#include <array>
#include <chrono>

#include "policy/base/digest.hpp"

namespace huxin::api {
namespace {

constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kHashSize = 32;
constexpr auto kLongestWait = std::chrono::seconds(2);

Result<std::string> encode(std::string_view password, const PasswordCost& cost) {
  const Bytes salt = random_bytes(kSaltSize);
  std::array<char, 160> encoded{};
  const int code =
      argon2id_hash_encoded(cost.passes, cost.memory_kib, kLanes, password.data(), password.size(),
                            salt.data(), salt.size(), kHashSize, encoded.data(), encoded.size());
  if (code != ARGON2_OK) return fail(Errc::kCrypto, "argon2id: {}", argon2_error_message(code));
  return std::string(encoded.data());
}

/// Holds one of the places for hashing.
class Place {
 public:
  explicit Place(std::counting_semaphore<64>& free)
      : free_(free), held_(free.try_acquire_for(kLongestWait)) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (held_) free_.release();
  }
  explicit operator bool() const { return held_; }

 private:
  std::counting_semaphore<64>& free_;
  bool held_;
};

}  // namespace

PasswordHasher::PasswordHasher(std::ptrdiff_t at_once, PasswordCost cost)
    : free_(at_once), cost_(cost) {
  nobody_ = encode(to_hex(random_bytes(kHashSize)), cost_).value_or("");
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  const Place place(free_);
  if (!place) return fail(Errc::kUnavailable, "too many passwords at once");
  return encode(password, cost_);
}

Result<bool> PasswordHasher::verify(std::string_view encoded, std::string_view password) {
  const Place place(free_);
  if (!place) return fail(Errc::kUnavailable, "too many passwords at once");
  const bool exists = !encoded.empty();
  const std::string against(exists ? encoded : nobody_);
  const bool fits = argon2id_verify(against.c_str(), password.data(), password.size()) == ARGON2_OK;
  return exists && fits;
}

std::string_view password_fault(std::string_view user, std::string_view password) {
  const auto starts_character = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  };
  if (password.size() > kLongestPassword) return "password_too_long";
  if (std::ranges::count_if(password, starts_character) <
      static_cast<std::ptrdiff_t>(kShortestPassword)) {
    return "password_too_short";
  }
  if (!user.empty() && password.contains(user)) return "password_is_name";
  return {};
}

std::string make_one_time_password() {
  // 32 characters: five bits of each byte choose one, without bias.
  constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(kAlphabet.size() == 32);
  std::string password;
  for (const std::uint8_t byte : random_bytes(20)) {
    if (!password.empty() && (password.size() + 1) % 6 == 0) password += '-';
    password += kAlphabet[byte & 31U];
  }
  return password;
}

}  // namespace huxin::api
