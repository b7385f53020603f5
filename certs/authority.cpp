#include "certs/authority.hpp"

#include "certs/certificate.hpp"
#include "certs/encoding.hpp"
#include "certs/issue.hpp"
#include "certs/key_store.hpp"
#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"

namespace huxin::certs {
namespace {

using std::chrono::days;

constexpr days kRootLife{3652};
constexpr days kIssuingLife{1095};
constexpr days kTerminalLife{90};
constexpr days kServerLife{397};
constexpr std::size_t kMostNames = 100;
constexpr std::size_t kLongestOrganisation = 64;  // ub-organization-name, RFC 5280 appendix A.1

constexpr const char* kAuthorityUsage = "critical,keyCertSign,cRLSign";

Profile root_profile(std::string_view organisation) {
  return {.common_name = "Huxin Root",
          .organisation = std::string(organisation),
          .basic_constraints = "critical,CA:TRUE,pathlen:1",
          .key_usage = kAuthorityUsage,
          .life = kRootLife};
}

Profile issuing_profile(std::string_view organisation) {
  return {.common_name = "Huxin Issuing Authority",
          .organisation = std::string(organisation),
          .basic_constraints = "critical,CA:TRUE,pathlen:0",
          .key_usage = kAuthorityUsage,
          .extended_key_usage = "clientAuth,serverAuth",
          .life = kIssuingLife};
}

Status check_terminal_id(std::string_view terminal) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  if (terminal.empty() || terminal.size() > 64 || !std::ranges::all_of(terminal, allowed)) {
    return fail(Errc::kInvalid, "a terminal id is 1 to 64 of [A-Za-z0-9._-]");
  }
  return {};
}

struct Member {
  CertificatePtr certificate;
  KeyPtr key;
};

Result<Member> make_member(const Profile& profile, const Issuer& issuer, Time now) {
  Result<KeyPtr> key = make_p256_key();
  if (!key) return std::unexpected(key.error());
  Result<CertificatePtr> certificate = issue(profile, key->get(), issuer, now);
  if (!certificate) return std::unexpected(certificate.error());
  return Member{.certificate = std::move(*certificate), .key = std::move(*key)};
}

/// The key goes first: a certificate on disk always has its key beside it.
Status keep(KeyStore& keys, const std::filesystem::path& folder, const std::string& name,
            const Member& member) {
  const Result<Secret> key = encode_private_pem(member.key.get());
  if (!key) return std::unexpected(key.error());
  if (Status saved = keys.save(name + ".key", *key); !saved) return saved;
  const Result<Bytes> der = encode(member.certificate.get());
  if (!der) return std::unexpected(der.error());
  return write_file_atomically(folder / (name + ".crt"), as_bytes(certificate_to_pem(*der)), 0644);
}

Result<Bytes> load_certificate(const std::filesystem::path& file) {
  const Result<std::string> pem = read_file(file, kLargestObject);
  if (!pem) return std::unexpected(pem.error());
  Result<Bytes> der = certificate_from_pem(*pem);
  if (!der) return fail(Errc::kCorrupt, "{}: {}", file.string(), der.error().context);
  return der;
}

Bytes concatenate(ByteView first, ByteView second) {
  Bytes both(first.begin(), first.end());
  both.insert(both.end(), second.begin(), second.end());
  return both;
}

class FolderAuthority final : public Authority {
 public:
  FolderAuthority(Bytes root, Bytes issuing, Member member)
      : root_(std::move(root)), chain_(concatenate(issuing, root_)), issuing_(std::move(member)) {}

  Result<IssuedCertificate> issue_terminal(ByteView csr, std::string_view terminal,
                                           Time now) override {
    if (Status valid = check_terminal_id(terminal); !valid) return std::unexpected(valid.error());
    const Result<Bytes> public_key = take_request(csr);
    if (!public_key) return std::unexpected(public_key.error());
    const Result<KeyPtr> key = parse_public_key(*public_key);
    if (!key) return std::unexpected(key.error());
    const Profile profile{.common_name = std::string(terminal),
                          .extended_key_usage = "clientAuth",
                          .life = kTerminalLife};
    return sign_leaf(profile, key->get(), now);
  }

