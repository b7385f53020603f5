#pragma once
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/sip_hash.hpp"

namespace huxin::known {

/// The key that a file of ours is made under: the first 16 bytes of
/// HMAC-SHA-256(bank_key, purpose ‖ 0 ‖ salt). The salt is drawn for each build and stands in the
/// file; the bank's key never does, so that a file alone tells nothing.
SipKey derive_key(ByteView bank_key, std::string_view purpose, ByteView salt);

/// The 16 bytes of a key as they travel to a worker, and back. kInvalid for another length.
Bytes to_bytes(const SipKey& key);
Result<SipKey> sip_key_from(ByteView bytes);

}  // namespace huxin::known
