#include "agent/uplink/conversation.hpp"
#include "certs/request.hpp"
#include "policy/base/digest.hpp"
#include "policy/record/chain.hpp"
#include "policy/record/wire.hpp"

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;
namespace wire = record::wire;
using boost::beast::http::verb;

constexpr std::chrono::minutes kBetweenRenewals{10};  // attempts, that is
constexpr std::chrono::minutes kBetweenSameBundle{10};
constexpr std::chrono::milliseconds kShortestBeat{1'000};
constexpr std::chrono::minutes kBundlePatience{9};  // for the largest bundle at 64 kB/s

/// Takes from the front of `records` what fits a batch; always at least one.
record::Batch pack(std::vector<record::Record> records) {
  record::Batch batch;
  std::size_t bytes = 0;
  for (record::Record& link : records) {
    bytes += link.ByteSizeLong();
    if (bytes > wire::kLargestBatch && batch.records_size() > 0) break;
    *batch.add_records() = std::move(link);
  }
  return batch;
}

Status vouch(record::Batch& batch, const Secret& private_key) {
  const record::Record& last = *batch.records().rbegin();
  const Result<Bytes> signature =
      certs::sign(private_key, record::head_statement(last.sequence(), as_bytes(last.hash())));
  if (!signature) return std::unexpected(signature.error());
  batch.set_head_signature(std::string(as_text(*signature)));
  return {};
}

}  // namespace

std::unexpected<Error> Conversation::fail_reply(std::string_view target, std::string_view what) {
  const std::scoped_lock lock(mutex_);
  ++state_.wrong_replies;
  return fail(Errc::kProtocol, "{}: {}", target, what);
}

asio::awaitable<Status> Conversation::tend(Connection& connection) {
  if (Steady::now() >= next_heartbeat_ && connection.alive()) {
    if (Status beaten = co_await beat(connection); !beaten) co_return beaten;
  }
  if (policy_wanted_ && connection.alive()) {
    if (Status fetched = co_await fetch_policy(connection); !fetched) co_return fetched;
  }
  if (renewal_due() && connection.alive()) co_return co_await renew(connection);
  co_return Status{};
}

Result<record::Heartbeat> Conversation::compose_heartbeat() {
  record::Heartbeat heartbeat = callbacks_.heartbeat();
  const Result<Outbox::Head> head = outbox_.head();
  if (!head) return std::unexpected(head.error());
  const Result<std::uint64_t> waiting = outbox_.size();
  if (!waiting) return std::unexpected(waiting.error());
  policy_in_force_ = heartbeat.policy_digest();
  heartbeat.set_time_ms(clock_.now().time_since_epoch().count());
  heartbeat.set_head_sequence(head->sequence);
  heartbeat.set_head_hash(head->hash);
  heartbeat.set_outbox(*waiting);
  heartbeat.set_policy_error(policy_error_);
  return heartbeat;
}

asio::awaitable<Status> Conversation::beat(Connection& connection) {
  next_heartbeat_ = Steady::now() + settings_.heartbeat;
  const Result<record::Heartbeat> heartbeat = compose_heartbeat();
  if (!heartbeat) co_return std::unexpected(heartbeat.error());
  HttpRequest request{.verb = verb::post,
                      .target = wire::kHeartbeat,
                      .body = heartbeat->SerializeAsString(),
                      .largest_reply = wire::kLargestReply};
  const Result<HttpReply> reply = co_await exchange(connection, std::move(request));
  if (!reply) co_return std::unexpected(reply.error());
  record::HeartbeatReply heard;
  if (Status taken = check_status(*reply, wire::kHeartbeat); !taken) {
    note(taken.error());
  } else if (!heard.ParseFromString(reply->body)) {
    note(fail_reply(wire::kHeartbeat, "the reply is no HeartbeatReply").error());
  } else {
    backoff_.reset();
    hear(heard);
  }
  co_return Status{};
}

