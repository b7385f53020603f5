#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the PEM block of a private key (RFC 7468) whose "-----BEGIN " starts at `at`: from there
/// to the end of its closing line. A public key or certificate is none; neither is a header alone.
/// Any label that ends in PRIVATE KEY: PKCS#8, RSA, EC, OpenSSH, encrypted ones.
std::optional<Span> recognise_private_key(std::string_view text, std::size_t at);

}  // namespace huxin::detect
