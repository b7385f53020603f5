#include "certs/seal.hpp"

#include "certs/encoding.hpp"

namespace huxin::certs {
namespace {

constexpr std::size_t kMostRecipients = 32;
constexpr std::size_t kLargestPlain = std::size_t{16} << 20U;
// Room for the envelope around the largest plain text, twice.
constexpr std::size_t kLargestEnvelope = kLargestPlain + (std::size_t{64} << 10U);
constexpr std::size_t kMacSize = 16;

Status check_recipients(const std::vector<Bytes>& certificates, std::string_view role) {
  if (certificates.size() > kMostRecipients)
    return fail(Errc::kInvalid, "more than {} {}s", kMostRecipients, role);
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    const Result<CertificatePtr> certificate = parse_certificate(certificates[i]);
    if (!certificate)
      return fail(Errc::kInvalid, "{} {}: {}", role, i + 1, certificate.error().context);
    if (!is_p256(X509_get0_pubkey(certificate->get()))) {
      return fail(Errc::kInvalid, "{} {}: the key is not P-256", role, i + 1);
    }
  }
  return {};
}

/// OpenSSL's own choice for the derivation is SHA-1 still.
bool add_recipient(CMS_ContentInfo* envelope, X509* certificate) {
  CMS_RecipientInfo* const recipient =
      CMS_add1_recipient_cert(envelope, certificate, CMS_KEY_PARAM);
  EVP_PKEY_CTX* const agreement =
      recipient == nullptr ? nullptr : CMS_RecipientInfo_get0_pkey_ctx(recipient);
  return agreement != nullptr && EVP_PKEY_CTX_set_ecdh_kdf_md(agreement, EVP_sha256()) == 1;
}

Result<Bytes> encode(CMS_ContentInfo* envelope) {
  const int size = i2d_CMS_ContentInfo(envelope, nullptr);
  if (size <= 0) return fail_openssl(Errc::kCrypto, "encode envelope");
  Bytes der(static_cast<std::size_t>(size));
  unsigned char* at = der.data();
  i2d_CMS_ContentInfo(envelope, &at);
  return der;
}

Result<Bytes> envelop(ByteView plain, const std::vector<Bytes>& recipients) {
  const void* const data = plain.empty() ? "" : static_cast<const void*>(plain.data());
  const BioPtr source(BIO_new_mem_buf(data, static_cast<int>(plain.size())));
  const CmsPtr envelope(CMS_encrypt(nullptr, nullptr, EVP_aes_256_gcm(), CMS_BINARY | CMS_PARTIAL));
  if (!source || !envelope) return fail_openssl(Errc::kCrypto, "seal");
  for (const Bytes& der : recipients) {
    const Result<CertificatePtr> certificate = parse_certificate(der);
    if (!certificate) return std::unexpected(certificate.error());
    if (!add_recipient(envelope.get(), certificate->get()))
      return fail_openssl(Errc::kCrypto, "seal");
  }
  if (CMS_final(envelope.get(), source.get(), nullptr, CMS_BINARY) != 1) {
    return fail_openssl(Errc::kCrypto, "seal");
  }
  return encode(envelope.get());
}

struct Element {
  int tag = -1;
  ByteView content;
};

/// Takes the next DER element off; a tag of -1 when there is none, or one of indefinite length.
Element next_element(ByteView& rest) {
  const unsigned char* at = rest.data();
  long size = 0;
  int tag = 0;
  int kind = 0;
  constexpr int kBroken = 0x80;
  constexpr int kIndefinite = 0x01;
  if (rest.empty()) return {};
  const int flags = ASN1_get_object(&at, &size, &tag, &kind, static_cast<long>(rest.size()));
  if ((flags & (kBroken | kIndefinite)) != 0) return {};
  const ByteView content(at, static_cast<std::size_t>(size));
  rest = rest.subspan(static_cast<std::size_t>(at - rest.data()) + content.size());
  return {.tag = tag, .content = content};
}

/// Is this ContentInfo { type, [0] { version, recipients, content, mac } } with a whole mac of 16
/// bytes? OpenSSL would check a mac cut to one byte by that byte alone.
bool has_our_shape(ByteView der) {
  ByteView info = next_element(der).content;
  next_element(info);
  ByteView tagged = next_element(info).content;
  ByteView envelope = next_element(tagged).content;
  for (const int tag : {V_ASN1_INTEGER, V_ASN1_SET, V_ASN1_SEQUENCE}) {
    if (next_element(envelope).tag != tag) return false;
  }
  const Element mac = next_element(envelope);
  return mac.tag == V_ASN1_OCTET_STRING && mac.content.size() == kMacSize && envelope.empty();
}

/// Reads exactly one AuthEnvelopedData: a plain EnvelopedData, which anyone could have changed, is
/// no envelope of ours.
Result<CmsPtr> parse_envelope(ByteView der) {
  if (der.size() > kLargestEnvelope) return fail(Errc::kTooLarge, "envelope: {} bytes", der.size());
  const unsigned char* at = der.data();
  CmsPtr envelope(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (!envelope) return fail_openssl(Errc::kCorrupt, "envelope");
  if (at != der.data() + der.size()) return fail(Errc::kCorrupt, "envelope: bytes behind it");
  if (OBJ_obj2nid(CMS_get0_type(envelope.get())) != NID_id_smime_ct_authEnvelopedData) {
    return fail(Errc::kCorrupt, "envelope: not AuthEnvelopedData");
  }
  if (!has_our_shape(der)) return fail(Errc::kCorrupt, "envelope: not of the sealer's making");
  return envelope;
}

/// Is one of the wrapped keys for this certificate? OpenSSL does not tell this failure from others.
bool is_sealed_to(CMS_ContentInfo* envelope, X509* certificate) {
  STACK_OF(CMS_RecipientInfo)* const recipients = CMS_get0_RecipientInfos(envelope);
  for (int i = 0; i < sk_CMS_RecipientInfo_num(recipients); ++i) {
    CMS_RecipientInfo* const recipient = sk_CMS_RecipientInfo_value(recipients, i);
    if (CMS_RecipientInfo_type(recipient) != CMS_RECIPINFO_AGREE) continue;
    STACK_OF(CMS_RecipientEncryptedKey)* const keys = CMS_RecipientInfo_kari_get0_reks(recipient);
    for (int j = 0; j < sk_CMS_RecipientEncryptedKey_num(keys); ++j) {
      CMS_RecipientEncryptedKey* const key = sk_CMS_RecipientEncryptedKey_value(keys, j);
      if (CMS_RecipientEncryptedKey_cert_cmp(key, certificate) == 0) return true;
    }
  }
  return false;
}

/// The key of one person must not take off both envelopes.
Status check_apart(const std::vector<Bytes>& officers, const std::vector<Bytes>& reviewers) {
  for (std::size_t i = 0; i < reviewers.size(); ++i) {
    const Result<CertificatePtr> reviewer = parse_certificate(reviewers[i]);
    if (!reviewer) return std::unexpected(reviewer.error());
    for (std::size_t j = 0; j < officers.size(); ++j) {
      const Result<CertificatePtr> officer = parse_certificate(officers[j]);
      if (!officer) return std::unexpected(officer.error());
      if (EVP_PKEY_eq(X509_get0_pubkey(officer->get()), X509_get0_pubkey(reviewer->get())) == 1) {
        return fail(
            Errc::kInvalid,
            "officer {} and reviewer {} have the same key, which alone would open evidence; "
            "name two people",
            j + 1, i + 1);
      }
    }
  }
  return {};
}

}  // namespace

Result<Sealer> Sealer::make(const std::vector<Bytes>& officers,
                            const std::vector<Bytes>& reviewers) {
  if (officers.empty()) return fail(Errc::kInvalid, "no officer to seal to");
  if (Status usable = check_recipients(officers, "officer"); !usable)
    return std::unexpected(usable.error());
  if (Status usable = check_recipients(reviewers, "reviewer"); !usable)
    return std::unexpected(usable.error());
  if (Status apart = check_apart(officers, reviewers); !apart)
    return std::unexpected(apart.error());
  Sealer sealer;
  sealer.officers_ = officers;
  sealer.reviewers_ = reviewers;
  return sealer;
}

Result<Bytes> Sealer::seal(ByteView plain) const {
  if (plain.size() > kLargestPlain) return fail(Errc::kTooLarge, "seal: {} bytes", plain.size());
  Result<Bytes> inner = envelop(plain, officers_);
  if (!inner || reviewers_.empty()) return inner;
  return envelop(*inner, reviewers_);
}

Result<Secret> open_envelope(ByteView envelope, ByteView certificate, const Secret& private_key) {
  const Result<CertificatePtr> recipient = parse_certificate(certificate);
  if (!recipient) return std::unexpected(recipient.error());
  const Result<KeyPtr> key = parse_private_key(private_key);
  if (!key) return std::unexpected(key.error());
  const Result<CmsPtr> cms = parse_envelope(envelope);
  if (!cms) return std::unexpected(cms.error());
  if (!is_sealed_to(cms->get(), recipient->get())) {
    return fail(Errc::kDenied, "open envelope: not sealed to this key");
  }
  if (CMS_decrypt_set1_pkey(cms->get(), key->get(), recipient->get()) != 1) {
    return fail_openssl(Errc::kCorrupt, "open envelope");
  }
  const BioPtr out(BIO_new(BIO_s_mem()));
  const bool opened =
      out && CMS_decrypt(cms->get(), nullptr, nullptr, nullptr, out.get(), CMS_BINARY) == 1;
  // What came out before the tag was checked is wiped too.
  Secret plain = out ? drain(out.get()) : Secret();
  if (!opened) return fail_openssl(Errc::kCorrupt, "open envelope");
  return plain;
}

}  // namespace huxin::certs
