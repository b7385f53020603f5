#include "agent/uplink/uplink.hpp"

#include <pthread.h>

#include <mutex>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "agent/uplink/conversation.hpp"
#include "certs/host_name.hpp"
#include "certs/tls.hpp"

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;

/// Would connecting fail for a reason that no waiting mends?
Status check(const Settings& settings, const certs::Identity& identity,
             const Callbacks& callbacks) {
  if (!callbacks.heartbeat || !callbacks.on_policy || !callbacks.on_identity) {
    return fail(Errc::kInvalid, "uplink: a callback is missing");
  }
  if (const auto host = certs::parse_host_name(settings.host); !host)
    return std::unexpected(host.error());
  asio::ssl::context context(asio::ssl::context::tls_client);
  return certs::configure_client(context.native_handle(), &identity, settings.root);
}

}  // namespace

class Uplink::Impl {
 public:
  Impl(Settings settings, certs::Identity identity, certs::Certificate certificate, Outbox& outbox,
       Callbacks callbacks, const Clock& clock)
      : context_(std::make_unique<asio::io_context>(1)),
        conversation_(*context_, std::move(settings), std::move(identity), std::move(certificate),
                      outbox, std::move(callbacks), clock) {
    asio::co_spawn(*context_, conversation_.run(), asio::detached);
    thread_ = std::thread([this] { context_->run(); });
    ::pthread_setname_np(thread_.native_handle(), "huxin-uplink");
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  /// 1. the thread; 2. the coroutine's frames, with the context; 3. what they point to.
  ~Impl() {
    stop();
    context_.reset();
  }

  Conversation& conversation() { return conversation_; }

  /// 1. no further step of the coroutine; 2. the thread ends.
  void stop() {
    const std::scoped_lock lock(stopping_);
    context_->stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::unique_ptr<asio::io_context> context_;
  Conversation conversation_;
  std::mutex stopping_;
  std::thread thread_;
};

Uplink::Uplink(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Uplink::~Uplink() { stop(); }

Result<std::unique_ptr<Uplink>> Uplink::start(Settings settings, certs::Identity identity,
                                              Outbox& outbox, Callbacks callbacks,
                                              const Clock& clock) {
  if (Status usable = check(settings, identity, callbacks); !usable)
    return std::unexpected(usable.error());
  Result<certs::Certificate> certificate = certs::read_certificate(identity.certificate);
  if (!certificate) return std::unexpected(certificate.error());
  return std::unique_ptr<Uplink>(new Uplink(
      std::make_unique<Impl>(std::move(settings), std::move(identity), std::move(*certificate),
                             outbox, std::move(callbacks), clock)));
}

void Uplink::notify() { impl_->conversation().notify(); }

void Uplink::reconnect() { impl_->conversation().reconnect(); }

void Uplink::stop() { impl_->stop(); }

State Uplink::state() const { return impl_->conversation().state(); }

}  // namespace huxin::uplink
