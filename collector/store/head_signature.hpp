#pragma once
#include "policy/base/bytes.hpp"

namespace huxin::store {

/// Says whether `signature` (ECDSA or RSA with SHA-256, DER) over `statement` was made with the key of
/// `certificate` (DER). False for anything malformed too.
bool signed_by(ByteView certificate, ByteView statement, ByteView signature);

}  // namespace huxin::store
