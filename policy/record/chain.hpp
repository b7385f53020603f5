#pragma once
#include <string>

#include "policy/base/digest.hpp"
#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::record {

/// The hash of the link before the first one.
/// 32 zero bytes.
inline constexpr Digest kGenesis{};

/// What one link may carry, serialised; what is larger is kTooLarge to the collector.
inline constexpr std::size_t kLargestPayload = std::size_t{1} << 20U;

/// SHA-256("huxin-record-1" ‖ previous ‖ sequence, 8 bytes big-endian ‖ payload).
Digest link_hash(ByteView previous, std::uint64_t sequence, ByteView payload);

/// Makes the next link after (`sequence` - 1, `previous`). `previous` is 32 bytes; sequences count
/// from 1. The payload is taken as it is: bytes once hashed are never serialised anew.
Record make_link(std::uint64_t sequence, ByteView previous, std::string payload);

/// Checks one link by itself and against its predecessor: kCorrupt says what does not hold,
/// kTooLarge a payload over the limit. The record is hostile: sizes and hashes are checked, the
/// payload is not parsed.
Status check_link(const Record& link, std::uint64_t expected_sequence, ByteView expected_previous);

/// The bytes a device signs to vouch for its chain up to a head:
/// "huxin-head-1" ‖ sequence, 8 bytes big-endian ‖ hash. Signed under the terminal's certificate
/// key, ECDSA P-256 with SHA-256.
Bytes head_statement(std::uint64_t sequence, ByteView hash);

/// Digest of a value under the bank's key, so that equal values can be found without being known:
/// first 16 bytes of HMAC-SHA-256("D01" ‖ 0 ‖ value). `element` is "D01"; the copy it hashes is
/// wiped.
Bytes value_digest(ByteView key, std::string_view element, std::string_view value);

}  // namespace huxin::record
