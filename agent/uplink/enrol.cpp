#include "agent/uplink/enrol.hpp"

#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "agent/uplink/connection.hpp"
#include "certs/request.hpp"
#include "certs/tls.hpp"
#include "certs/token.hpp"
#include "policy/base/digest.hpp"
#include "policy/record/record.pb.h"
#include "policy/record/wire.hpp"

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;
namespace wire = record::wire;

constexpr std::size_t kDigestKeySize = 32;
constexpr std::size_t kLargestPolicyKey = 1024;

Bytes copy(const std::string& text) {
  const ByteView bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

asio::awaitable<Result<HttpReply>> ask(Peer peer, std::shared_ptr<asio::ssl::context> context,
                                       std::string body) {
  Result<std::unique_ptr<Connection>> connection =
      co_await Connection::open(std::move(peer), std::move(context));
  if (!connection) co_return std::unexpected(connection.error());
  HttpRequest request{.verb = boost::beast::http::verb::post,
                      .target = wire::kEnrol,
                      .body = std::move(body),
                      .largest_reply = wire::kLargestReply};
  co_return co_await (*connection)->exchange(std::move(request));
}

/// Runs the one request to its end on this thread.
Result<HttpReply> ask_and_wait(const EnrolmentRequest& request, ByteView fingerprint,
                               std::string body) {
  auto tls = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
  if (Status set = certs::configure_enrolment(tls->native_handle(), fingerprint); !set) {
    return std::unexpected(set.error());
  }
  const Peer peer{.host = request.host,
                  .port = request.port,
                  .connect_deadline = request.deadline,
                  .request_deadline = request.deadline};
  asio::io_context context(1);
  std::optional<Result<HttpReply>> reply;
  asio::co_spawn(context, ask(peer, std::move(tls), std::move(body)),
                 [&reply](const std::exception_ptr& failed, Result<HttpReply> got) {
                   if (!failed) reply = std::move(got);
                 });
  context.run();
  if (!reply) return fail(Errc::kInternal, "enrolment ended without a result");
  return std::move(*reply);
}

/// The last certificate of the chain, if it is the one that the token names.
Result<Bytes> find_root(ByteView chain, ByteView fingerprint) {
  Result<std::vector<Bytes>> parts = certs::split_chain(chain);
  if (!parts) return std::unexpected(parts.error());
  if (parts->empty()) return fail(Errc::kProtocol, "the chain is empty");
  const Digest digest = sha256(parts->back());
  if (!equal_in_constant_time(ByteView(digest).first(fingerprint.size()), fingerprint)) {
    return fail(Errc::kProtocol, "the chain does not end in the token's root");
  }
  return std::move(parts->back());
}

Result<Enrolment> check(const record::EnrolReply& reply, Secret private_key, ByteView fingerprint,
                        Time now) {
  Enrolment enrolment{
      .identity = {copy(reply.certificate()), copy(reply.chain()), std::move(private_key)},
      .digest_key = Secret(copy(reply.digest_key())),
      .policy_key = copy(reply.policy_key()),
      .terminal = reply.terminal(),
  };
  Result<Bytes> root = find_root(enrolment.identity.chain, fingerprint);
  if (!root) return std::unexpected(root.error());
  enrolment.root = std::move(*root);
  if (Status good = certs::check_terminal_identity(enrolment.identity, enrolment.root, now);
      !good) {
    return std::unexpected(good.error());
  }
  const Result<certs::Certificate> certificate =
      certs::read_certificate(enrolment.identity.certificate);
  if (!certificate) return std::unexpected(certificate.error());
  if (certificate->common_name != enrolment.terminal || enrolment.terminal.empty()) {
    return fail(Errc::kProtocol, "the certificate is another terminal's");
  }
  if (enrolment.digest_key.size() != kDigestKeySize)
    return fail(Errc::kProtocol, "the digest key is not 32 bytes");
  if (enrolment.policy_key.empty() || enrolment.policy_key.size() > kLargestPolicyKey) {
    return fail(Errc::kProtocol, "there is no policy key");
  }
  return enrolment;
}

}  // namespace

Result<Enrolment> enrol(EnrolmentRequest request, const Clock& clock) {
  const Result<Bytes> fingerprint = certs::token_root_fingerprint(request.token);
  if (!fingerprint) return std::unexpected(fingerprint.error());
  Result<certs::KeyAndRequest> made = certs::make_request("terminal");
  if (!made) return std::unexpected(made.error());
  record::EnrolRequest body;
  body.set_token(request.token);
  body.set_csr(std::string(as_text(made->request)));
  body.set_hostname(request.hostname);
  const Result<HttpReply> reply = ask_and_wait(request, *fingerprint, body.SerializeAsString());
  if (!reply) return std::unexpected(reply.error());
  if (Status accepted = check_status(*reply, wire::kEnrol); !accepted)
    return std::unexpected(accepted.error());
  record::EnrolReply answer;
  if (!answer.ParseFromString(reply->body))
    return fail(Errc::kProtocol, "{}: the reply is no EnrolReply", wire::kEnrol);
  Result<Enrolment> enrolment =
      check(answer, std::move(made->private_key), *fingerprint, clock.now());
  if (!enrolment) return fail(Errc::kProtocol, "{}: {}", wire::kEnrol, enrolment.error().context);
  return enrolment;
}

}  // namespace huxin::uplink
