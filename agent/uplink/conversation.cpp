#include "agent/uplink/conversation.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "certs/tls.hpp"
#include "policy/base/digest.hpp"
#include "policy/record/wire.hpp"

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;

constexpr auto kTake = asio::as_tuple(asio::use_awaitable);

unsigned random_seed() {
  const Bytes random = random_bytes(sizeof(unsigned));
  unsigned seed = 0;
  for (const std::uint8_t byte : random) seed = (seed << 8U) | byte;
  return seed;
}

}  // namespace

Conversation::Conversation(asio::io_context& context, Settings settings, certs::Identity identity,
                           certs::Certificate certificate, Outbox& outbox, Callbacks callbacks,
                           const Clock& clock)
    : context_(context),
      settings_(std::move(settings)),
      identity_(std::move(identity)),
      certificate_(std::move(certificate)),
      outbox_(outbox),
      callbacks_(std::move(callbacks)),
      clock_(clock),
      backoff_(settings_.first_backoff, settings_.longest_backoff, random_seed()),
      most_records_(record::wire::kMostRecords) {}

void Conversation::notify() {
  if (!work_.exchange(true)) asio::post(context_, [this] { wake(); });
}

void Conversation::reconnect() {
  reconnect_ = true;
  asio::post(context_, [this] {
    wake();
    if (current_ != nullptr) current_->abandon();
  });
}

void Conversation::wake() {
  if (wake_ != nullptr) wake_->cancel();
}

State Conversation::state() const {
  const std::scoped_lock lock(mutex_);
  return state_;
}

void Conversation::note(const Error& failure) {
  {
    const std::scoped_lock lock(mutex_);
    ++state_.failures;
    state_.last_error = failure.context;
  }
  if (!callbacks_.on_failure) return;
  try {
    callbacks_.on_failure(failure);
  } catch (const std::exception&) {  // whoever cannot even hear of failures is told of no more
  }
}

asio::awaitable<void> Conversation::run() {
  asio::steady_timer timer(context_);
  wake_ = &timer;
  for (;;) {
    const Status ended = co_await attempt();
    if (ended || reconnect_) continue;
    note(ended.error());
    co_await rest();
  }
}

/// The last place for exceptions (memory, callbacks): the uplink goes on after them too.
asio::awaitable<Status> Conversation::attempt() {
  try {
    co_return co_await converse();
  } catch (const std::exception& exception) {
    co_return fail(Errc::kInternal, "uplink: {}", exception.what());
  }
}

/// One connection from its making to its end. Success means: connect again at once.
asio::awaitable<Status> Conversation::converse() {
  reconnect_ = false;
  identity_changed_ = false;
  stale_ = false;
  retry_after_.reset();
  Result<std::unique_ptr<Connection>> connection = co_await connect();
  if (!connection) co_return std::unexpected(connection.error());
  struct Presence {
    Conversation& self;
    ~Presence() {
      self.current_ = nullptr;
      const std::scoped_lock lock(self.mutex_);
      self.state_.connected = false;
    }
  };
  const Presence presence{*this};
  current_ = connection->get();
  {
    const std::scoped_lock lock(mutex_);
    state_.connected = true;
    ++state_.connections;
  }
  const Status ended = co_await serve(**connection);
  if (stale_) co_return Status{};
  co_return ended;
}

asio::awaitable<Status> Conversation::serve(Connection& connection) {
  for (;;) {
    if (Status tended = co_await tend(connection); !tended) co_return tended;
    if (!connection.alive() || identity_changed_ || reconnect_) co_return Status{};
    work_ = false;
    const Result<bool> sent = co_await send_records(connection);
    if (!sent) co_return std::unexpected(sent.error());
    if (!connection.alive() || reconnect_) co_return Status{};
    if (!*sent) co_await idle();
  }
}

asio::awaitable<Result<std::unique_ptr<Connection>>> Conversation::connect() {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
  if (Status set = certs::configure_client(context->native_handle(), &identity_, settings_.root);
      !set) {
    co_return std::unexpected(set.error());
  }
  Peer peer{.host = settings_.host,
            .port = settings_.port,
            .connect_deadline = settings_.connect_deadline,
            .request_deadline = settings_.request_deadline};
  co_return co_await Connection::open(std::move(peer), std::move(context));
}

/// Waits out the backoff. New work does not shorten it; reconnect() does.
asio::awaitable<void> Conversation::rest() {
  Steady::duration delay = backoff_.next();
  if (retry_after_) delay = std::max<Steady::duration>(delay, *retry_after_);
  const Steady::time_point until = Steady::now() + delay;
  while (!reconnect_ && Steady::now() < until) {
    wake_->expires_at(until);
    co_await wake_->async_wait(kTake);
  }
}

/// Waits for new work or for the next heartbeat. Whoever sets a flag after it was looked at here
/// cancels the timer from this very thread, and so after the wait has begun.
asio::awaitable<void> Conversation::idle() {
  if (work_ || reconnect_) co_return;
  wake_->expires_at(next_heartbeat_);
  co_await wake_->async_wait(kTake);
}

asio::awaitable<Result<HttpReply>> Conversation::exchange(Connection& connection,
                                                          HttpRequest request) {
  Result<HttpReply> reply = co_await connection.exchange(std::move(request));
  if (!reply) {
    // One that answered before was closed by an idle server, or by one restarting: no reason to rest.
    stale_ = reply.error().code == Errc::kUnavailable && connection.answered() > 0;
    co_return reply;
  }
  if (reply->retry_after) retry_after_ = reply->retry_after;
  const std::scoped_lock lock(mutex_);
  state_.last_contact = clock_.now();
  co_return reply;
}

}  // namespace huxin::uplink
