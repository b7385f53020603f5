#pragma once
#include <array>
#include <cstdint>

#include "policy/base/bytes.hpp"

namespace huxin {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4). These end the process where OpenSSL fails, since nothing could be trusted
/// after.
Digest sha256(ByteView data);
/// HMAC-SHA-256 (FIPS 198-1). An empty key is taken.
Digest hmac_sha256(ByteView key, ByteView data);
/// Bytes of the operating system's generator; ends the process when it has none to give.
Bytes random_bytes(std::size_t count);
/// Compares without telling by its duration where the first difference is. Different lengths are
/// told at once.
bool equal_in_constant_time(ByteView a, ByteView b);

}  // namespace huxin
