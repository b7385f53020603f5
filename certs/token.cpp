#include "certs/token.hpp"

#include "certs/base64url.hpp"
#include "policy/base/digest.hpp"

namespace huxin::certs {
namespace {

constexpr std::string_view kPrefix = "hx1.";
constexpr std::size_t kRandomSize = 32;
constexpr std::size_t kFingerprintSize = 16;

}  // namespace

Token make_token(ByteView root_certificate) {
  const Digest root = sha256(root_certificate);
  Token token;
  token.text = fmt::format("{}{}.{}", kPrefix, to_base64url(random_bytes(kRandomSize)),
                           to_base64url(ByteView(root).first(kFingerprintSize)));
  token.digest = token_digest(token.text);
  return token;
}

Result<Bytes> token_root_fingerprint(std::string_view token) {
  const auto bad = [] { return fail(Errc::kInvalid, "not an enrolment token (hx1.….…)"); };
  if (!token.starts_with(kPrefix)) return bad();
  token.remove_prefix(kPrefix.size());
  const std::size_t dot = token.find('.');
  if (dot == std::string_view::npos) return bad();
  const Result<Bytes> random = from_base64url(token.substr(0, dot));
  Result<Bytes> fingerprint = from_base64url(token.substr(dot + 1));
  if (!random || random->size() != kRandomSize) return bad();
  if (!fingerprint || fingerprint->size() != kFingerprintSize) return bad();
  return fingerprint;
}

Bytes token_digest(std::string_view token) {
  const Digest digest = sha256(as_bytes(token));
  return {digest.begin(), digest.end()};
}

}  // namespace huxin::certs
