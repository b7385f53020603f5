#include "agent/watch/session_server.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <deque>
#include <map>
#include <thread>

#include <spdlog/spdlog.h>

#include "agent/session/session.pb.h"
#include "agent/session/wire.hpp"
#include "agent/watch/actor.hpp"
#include "agent/watch/local_socket.hpp"
#include "agent/watch/loop_signal.hpp"
#include "agent/watch/losses.hpp"
#include "agent/watch/path_filter.hpp"
#include "agent/watch/session_limits.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::watch {
namespace {

constexpr unsigned kHandlers = 2;
constexpr std::size_t kMaxName = 256;  ///< of what a session says of itself; the rest is cut off

std::string bounded(std::string_view text) { return to_utf8(text::cut_utf8(text, kMaxName)); }

struct Connection {
  Fd socket;
  ucred peer{};
  std::string user;
  bool greeted = false;
  SessionInfo info;
};

struct Offer {
  std::uint64_t connection = 0;
  std::uint32_t uid = 0;
  std::uint64_t id = 0;
  ClipboardCopy copy;
};

struct Answered {
  std::uint64_t connection = 0;
  std::uint32_t uid = 0;
  std::uint64_t id = 0;
  ClipboardAnswer answer;
  bool inspected = true;
};

class Server final : public SessionServer {
 public:
  Server(LocalListener listener, Handler handler, Loss lost, std::shared_ptr<const Clock> clock,
         SessionOptions options)
      : listener_(std::move(listener)),
        handler_(std::move(handler)),
        options_(std::move(options)),
        losses_(std::move(lost)),
        clock_(std::move(clock)) {
    for (unsigned i = 0; i < kHandlers; ++i) handlers_.emplace_back([this] { handle(); });
    loop_ = std::thread([this] { run(); });
  }

  ~Server() override {
    signal_.stop();
    loop_.join();
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      offered_.notify_all();
    }
    for (std::thread& thread : handlers_) thread.join();
  }

  std::vector<SessionInfo> sessions() const override {
    const std::lock_guard lock(mutex_);
    std::vector<SessionInfo> all;
    for (const auto& [id, info] : greeted_) all.push_back(info);
    return all;
  }

  SessionCounters counters() const override {
    const std::lock_guard lock(mutex_);
    return counters_;
  }

  Status probe(std::chrono::milliseconds deadline) override {
    if (!signal_.ping(deadline)) return fail(Errc::kTimeout, "the session server does not answer");
    return {};
  }

 private:
  // --- the loop's thread ---
  void run() noexcept {
    try {
      while (turn()) {
      }
    } catch (const std::exception& error) {
      spdlog::critical("session server ended: {}", error.what());
    }
    connections_.clear();
  }

