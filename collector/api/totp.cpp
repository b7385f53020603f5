#include "collector/api/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

#include "policy/base/digest.hpp"

namespace huxin::api {
namespace {

constexpr std::uint64_t kPeriodMs = 30'000;
constexpr std::size_t kSha1Size = 20;

/// RFC 4226, 5.3: four bytes from where the last nibble points, without the sign bit.
std::uint32_t truncated(const std::array<std::uint8_t, kSha1Size>& mac) {
  const std::size_t at = mac.back() & 0x0FU;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8U) | mac.at(at + i);
  return value & 0x7FFFFFFFU;
}

/// RFC 3986: everything but letters, digits and "-._~".
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").contains(c);
    if (plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return encoded;
}

}  // namespace

Bytes make_totp_secret() { return random_bytes(kTotpSecretSize); }

std::uint64_t totp_step(Time now) {
  const auto ms = std::max<std::int64_t>(now.time_since_epoch().count(), 0);
  return static_cast<std::uint64_t>(ms) / kPeriodMs;
}

std::string totp_code(ByteView secret, std::uint64_t step, unsigned digits) {
  std::array<std::uint8_t, sizeof step> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter.at(counter.size() - 1 - i) = static_cast<std::uint8_t>(step >> (8 * i));
  std::array<std::uint8_t, kSha1Size> mac{};
  unsigned size = 0;
  if (::HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
             counter.size(), mac.data(), &size) == nullptr) {
    return {};
  }
  std::uint32_t modulus = 1;
  for (unsigned i = 0; i < digits; ++i) modulus *= 10;
  return fmt::format("{:0{}}", truncated(mac) % modulus, digits);
}

std::optional<std::uint64_t> match_totp(ByteView secret, std::string_view code, Time now,
                                        std::uint64_t used) {
  const std::uint64_t here = totp_step(now);
  std::optional<std::uint64_t> found;
  for (std::uint64_t step = here > 0 ? here - 1 : 0; step <= here + 1; ++step) {
    const std::string right = totp_code(secret, step);
    const bool fits = right.size() == code.size() && !right.empty() &&
                      equal_in_constant_time(as_bytes(right), as_bytes(code));
    if (fits && step > used && !found) found = step;
  }
  return found;
}

std::string base32(ByteView bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8U) | byte;
    for (held += 8; held >= 5; held -= 5) text += kAlphabet[(bits >> (held - 5)) & 31U];
  }
  if (held > 0) text += kAlphabet[(bits << (5 - held)) & 31U];
  return text;
}

std::string totp_uri(std::string_view account, ByteView secret) {
  return fmt::format(
      "otpauth://totp/Huxin:{}?secret={}&issuer=Huxin&algorithm=SHA1&digits={}&period=30",
      percent_encoded(account), base32(secret), kTotpDigits);
}

}  // namespace huxin::api
