#pragma once
#include <optional>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// What a CMS message holds (RFC 5652): S/MIME is one in a mail, .p7m and .p7s are files of it.
enum class CmsKind : std::uint8_t { kSigned, kEncrypted };

/// Tells a CMS message in DER or BER by its content type (RFC 5652, 3; RFC 5083): signed, or
/// enveloped in any of three ways. Nullopt for anything else, plain data too.
std::optional<CmsKind> cms_kind(ByteView content);

/// What was signed, its pieces joined; empty when it stands elsewhere (a detached signature).
/// Nullopt when the message is broken before it; `complete` is false when it is broken within.
/// No signature is verified.
std::optional<Bytes> signed_content(ByteView content, bool& complete);

}  // namespace huxin::extract
