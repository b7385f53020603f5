#include "collector/ingest/service.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <spdlog/spdlog.h>

#include "certs/certificate.hpp"
#include "policy/record/wire.hpp"

namespace huxin::ingest {
namespace {

constexpr std::string_view kProtobuf = "application/x-protobuf";
constexpr std::size_t kRoomForOrders =
    record::wire::kLargestReply - 1024;  // and 1 KiB for the rest

unsigned status_of(Errc code) {
  switch (code) {
    case Errc::kInvalid:
    case Errc::kProtocol:
    case Errc::kUnsupported:
      return 400;
    case Errc::kDenied:
    case Errc::kUnauthenticated:
      return 403;
    case Errc::kNotFound:
      return 404;
    case Errc::kExists:
    case Errc::kCorrupt:
      return 409;
    case Errc::kTooLarge:
      return 413;
    case Errc::kNoSpace:
      return 507;
    case Errc::kTimeout:
    case Errc::kUnavailable:
    case Errc::kIo:
      return 503;
    default:
      return 500;
  }
}

/// Is it the batch that is wrong, rather than the store that is in trouble?
bool is_batch_fault(Errc code) {
  return code == Errc::kCorrupt || code == Errc::kInvalid || code == Errc::kTooLarge ||
         code == Errc::kDenied;
}

http::Response protobuf(const google::protobuf::MessageLite& message) {
  http::Response response;
  response.with("Content-Type", std::string(kProtobuf)).with("Cache-Control", "no-store");
  response.body = message.SerializeAsString();
  return response;
}

/// Reads the body as a message; the error names what is wrong with it.
template <class Message>
Result<Message> read_body(const http::Request& request) {
  if (request.header("content-type").value_or("") != kProtobuf) {
    return fail(Errc::kUnsupported, "the body must be {}", kProtobuf);
  }
  Message message;
  if (!message.ParseFromString(request.body)) {
    return fail(Errc::kProtocol, "the body is not a {}", message.GetTypeName());
  }
  return message;
}

std::string_view unquoted(std::string_view tag) {
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"')
    return tag.substr(1, tag.size() - 2);
  return tag;
}

}  // namespace

http::Response render_error(unsigned status, std::string_view code, std::string_view message) {
  http::Response response{status, {}, {}};
  response.with("Content-Type", "application/json").with("Cache-Control", "no-store");
  response.body = boost::json::serialize(boost::json::value{
      {"error",
       {{"code", boost::json::string_view(code.data(), code.size())},
        {"message", boost::json::string_view(message.data(), message.size())}}}});
  return response;
}

http::Response Service::refuse(unsigned status, std::string_view code, std::string_view message) {
  return render_error(status, code, message);
}

http::Response Service::refuse(const Error& error) {
  const unsigned status = status_of(error.code);
  // What the store says of itself is for its own log, not for terminals.
  if (status >= 500) {
    spdlog::error("ingest: {}: {}", to_string(error.code), error.context);
    return refuse(status, to_string(error.code),
                  "the collector cannot take this now; try again later");
  }
  return refuse(status, to_string(error.code), error.context);
}

http::Response Service::handle(const http::Request& request) {
  http::Response response = dispatch(request);
  if (response.status >= 400 && response.status != 404) {
    parts_.tally.add("agent_refused",
                     fmt::format("{} {}", response.status, request.path.substr(0, 40)));
  }
  return response;
}

http::Response Service::dispatch(const http::Request& request) {
  struct Route {
    std::string_view method, path;
    http::Response (Service::*call)(const http::Request&);
    bool needs_certificate;
  };
  static constexpr std::array kRoutes{
      Route{"POST", "/v1/enrol", &Service::enrol, false},
      Route{"POST", "/v1/records", &Service::records, true},
      Route{"POST", "/v1/heartbeat", &Service::heartbeat, true},
      Route{"GET", "/v1/policy", &Service::policy, true},
      Route{"POST", "/v1/renew", &Service::renew, true},
  };
  const auto* const route = std::ranges::find(kRoutes, request.path, &Route::path);
  if (route == kRoutes.end()) {
    parts_.tally.add("agent_refused", fmt::format("404 {}", request.path.substr(0, 40)));
    return refuse(404, "no_route", "there is no such call");
  }
  if (route->method != request.method) {
    return refuse(405, "method", fmt::format("{} takes {}", route->path, route->method))
        .with("Allow", std::string(route->method));
  }
  if (route->needs_certificate) {
    if (auto turned_away = turn_away(request.peer)) return std::move(*turned_away);
  }
  return (this->*route->call)(request);
}

std::optional<http::Response> Service::turn_away(const http::Peer& peer) {
  if (peer.certificate_sha256.empty()) {
    parts_.tally.add("certificate_refused", "none shown");
    return refuse(401, "certificate_required", "this call needs the terminal's certificate");
  }
  const Result<store::Standing> standing =
      parts_.store.standing(peer.common_name, peer.certificate_sha256);
  if (!standing) return refuse(standing.error());
  switch (*standing) {
    case store::Standing::kGood:
      return std::nullopt;
    case store::Standing::kRevoked:
      parts_.tally.add("certificate_refused", "revoked: " + peer.common_name);
      return refuse(403, "revoked", "the terminal was revoked");
    case store::Standing::kUnknown:
      parts_.tally.add("certificate_refused", "unknown");
      return refuse(403, "unknown_certificate", "the certificate is not one of a known terminal");
  }
  return refuse(403, "unknown_certificate", "the certificate is not one of a known terminal");
}

http::Response Service::enrol(const http::Request& request) {
  const auto asked = read_body<record::EnrolRequest>(request);
  if (!asked) return refuse(asked.error());
  const Time now = parts_.clock.now();
  certs::IssuedCertificate issued;
  const auto terminal = parts_.store.enrol(certs::token_digest(asked->token()), asked->hostname(),
                                           now, [&](std::string_view id) -> Result<Bytes> {
                                             auto made = parts_.authority.issue_terminal(
                                                 as_bytes(asked->csr()), id, now);
                                             if (!made) return std::unexpected(made.error());
                                             issued = std::move(*made);
                                             return issued.certificate;
                                           });
  if (!terminal) {
    parts_.tally.add("enrolment_refused", terminal.error().code == Errc::kDenied
                                              ? terminal.error().context
                                              : to_string(terminal.error().code));
    return refuse(terminal.error());
  }
  spdlog::info("enrolled {} ({}) of {}", terminal->id, terminal->hostname, terminal->branch);
  record::EnrolReply reply;
  reply.set_certificate(std::string(as_text(issued.certificate)));
  reply.set_chain(std::string(as_text(issued.chain)));
  reply.set_digest_key(std::string(as_text(parts_.digest_key.view())));
  reply.set_policy_key(std::string(as_text(parts_.policy_key)));
  reply.set_terminal(terminal->id);
  return protobuf(reply);
}

http::Response Service::records(const http::Request& request) {
  const auto batch = read_body<record::Batch>(request);
  if (!batch) return refuse(batch.error());
  record::Ack ack;
  const auto accepted = parts_.store.accept(
      request.peer.common_name, request.peer.certificate_sha256, *batch, parts_.clock.now());
  if (accepted) {
    ack.set_accepted_through(accepted->through);
    look_at(*accepted, request.peer.common_name);
    if (parts_.on_incident) std::ranges::for_each(accepted->incidents, parts_.on_incident);
    return protobuf(ack);
  }
  if (!is_batch_fault(accepted.error().code)) return refuse(accepted.error());
  parts_.tally.add("batch_refused", fmt::format("{}: {}", request.peer.common_name,
                                                to_string(accepted.error().code)));
  spdlog::warn("batch of {} refused: {}", request.peer.common_name, accepted.error().context);
  const auto terminal = parts_.store.terminal(request.peer.common_name);
  if (!terminal) return refuse(terminal.error());
  if (*terminal) ack.set_accepted_through((*terminal)->accepted_through);
  ack.set_error(accepted.error().context);
  return protobuf(ack);
}

void Service::look_at(const store::Accepted& accepted, const std::string& terminal) {
  if (accepted.unreadable > 0) {
    for (std::uint64_t i = 0; i < accepted.unreadable; ++i)
      parts_.tally.add("record_unreadable", terminal);
    spdlog::warn("{} records of {} cannot be read", accepted.unreadable, terminal);
  }
  for (std::uint64_t i = 0; i < accepted.stray_answers; ++i)
    parts_.tally.add("order_answer_unexpected", terminal);
  if (accepted.answers == 0) return;
  const Status checked = check_certificates(parts_.store, trust_, parts_.clock, parts_.tally);
  if (!checked) spdlog::error("certificates not checked: {}", checked.error().context);
}

http::Response Service::heartbeat(const http::Request& request) {
  const auto beat = read_body<record::Heartbeat>(request);
  if (!beat) return refuse(beat.error());
  const Time now = parts_.clock.now();
  if (Status kept = parts_.store.heartbeat(request.peer.common_name, *beat, now); !kept)
    return refuse(kept.error());
  const auto bundle = parts_.store.current_bundle_digest();
  if (!bundle) return refuse(bundle.error());
  const auto delivery = parts_.store.orders().take(request.peer.common_name, kRoomForOrders, now);
  if (!delivery) return refuse(delivery.error());
  const auto der = parts_.store.certificate(request.peer.certificate_sha256);
  if (!der) return refuse(der.error());
  record::HeartbeatReply reply;
  if (*bundle) reply.set_policy_digest(std::string(as_text(**bundle)));
  if (*der) {
    const auto certificate = certs::read_certificate(**der);
    reply.set_renew_certificate(certificate && now >= certificate->renew_from());
  }
  for (const Bytes& order : delivery->orders) reply.add_orders(std::string(as_text(order)));
  const auto next = pace_.next(request.peer.common_name, delivery->expected, now);
  reply.set_next_ms(static_cast<std::uint32_t>(next.count()));
  return protobuf(reply);
}

http::Response Service::policy(const http::Request& request) {
  const auto digest = parts_.store.current_bundle_digest();
  if (!digest) return refuse(digest.error());
  if (!*digest) return refuse(404, "no_policy", "no policy has been published yet");
  const auto known = request.header("if-none-match");
  if (known && unquoted(*known) == to_hex(**digest)) {
    return http::Response{304, {}, {}}.with("X-Huxin-Digest", to_hex(**digest));
  }
  auto bundle = current_bundle(**digest);
  if (!bundle) return refuse(bundle.error());
  http::Response response;
  response.with("Content-Type", "application/octet-stream")
      .with("Cache-Control", "no-store")
      .with("X-Huxin-Digest", to_hex(bundle->digest));
  response.shared_body = std::move(bundle->bytes);
  return response;
}

Result<Service::HeldBundle> Service::current_bundle(const Bytes& digest) {
  const std::scoped_lock lock(bundle_mutex_);
  if (bundle_.bytes && bundle_.digest == digest) return bundle_;
  auto read = parts_.store.current_bundle();
  if (!read) return std::unexpected(read.error());
  if (!*read) return fail(Errc::kNotFound, "no policy has been published yet");
  bundle_ = {std::make_shared<const std::string>(as_text((*read)->bundle)),
             std::move((*read)->digest)};
  return bundle_;
}

http::Response Service::renew(const http::Request& request) {
  const auto asked = read_body<record::RenewRequest>(request);
  if (!asked) return refuse(asked.error());
  const Time now = parts_.clock.now();
  const auto issued =
      parts_.authority.issue_terminal(as_bytes(asked->csr()), request.peer.common_name, now);
  if (!issued) return refuse(issued.error());
  if (Status kept =
          parts_.store.add_certificate(request.peer.common_name, issued->certificate, now);
      !kept) {
    return refuse(kept.error());
  }
  record::RenewReply reply;
  reply.set_certificate(std::string(as_text(issued->certificate)));
  reply.set_chain(std::string(as_text(issued->chain)));
  return protobuf(reply);
}

}  // namespace huxin::ingest
