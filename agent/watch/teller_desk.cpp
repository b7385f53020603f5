#include "agent/watch/teller_desk.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <thread>

#include <spdlog/spdlog.h>

#include "agent/watch/actor.hpp"
#include "agent/watch/local_socket.hpp"
#include "agent/watch/loop_signal.hpp"
#include "agent/watch/losses.hpp"
#include "agent/watch/session_limits.hpp"
#include "agent/watch/teller_line.hpp"

namespace huxin::watch {
namespace {

constexpr std::string_view kTaken = "{\"ok\":true}\n";

struct Connection {
  Fd socket;
  TellerPeer peer;
  bool admitted = false;
  std::string unread;  ///< of a line that is not whole yet
};

/// Who is bound to each account; the newest sign-on counts.
class Bindings {
 public:
  /// Replaces what the connection said before. True: something changed.
  bool set(const std::string& user, std::uint64_t connection, rule::Teller teller) {
    const std::lock_guard lock(mutex_);
    const bool before = erase(user, connection);
    if (!teller.bound()) return before;
    all_[user].emplace_back(connection, std::move(teller));
    return true;
  }
  rule::Teller of(const std::string& user) const {
    const std::lock_guard lock(mutex_);
    const auto found = all_.find(user);
    return found == all_.end() ? rule::Teller{} : found->second.back().second;
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return all_.size();
  }

 private:
  bool erase(const std::string& user, std::uint64_t connection) {
    const auto found = all_.find(user);
    if (found == all_.end()) return false;
    const auto erased =
        std::erase_if(found->second, [&](const auto& each) { return each.first == connection; });
    if (found->second.empty()) all_.erase(found);
    return erased > 0;
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::vector<std::pair<std::uint64_t, rule::Teller>>> all_;
};

class Desk final : public TellerDesk {
 public:
  Desk(LocalListener listener, TellerRules rules, Callbacks callbacks)
      : listener_(std::move(listener)),
        rules_(std::move(rules)),
        changed_(std::move(callbacks.changed)),
        losses_(std::move(callbacks.refused)),
        loop_([this] { run(); }) {}

  ~Desk() override {
    signal_.stop();
    loop_.join();
  }

  rule::Teller teller_of(const std::string& user) const override { return bindings_.of(user); }

  TellerCounters counters() const override {
    const std::lock_guard lock(mutex_);
    TellerCounters now = counters_;
    now.bound = bindings_.size();
    return now;
  }

  Status probe(std::chrono::milliseconds deadline) override {
    if (!signal_.ping(deadline)) return fail(Errc::kTimeout, "the teller desk does not answer");
    return {};
  }

 private:
  void run() noexcept {
    try {
      while (turn()) {
      }
    } catch (const std::exception& error) {
      spdlog::critical("teller desk ended: {}", error.what());
    }
    while (!connections_.empty()) drop(connections_.begin()->first);
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
    if ((wait[1].revents & POLLIN) != 0) accept_one();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (wait[i + 2].revents != 0) read_one(ids[i]);
    }
    return true;
  }

  void accept_one() {
    auto caller = listener_.accept();
    if (!caller) return count(&TellerCounters::refused);
    if (!*caller) return;
    const ucred peer = (*caller)->peer;
    if (!limits_.connect(peer.uid)) return count(&TellerCounters::refused);
    Connection connection;
    connection.socket = std::move((*caller)->socket);
    connection.peer.uid = peer.uid;
    connection.peer.pid = peer.pid;
    connection.peer.user = accounts_.name(peer.uid);
    connections_.emplace(next_connection_++, std::move(connection));
  }

  /// Reads once, so that no connection keeps the others waiting.
  void read_one(std::uint64_t id) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return;
    Connection& connection = found->second;
    std::array<char, kLongestTellerLine + 1> buffer{};
    const ssize_t got = ::read(connection.socket.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return drop(id);
    connection.unread.append(buffer.data(), static_cast<std::size_t>(got));
    for (;;) {
      const std::size_t end = connection.unread.find('\n');
      if (end == std::string::npos) break;
      const std::string line = connection.unread.substr(0, end);
      connection.unread.erase(0, end + 1);
      if (!take_line(id, connection, line)) return drop(id);
    }
    if (connection.unread.size() <= kLongestTellerLine) return;
    refuse_line(connection, {Errc::kTooLarge, "the line is too long"});
    drop(id);
  }

  /// False: the connection is to be closed.
  bool take_line(std::uint64_t id, Connection& connection, std::string_view line) {
    const TellerPeer& peer = connection.peer;
    if (!limits_.offer(peer.uid, std::chrono::steady_clock::now()))
      return refuse_line(connection, {Errc::kTooLarge, "too many lines a second"});
    limits_.finish(peer.uid);
    if (!connection.admitted) {
      const Status admitted = admit_teller_peer(connection.peer, connection.socket.get(), rules_);
      if (!admitted) return refuse_peer(connection, admitted.error());
      connection.admitted = true;
    }
    auto teller = read_teller_line(line);
    if (!teller) return refuse_line(connection, teller.error());
    if (teller->bound()) count(&TellerCounters::sign_ons);
    if (bindings_.set(peer.user, id, *std::move(teller))) changed_();
    return answer(connection, kTaken);
  }

  bool refuse_peer(const Connection& connection, const Error& why) {
    count(&TellerCounters::refused);
    losses_.add(connection.peer.user, why.context);
    answer(connection, "{\"error\":\"refused\"}\n");  // why is for the bank's officers
    return false;
  }

  bool refuse_line(const Connection& connection, const Error& why) {
    count(&TellerCounters::protocol_errors);
    answer(connection, fmt::format("{{\"error\":\"{}\"}}\n", why.context));
    return false;
  }

  /// Never waits: a peer that does not read what it is told is closed.
  static bool answer(const Connection& connection, std::string_view text) {
    return ::send(connection.socket.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT) ==
           static_cast<ssize_t>(text.size());
  }

  void drop(std::uint64_t id) {
    const auto found = connections_.find(id);
    limits_.disconnect(found->second.peer.uid);
    if (bindings_.set(found->second.peer.user, id, {})) changed_();
    connections_.erase(found);
  }

  void count(std::uint64_t TellerCounters::* counter) {
    const std::lock_guard lock(mutex_);
    ++(counters_.*counter);
  }

  LocalListener listener_;
  const TellerRules rules_;
  const std::function<void()> changed_;
  Losses losses_;
  Accounts accounts_;
  LoopSignal signal_;
  SessionLimits limits_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t next_connection_ = 1;
  Bindings bindings_;
  mutable std::mutex mutex_;
  TellerCounters counters_;
  std::thread loop_;  ///< last: uses the rest
};

}  // namespace

Result<std::unique_ptr<TellerDesk>> TellerDesk::open(const std::filesystem::path& socket,
                                                     TellerRules rules, Callbacks callbacks) {
  auto listener = LocalListener::open(socket, SOCK_STREAM);
  if (!listener) return std::unexpected(listener.error());
  return std::make_unique<Desk>(*std::move(listener), std::move(rules), std::move(callbacks));
}

}  // namespace huxin::watch
