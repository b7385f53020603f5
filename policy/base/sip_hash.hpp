#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace huxin {

/// A key of SipHash: 128 bits, little-endian as the reference reads them.
using SipKey = std::array<std::uint64_t, 2>;

/// SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012) of `data`, 64
/// bits.
///
/// A pseudo-random function made for short inputs: tables keyed by hostile text, and digests of
/// which far less than 64 bits is kept. Allocates nothing. For what must be kept whole, HMAC.
std::uint64_t sip_hash(const SipKey& key, std::string_view data);

/// SipHash-1-3, with half the rounds: what the hash tables of Rust (DefaultHasher) and Python
/// (since 3.11) use. For tables in memory, under a key drawn anew for each; nothing that is kept.
std::uint64_t table_hash(const SipKey& key, std::string_view data);

}  // namespace huxin
