#pragma once
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"

namespace huxin::certs {

/// Base64 with the URL alphabet and without padding (RFC 4648, section 5).
std::string to_base64url(ByteView bytes);
/// Reads exactly what to_base64url writes; kInvalid for another character, padding, or stray bits.
/// Empty text is empty bytes.
Result<Bytes> from_base64url(std::string_view text);

}  // namespace huxin::certs
