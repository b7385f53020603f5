#pragma once
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::certs {

/// Makes a P-256 key (PKCS#8 DER) and a PKCS#10 request (DER) for it. The authority ignores the
/// name and takes the key alone. The key stays with its maker: only the request is to travel.
struct KeyAndRequest {
  Secret private_key;
  Bytes request;
};
/// RFC 2986, signed with the new key (ECDSA over SHA-256).
Result<KeyAndRequest> make_request(std::string_view common_name);

/// Takes a PKCS#10 request (DER, at most 16 KiB) in: returns its public key (SPKI, DER). kInvalid:
/// not a request, or not a P-256 key. kDenied: its signature does not prove possession of that key.
/// From a stranger; nothing but the key is taken from it.
Result<Bytes> take_request(ByteView request);

}  // namespace huxin::certs
