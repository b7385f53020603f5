#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/secret.hpp"

namespace huxin::known {

/// A key of SipHash: 128 bits, little-endian as the reference reads them.
using SipKey = std::array<std::uint64_t, 2>;

/// SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012) of `data`, 64
/// bits.
///
/// Chosen over BLAKE2b and HMAC because every finding is digested: it is a pseudo-random function
/// made for inputs this short, gives the 64 bits that are wanted and not more, and takes some 20 ns
/// without allocating. What is kept of a digest is far less than 64 bits.
std::uint64_t sip_hash(const SipKey& key, std::string_view data);

/// The key that a file of ours is made under: the first 16 bytes of
/// HMAC-SHA-256(bank_key, purpose ‖ 0 ‖ salt). The salt is drawn for each build and stands in the
/// file; the bank's key never does, so that a file alone tells nothing.
SipKey derive_key(ByteView bank_key, std::string_view purpose, ByteView salt);

/// The 16 bytes of a key as they travel to a worker, and back. kInvalid for another length.
Bytes to_bytes(const SipKey& key);
Result<SipKey> sip_key_from(ByteView bytes);

}  // namespace huxin::known