  Result<Server> issue_server(const std::vector<std::string>& names, Time now) override {
    if (names.empty() || names.size() > kMostNames) {
      return fail(Errc::kInvalid, "a server certificate takes 1 to {} names", kMostNames);
    }
    Profile profile{.extended_key_usage = "serverAuth", .life = kServerLife};
    for (const std::string& name : names) {
      Result<HostName> host = parse_host_name(name);
      if (!host) return std::unexpected(host.error());
      profile.hosts.push_back(std::move(*host));
    }
    profile.common_name = profile.hosts.front().text;
    const Result<KeyPtr> key = make_p256_key();
    if (!key) return std::unexpected(key.error());
    Result<IssuedCertificate> issued = sign_leaf(profile, key->get(), now);
    if (!issued) return std::unexpected(issued.error());
    Result<Secret> private_key = encode_private(key->get());
    if (!private_key) return std::unexpected(private_key.error());
    return Server{.issued = std::move(*issued), .private_key = std::move(*private_key)};
  }

  const Bytes& root() const override { return root_; }

 private:
  Result<IssuedCertificate> sign_leaf(const Profile& profile, EVP_PKEY* key, Time now) const {
    const Issuer issuer{.certificate = issuing_.certificate.get(), .key = issuing_.key.get()};
    const Result<CertificatePtr> certificate = issue(profile, key, issuer, now);
    if (!certificate) return std::unexpected(certificate.error());
    Result<Bytes> der = encode(certificate->get());
    if (!der) return std::unexpected(der.error());
    std::string digest = to_hex(sha256(*der));
    return IssuedCertificate{.certificate = std::move(*der),
                             .chain = chain_,
                             .sha256 = std::move(digest),
                             .not_after = to_time(X509_get0_notAfter(certificate->get()))};
  }

  Bytes root_;
  Bytes chain_;
  Member issuing_;
};

/// Does the issuing key fit its certificate, and did the root sign that certificate?
Status check_together(X509* root, const Member& issuing, const std::filesystem::path& folder) {
  if (X509_check_private_key(issuing.certificate.get(), issuing.key.get()) != 1) {
    return fail_openssl(Errc::kCorrupt,
                        fmt::format("{}: issuing.key is not issuing.crt's", folder.string()));
  }
  if (X509_verify(issuing.certificate.get(), X509_get0_pubkey(root)) != 1) {
    return fail_openssl(Errc::kCorrupt,
                        fmt::format("{}: issuing.crt is not signed by root.crt", folder.string()));
  }
  return {};
}

}  // namespace

Status Authority::create(const std::filesystem::path& folder, std::string_view organisation,
                         Time now) {
  if (organisation.empty() || organisation.size() > kLongestOrganisation) {
    return fail(Errc::kInvalid, "an organisation's name has 1 to {} bytes", kLongestOrganisation);
  }
  const auto keys = open_file_key_store(folder);
  if (!keys) return std::unexpected(keys.error());
  for (const char* name : {"root.crt", "root.key", "issuing.crt", "issuing.key"}) {
    std::error_code error;
    if (std::filesystem::exists(folder / name, error)) {
      return fail(Errc::kExists, "{} is there already", (folder / name).string());
    }
  }
  const Result<Member> root = make_member(root_profile(organisation), {}, now);
  if (!root) return std::unexpected(root.error());
  const Issuer issuer{.certificate = root->certificate.get(), .key = root->key.get()};
  const Result<Member> issuing = make_member(issuing_profile(organisation), issuer, now);
  if (!issuing) return std::unexpected(issuing.error());
  if (Status kept = keep(**keys, folder, "root", *root); !kept) return kept;
  return keep(**keys, folder, "issuing", *issuing);
}

Result<std::unique_ptr<Authority>> Authority::open(const std::filesystem::path& folder) {
  Result<Bytes> root = load_certificate(folder / "root.crt");
  if (!root) return std::unexpected(root.error());
  Result<Bytes> issuing = load_certificate(folder / "issuing.crt");
  if (!issuing) return std::unexpected(issuing.error());
  const auto keys = open_file_key_store(folder);
  if (!keys) return std::unexpected(keys.error());
  const Result<Secret> pem = (*keys)->load("issuing.key");
  if (!pem) return std::unexpected(pem.error());
  Result<KeyPtr> key = parse_private_key_pem(*pem);
  if (!key)
    return fail(Errc::kCorrupt, "{}: {}", (folder / "issuing.key").string(), key.error().context);
  const Result<CertificatePtr> anchor = parse_certificate(*root);
  if (!anchor) return std::unexpected(anchor.error());
  Result<CertificatePtr> certificate = parse_certificate(*issuing);
  if (!certificate) return std::unexpected(certificate.error());
  Member member{.certificate = std::move(*certificate), .key = std::move(*key)};
  if (Status fit = check_together(anchor->get(), member, folder); !fit)
    return std::unexpected(fit.error());
  return std::make_unique<FolderAuthority>(std::move(*root), std::move(*issuing),
                                           std::move(member));
}

}  // namespace huxin::certs