void Conversation::hear(const record::HeartbeatReply& reply) {
  renewal_asked_ = renewal_asked_ || reply.renew_certificate();
  if (reply.next_ms() > 0) {
    const std::chrono::milliseconds asked{reply.next_ms()};
    next_heartbeat_ = Steady::now() + std::min(std::max(asked, kShortestBeat), settings_.heartbeat);
  }
  const std::string& digest = reply.policy_digest();
  const bool handled_lately =
      digest == policy_handled_ && Steady::now() < policy_handled_at_ + kBetweenSameBundle;
  policy_wanted_ = !digest.empty() && digest != policy_in_force_ && !handled_lately;
  if (!callbacks_.on_order) return;
  for (const std::string& order : reply.orders()) {
    const ByteView bytes = as_bytes(order);
    callbacks_.on_order(Bytes(bytes.begin(), bytes.end()));
  }
}

asio::awaitable<Status> Conversation::fetch_policy(Connection& connection) {
  policy_wanted_ = false;  // the next heartbeat asks again, should this fail
  HttpRequest request{.verb = verb::get,
                      .target = wire::kPolicy,
                      .largest_reply = wire::kLargestBundle,
                      .patience = kBundlePatience};
  if (!policy_in_force_.empty()) request.if_none_match = to_hex(as_bytes(policy_in_force_));
  Result<HttpReply> reply = co_await exchange(connection, std::move(request));
  if (!reply) co_return std::unexpected(reply.error());
  if (reply->status == 304) co_return Status{};
  if (Status taken = check_status(*reply, wire::kPolicy); !taken) {
    note(taken.error());
  } else {
    take_policy(std::move(*reply));
  }
  co_return Status{};
}

void Conversation::take_policy(HttpReply reply) {
  const Digest digest = sha256(as_bytes(reply.body));
  const Result<Bytes> claimed = from_hex(reply.digest);
  if (!claimed || !equal_in_constant_time(*claimed, digest)) {
    note(fail_reply(wire::kPolicy, "the bundle is not what X-Huxin-Digest says").error());
    return;
  }
  const ByteView body = as_bytes(reply.body);
  const Status taken = callbacks_.on_policy(Bytes(body.begin(), body.end()));
  policy_error_ =
      taken ? "" : fmt::format("{}: {}", to_string(taken.error().code), taken.error().context);
  policy_handled_ = std::string(as_text(digest));
  policy_handled_at_ = Steady::now();
  next_heartbeat_ = Steady::now();
  {
    const std::scoped_lock lock(mutex_);
    ++(taken ? state_.policies_taken : state_.policies_refused);
  }
  if (!taken) note(taken.error().within("policy refused"));
}

bool Conversation::renewal_due() const {
  return Steady::now() >= next_renewal_ &&
         (renewal_asked_ || clock_.now() >= certificate_.renew_from());
}

asio::awaitable<Status> Conversation::renew(Connection& connection) {
  next_renewal_ = Steady::now() + kBetweenRenewals;
  renewal_asked_ = false;
  Result<certs::KeyAndRequest> made = certs::make_request(certificate_.common_name);
  if (!made) co_return std::unexpected(made.error());
  record::RenewRequest body;
  body.set_csr(std::string(as_text(made->request)));
  HttpRequest request{.verb = verb::post,
                      .target = wire::kRenew,
                      .body = body.SerializeAsString(),
                      .largest_reply = wire::kLargestReply};
  const Result<HttpReply> reply = co_await exchange(connection, std::move(request));
  if (!reply) co_return std::unexpected(reply.error());
  if (Status adopted = adopt(*reply, std::move(made->private_key)); !adopted) note(adopted.error());
  co_return Status{};
}