  bool turn() {
    std::vector<pollfd> wait{{.fd = signal_.fd(), .events = POLLIN, .revents = 0},
                             {.fd = listener_.fd(), .events = POLLIN, .revents = 0}};
    std::vector<std::uint64_t> ids;
    for (const auto& [id, connection] : connections_) {
      wait.push_back({.fd = connection.socket.get(), .events = POLLIN, .revents = 0});
      ids.push_back(id);
    }
    ::poll(wait.data(), wait.size(), -1);
    if ((wait[0].revents & POLLIN) != 0 && !signal_.turn()) return false;
    send_answers();
    if ((wait[1].revents & POLLIN) != 0) accept_one();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (wait[i + 2].revents != 0) read_one(ids[i]);
    }
    return true;
  }

  void accept_one() {
    auto caller = listener_.accept();
    if (!caller) return count(&SessionCounters::refused);
    if (!*caller) return;
    const ucred peer = (*caller)->peer;
    if (!limits_.connect(peer.uid)) return count(&SessionCounters::refused);
    count(&SessionCounters::connections);
    connections_.emplace(next_connection_++, Connection{.socket = std::move((*caller)->socket),
                                                        .peer = peer,
                                                        .user = accounts_.name(peer.uid),
                                                        .info = {}});
  }

  /// Reads one packet, so that no connection keeps the others waiting.
  void read_one(std::uint64_t id) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return;
    auto packet = session::receive_packet(found->second.socket.get());
    if (packet && !*packet) return;
    Status taken =
        packet ? take(id, found->second, std::move(**packet)) : std::unexpected(packet.error());
    if (taken) return;
    if (taken.error().code != Errc::kUnavailable) count(&SessionCounters::protocol_errors);
    drop(id);
  }

  void drop(std::uint64_t id) {
    const auto found = connections_.find(id);
    limits_.disconnect(found->second.peer.uid);
    connections_.erase(found);
    const std::lock_guard lock(mutex_);
    greeted_.erase(id);
  }

  Status take(std::uint64_t id, Connection& connection, session::Packet&& packet) {
    session::ToAgent message;
    if (!message.ParseFromString(packet.bytes)) return fail(Errc::kProtocol, "not a message");
    if (message.has_hello() && !connection.greeted) return greet(id, connection, message.hello());
    if (message.has_offer() && connection.greeted)
      return offer(id, connection, message.offer(), std::move(packet.fd));
    return fail(Errc::kProtocol, "not the time for this message");
  }

  Status greet(std::uint64_t id, Connection& connection, const session::Hello& hello) {
    if (hello.protocol() != session::kProtocol)
      return fail(Errc::kUnsupported, "protocol {}", hello.protocol());
    connection.greeted = true;
    const std::lock_guard lock(mutex_);
    greeted_[id] = {.uid = connection.peer.uid,
                    .user = connection.user,
                    .pid = connection.peer.pid,
                    .type = bounded(hello.session_type()),
                    .clipboard = hello.clipboard(),
                    .detail = bounded(hello.detail())};
    return {};
  }

  Status offer(std::uint64_t id, Connection& connection, const session::ClipboardOffer& offer,
               Fd content) {
    if (!content) return fail(Errc::kProtocol, "an offer without content");
    if (const Status sealed = session::check_sealed(content.get()); !sealed) return sealed;
    count(&SessionCounters::offers);
    const std::uint32_t uid = connection.peer.uid;
    if (!limits_.offer(uid, SessionLimits::Moment::clock::now())) {
      count(&SessionCounters::limited);
      losses_.add(connection.user, "clipboard_rate");
      return send({.connection = id,
                   .uid = uid,
                   .id = offer.id(),
                   .answer = answer_to_limited(),
                   .inspected = false});
    }
    Offer waiting{.connection = id, .uid = uid, .id = offer.id(), .copy = {}};
    waiting.copy.content = std::move(content);
    waiting.copy.format = bounded(offer.format());
    waiting.copy.truncated = offer.truncated();
    waiting.copy.event = describe(connection, offer);
    const std::lock_guard lock(mutex_);
    offers_.push_back(std::move(waiting));
    offered_.notify_one();
    return {};
  }

  ClipboardAnswer answer_to_limited() const {
    using Act = ClipboardAnswer::Act;
    const bool clear = options_.clear_when_limited && options_.clear_when_limited();
    return {.act = clear ? Act::kClear : Act::kAllow, .replacement = {}, .notice = {}};
  }

  rule::Event describe(const Connection& connection, const session::ClipboardOffer& offer) const {
    rule::Event event;
    event.stage = rule::Stage::kUse;
    event.channel = rule::Channel::kClipboard;
    event.time = clock_->now();
    event.user = connection.user;
    event.pid = connection.peer.pid;
    event.destination = offer.selection() == 2 ? "primary" : "clipboard";
    event.operation = "copy";
    const Actor source = read_actor(offer.source_pid());
    if (source.uid == connection.peer.uid) {
      event.pid = source.pid;
      event.process = to_utf8(source.process);
    }
    return event;
  }

  void send_answers() {
    std::deque<Answered> ready;
    {
      const std::lock_guard lock(mutex_);
      ready.swap(answers_);
    }
    for (Answered& answered : ready) {
      limits_.finish(answered.uid);
      count(&SessionCounters::answered);
      if (connections_.contains(answered.connection) && !send(answered)) drop(answered.connection);
    }
  }

  Status send(const Answered& answered) {
    session::ToSession message;
    auto& verdict = *message.mutable_verdict();
    verdict.set_id(answered.id);
    verdict.set_action(static_cast<std::uint32_t>(answered.answer.act));
    verdict.set_notice(bounded(answered.answer.notice));
    verdict.set_inspected(answered.inspected);
    Fd text;
    if (answered.answer.act == ClipboardAnswer::Act::kMask) {
      auto sealed = session::seal_text(answered.answer.replacement);
      if (!sealed) return std::unexpected(sealed.error());
      text = std::move(*sealed);
    }
    return session::send_packet(connections_.at(answered.connection).socket.get(),
                                message.SerializeAsString(), text.get());
  }

  // --- the handlers' threads ---
  void handle() {
    for (;;) {
      std::unique_lock lock(mutex_);
      offered_.wait(lock, [this] { return closed_ || !offers_.empty(); });
      if (closed_) return;
      Offer offer = std::move(offers_.front());
      offers_.pop_front();
      lock.unlock();
      Answered answered{
          .connection = offer.connection, .uid = offer.uid, .id = offer.id, .answer = {}};
      const std::string user = offer.copy.event.user;
      try {
        answered.answer = handler_(std::move(offer.copy));
      } catch (const std::exception& error) {
        spdlog::error("deciding a copy failed: {}", error.what());
        answered.inspected = false;
        losses_.add(user, "clipboard_failed");
      }
      lock.lock();
      answers_.push_back(std::move(answered));
      signal_.wake();
    }
  }

  void count(std::uint64_t SessionCounters::* counter) {
    const std::lock_guard lock(mutex_);
    ++(counters_.*counter);
  }

  LocalListener listener_;
  Handler handler_;
  const SessionOptions options_;
  Losses losses_;
  std::shared_ptr<const Clock> clock_;
  Accounts accounts_;
  LoopSignal signal_;
  SessionLimits limits_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t next_connection_ = 1;

  mutable std::mutex mutex_;  ///< what the threads share, from here on
  std::condition_variable offered_;
  std::deque<Offer> offers_;
  std::deque<Answered> answers_;
  std::map<std::uint64_t, SessionInfo> greeted_;
  SessionCounters counters_;
  bool closed_ = false;

  std::vector<std::thread> handlers_;
  std::thread loop_;
};

}  // namespace

Result<std::unique_ptr<SessionServer>> SessionServer::start(const std::filesystem::path& socket,
                                                            Handler handler, Loss lost,
                                                            std::shared_ptr<const Clock> clock,
                                                            SessionOptions options) {
  auto listener = LocalListener::open(socket, SOCK_SEQPACKET);
  if (!listener) return std::unexpected(listener.error());
  return std::make_unique<Server>(std::move(*listener), std::move(handler), std::move(lost),
                                  std::move(clock), std::move(options));
}

}  // namespace huxin::watch
