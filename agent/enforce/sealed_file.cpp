#include "agent/enforce/sealed_file.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "agent/enforce/descriptor_io.hpp"

namespace huxin::enforce {
namespace {

constexpr std::string_view kMagic = "HUXSEAL1";
constexpr std::string_view kPurpose = "huxin-sealed-1";
constexpr std::size_t kSalt = 16;
static_assert(kMagic.size() + kSalt == kSealHeader);

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct FreeHash {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// One block of HKDF-Expand: HMAC(key, info ‖ 0x01).
Secret file_key(const Secret& key, ByteView salt, std::string_view name) {
  Bytes info(kPurpose.begin(), kPurpose.end());
  info.insert(info.end(), salt.begin(), salt.end());
  info.insert(info.end(), name.begin(), name.end());
  info.push_back(1);
  Digest derived = hmac_sha256(key.view(), info);
  Secret own(Bytes(derived.begin(), derived.end()));
  explicit_bzero(derived.data(), derived.size());
  return own;
}

std::array<std::uint8_t, 12> nonce_of(std::uint64_t number, bool last) {
  std::array<std::uint8_t, 12> nonce{};
  for (std::size_t i = 0; i < 8; ++i)
    nonce[3 + i] = static_cast<std::uint8_t>(number >> (56U - 8U * i));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/// Hashes the plain bytes on their way.
class PlainDigest {
 public:
  PlainDigest() { ok_ = hash_ && EVP_DigestInit_ex(hash_.get(), EVP_sha256(), nullptr) == 1; }
  void add(ByteView plain) {
    ok_ = ok_ && EVP_DigestUpdate(hash_.get(), plain.data(), plain.size()) == 1;
  }
  Result<Digest> finish() {
    Digest digest{};
    if (!ok_ || EVP_DigestFinal_ex(hash_.get(), digest.data(), nullptr) != 1)
      return fail(Errc::kCrypto, "SHA-256");
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeHash> hash_{EVP_MD_CTX_new()};
  bool ok_ = false;
};

/// Seals or opens one chunk after the other under one key.
class Chunks {
 public:
  enum class Way : int { kOpen = 0, kSeal = 1 };
  Chunks(Way way, const Secret& key) {
    ok_ = cipher_ && EVP_CipherInit_ex(cipher_.get(), EVP_aes_256_gcm(), nullptr, key.view().data(),
                                       nullptr, static_cast<int>(way)) == 1;
  }

  /// `sealed` has room for the plain bytes and a tag.
  bool seal(ByteView plain, bool last, std::span<std::uint8_t> sealed) {
    int tail = 0;
    return run(plain, last, sealed.data()) &&
           EVP_CipherFinal_ex(cipher_.get(), sealed.data() + plain.size(), &tail) == 1 &&
           EVP_CIPHER_CTX_ctrl(cipher_.get(), EVP_CTRL_GCM_GET_TAG, kSealTag,
                               sealed.data() + plain.size()) == 1;
  }
  /// False when the tag does not hold.
  bool open(std::span<std::uint8_t> sealed, bool last, std::span<std::uint8_t> plain) {
    int tail = 0;
    const std::size_t size = sealed.size() - kSealTag;
    return run(sealed.first(size), last, plain.data()) &&
           EVP_CIPHER_CTX_ctrl(cipher_.get(), EVP_CTRL_GCM_SET_TAG, kSealTag,
                               sealed.data() + size) == 1 &&
           EVP_CipherFinal_ex(cipher_.get(), plain.data() + size, &tail) == 1;
  }

 private:
  bool run(ByteView in, bool last, std::uint8_t* out) {
    const auto nonce = nonce_of(number_++, last);
    int made = 0;
    return ok_ &&
           EVP_CipherInit_ex(cipher_.get(), nullptr, nullptr, nullptr, nonce.data(), -1) == 1 &&
           EVP_CipherUpdate(cipher_.get(), out, &made, in.data(), static_cast<int>(in.size())) == 1;
  }

  std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> cipher_{EVP_CIPHER_CTX_new()};
  std::uint64_t number_ = 0;
  bool ok_ = false;
};

}  // namespace

Result<Digest> seal_file(int from, int to, const Secret& key, std::string_view name) {
  const Bytes salt = random_bytes(kSalt);
  Bytes header(kMagic.begin(), kMagic.end());
  header.insert(header.end(), salt.begin(), salt.end());
  if (const Status begun = write_all(to, header); !begun) return std::unexpected(begun.error());
  Chunks chunks(Chunks::Way::kSeal, file_key(key, salt, name));
  PlainDigest digest;
  Secret plain(kSealedChunk);
  Bytes sealed(kSealedChunk + kSealTag);
  for (std::uint64_t at = 0;; at += kSealedChunk) {
    const auto got = read_at(from, plain.writable(), at);
    if (!got) return std::unexpected(got.error());
    const ByteView read = plain.view().first(*got);
    const bool last = *got < kSealedChunk;
    digest.add(read);
    if (!chunks.seal(read, last, sealed)) return fail(Errc::kCrypto, "AES-256-GCM");
    if (const Status put = write_all(to, ByteView(sealed).first(*got + kSealTag)); !put)
      return std::unexpected(put.error());
    if (last) return digest.finish();
  }
}

Result<Digest> unseal_file(int from, int to, const Secret& key, std::string_view name) {
  std::array<std::uint8_t, kSealHeader> header{};
  const auto begun = read_at(from, header, 0);
  if (!begun) return std::unexpected(begun.error());
  if (*begun < kSealHeader || as_text(ByteView(header).first(kMagic.size())) != kMagic)
    return fail(Errc::kCorrupt, "{} is no sealed file", name);
  Chunks chunks(Chunks::Way::kOpen, file_key(key, ByteView(header).last(kSalt), name));
  PlainDigest digest;
  Secret plain(kSealedChunk);
  Bytes sealed(kSealedChunk + kSealTag);
  for (std::uint64_t at = kSealHeader;; at += sealed.size()) {
    const auto got = read_at(from, sealed, at);
    if (!got) return std::unexpected(got.error());
    const bool last = *got < sealed.size();
    if (*got < kSealTag || !chunks.open(std::span(sealed).first(*got), last, plain.writable()))
      return fail(Errc::kCorrupt, "{}: damaged, or sealed with another key", name);
    const ByteView opened = plain.view().first(*got - kSealTag);
    digest.add(opened);
    if (to >= 0) {
      if (const Status put = write_all(to, opened); !put) return std::unexpected(put.error());
    }
    if (last) return digest.finish();
  }
}

}  // namespace huxin::enforce