/// Takes a new identity into use, once it is checked and the agent has kept it.
Status Conversation::adopt(const HttpReply& reply, Secret private_key) {
  if (Status taken = check_status(reply, wire::kRenew); !taken) return taken;
  record::RenewReply body;
  if (!body.ParseFromString(reply.body))
    return fail_reply(wire::kRenew, "the reply is no RenewReply");
  const ByteView leaf = as_bytes(body.certificate());
  const ByteView chain = as_bytes(body.chain());
  certs::Identity fresh{
      {leaf.begin(), leaf.end()}, {chain.begin(), chain.end()}, std::move(private_key)};
  if (Status good = certs::check_terminal_identity(fresh, settings_.root, clock_.now()); !good) {
    return fail_reply(wire::kRenew, good.error().context);
  }
  Result<certs::Certificate> certificate = certs::read_certificate(fresh.certificate);
  if (!certificate) return fail_reply(wire::kRenew, certificate.error().context);
  if (certificate->common_name != certificate_.common_name) {
    return fail_reply(wire::kRenew, "the new certificate is another terminal's");
  }
  if (Status kept = callbacks_.on_identity(fresh); !kept)
    return std::unexpected(kept.error().within("keep identity"));
  identity_ = std::move(fresh);
  certificate_ = std::move(*certificate);
  identity_changed_ = true;
  const std::scoped_lock lock(mutex_);
  ++state_.renewals;
  return {};
}

/// Sends one batch; true when there may be more.
asio::awaitable<Result<bool>> Conversation::send_records(Connection& connection) {
  Result<std::vector<record::Record>> oldest = outbox_.oldest(most_records_);
  if (!oldest) co_return std::unexpected(oldest.error().within("outbox"));
  if (oldest->empty()) co_return false;
  record::Batch batch = pack(std::move(*oldest));
  if (Status vouched = vouch(batch, identity_.private_key); !vouched)
    co_return std::unexpected(vouched.error());
  HttpRequest request{.verb = verb::post,
                      .target = wire::kRecords,
                      .body = batch.SerializeAsString(),
                      .largest_reply = wire::kLargestReply};
  const Result<HttpReply> reply = co_await exchange(connection, std::move(request));
  if (!reply) co_return std::unexpected(reply.error());
  const auto count = static_cast<std::size_t>(batch.records_size());
  if (reply->status == 413 && count > 1) {
    most_records_ = count / 2;
    co_return true;
  }
  if (Status taken = check_status(*reply, wire::kRecords); !taken)
    co_return std::unexpected(taken.error());
  record::Ack ack;
  if (!ack.ParseFromString(reply->body))
    co_return fail_reply(wire::kRecords, "the reply is no Ack");
  const Status settled =
      settle(ack, batch.records(0).sequence(), batch.records().rbegin()->sequence());
  if (!settled) co_return std::unexpected(settled.error());
  most_records_ = std::min(wire::kMostRecords, most_records_ * 2);
  co_return true;
}

/// Lets go of what the collector says it keeps, if it can be true. An acknowledgement without
/// progress is a failure, so that the next attempt waits.
Status Conversation::settle(const record::Ack& ack, std::uint64_t first, std::uint64_t last) {
  const std::uint64_t through = ack.accepted_through();
  if (through > last) {
    return fail_reply(wire::kRecords,
                      fmt::format("acknowledges {}, sent was {}…{}", through, first, last));
  }
  if (through >= first) {
    if (Status done = outbox_.acknowledge(through); !done)
      return std::unexpected(done.error().within("outbox"));
    backoff_.reset();
    const std::scoped_lock lock(mutex_);
    ++state_.batches;
    state_.acknowledged += through - first + 1;
  }
  if (!ack.error().empty()) {
    return fail(Errc::kInvalid, "{}: the collector keeps through {}: {}", wire::kRecords, through,
                ack.error().substr(0, 200));
  }
  if (through < first)
    return fail(Errc::kUnavailable, "{}: none of {}…{} was accepted", wire::kRecords, first, last);
  return {};
}

}  // namespace huxin::uplink
