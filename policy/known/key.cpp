#include "policy/known/key.hpp"

#include <cstring>

#include "policy/base/digest.hpp"

namespace huxin::known {

SipKey derive_key(ByteView bank_key, std::string_view purpose, ByteView salt) {
  Bytes text(purpose.begin(), purpose.end());
  text.push_back(0);
  text.insert(text.end(), salt.begin(), salt.end());
  Digest digest = hmac_sha256(bank_key, text);
  SipKey key{};
  std::memcpy(key.data(), digest.data(), sizeof key);
  explicit_bzero(digest.data(), digest.size());
  return key;
}

Bytes to_bytes(const SipKey& key) {
  Bytes bytes(sizeof key);
  std::memcpy(bytes.data(), key.data(), sizeof key);
  return bytes;
}

Result<SipKey> sip_key_from(ByteView bytes) {
  SipKey key{};
  if (bytes.size() != sizeof key)
    return fail(Errc::kInvalid, "a digest key has {} bytes, {} are wanted", bytes.size(),
                sizeof key);
  std::memcpy(key.data(), bytes.data(), sizeof key);
  return key;
}

}  // namespace huxin::known
