#pragma once
#include <string_view>

#include "policy/base/digest.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::enforce {

/// A file sealed under a key, so that the disk gives nothing away and nothing changed goes unseen:
///
///   offset  size      what
///   0       8         magic, "HUXSEAL1"
///   8       16        salt, random
///   24      65552     chunk 0: 65,536 bytes in AES-256-GCM, then its 16-byte tag
///   …                 further chunks of the same size; the last one is shorter, 16 bytes at least
///
/// The file's own key is HKDF-Expand (RFC 5869, SHA-256) of the key given, over "huxin-sealed-1",
/// the salt and the file's name, so a file under another's name does not open. A chunk's nonce is
/// its number and whether it is the last (STREAM): chunks cannot be swapped, left out or cut off.
inline constexpr std::size_t kSealedChunk = std::size_t{64} << 10U;
inline constexpr std::size_t kSealTag = 16;
inline constexpr std::size_t kSealHeader = 24;

/// Seals everything in `from`, from offset 0, into `to`; returns the SHA-256 of the plain bytes.
/// `to` is written at its own place and must be empty. `name`: the file's id in the vault. The key:
/// 32 bytes.
Result<Digest> seal_file(int from, int to, const Secret& key, std::string_view name);

/// Opens what seal_file wrote: into `to`, or nowhere when that is negative. Returns the SHA-256 of
/// the plain bytes. kCorrupt: damaged, cut short, another key or another name; chunks before the
/// damage were written by then.
Result<Digest> unseal_file(int from, int to, const Secret& key, std::string_view name);

}  // namespace huxin::enforce
