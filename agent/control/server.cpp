#include "agent/control/server.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <list>
#include <mutex>
#include <thread>

#include <spdlog/spdlog.h>
#include <boost/json/serialize.hpp>

#include "agent/control/address.hpp"

namespace huxin::control {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostConversations = 8;
constexpr timeval kSendPatience{.tv_sec = 30, .tv_usec = 0};

Result<Fd> listen_on(const std::filesystem::path& path) {
  const auto address = address_of(path);
  if (!address) return std::unexpected(address.error());
  Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return fail_errno("socket");
  ::unlink(path.c_str());
  const auto* const name = reinterpret_cast<const sockaddr*>(&address->name);
  if (::fchmod(socket.get(), 0600) != 0 || ::bind(socket.get(), name, sizeof address->name) != 0)
    return fail_errno("bind " + path.native());
  if (::chmod(path.c_str(), 0600) != 0) return fail_errno("chmod " + path.native());
  if (::listen(socket.get(), 16) != 0) return fail_errno("listen on " + path.native());
  return socket;
}

class Peer final : public Conversation {
 public:
  Peer(Fd socket, int stop) : socket_(std::move(socket)), stop_(stop) {
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &kSendPatience, sizeof kSendPatience);
  }

  bool say(const json::object& line) override {
    std::string text = json::serialize(line);
    text.push_back('\n');
    for (std::string_view left = text; alive_ && !left.empty();) {
      const ssize_t sent = ::send(socket_.get(), left.data(), left.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      alive_ = sent > 0;
      if (alive_) left.remove_prefix(static_cast<std::size_t>(sent));
    }
    finished_ = finished_ || line.contains("done") || line.contains("error");
    return alive_;
  }

  bool ended() const override { return wait(std::chrono::milliseconds(0)); }

  bool wait(std::chrono::milliseconds most) const override {
    if (!alive_) return true;
    // After its request a peer has nothing to say: whatever comes now is its end, or no friend.
    std::array<pollfd, 2> polled{{{.fd = socket_.get(), .events = POLLIN | POLLRDHUP, .revents = 0},
                                  {.fd = stop_, .events = POLLIN, .revents = 0}}};
    return ::poll(polled.data(), polled.size(), static_cast<int>(most.count())) > 0;
  }

  /// The request's line; kTimeout, kTooLarge or kProtocol when none comes.
  Result<std::string> read_line(std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::string line;
    for (;;) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0 || !wait(left)) return fail(Errc::kTimeout, "no request came");
      std::array<char, 4096> buffer{};
      const ssize_t got = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (got <= 0) return fail(Errc::kProtocol, "the peer ended before its request did");
      line.append(buffer.data(), static_cast<std::size_t>(got));
      if (const std::size_t end = line.find('\n'); end != std::string::npos) {
        if (end + 1 != line.size()) return fail(Errc::kProtocol, "one request a connection");
        line.resize(end);
        return line;
      }
      if (line.size() > kLongestRequest)
        return fail(Errc::kTooLarge, "a request of over {} bytes", kLongestRequest);
    }
  }

  bool finished() const { return finished_; }

 private:
  Fd socket_;
  int stop_;
  bool alive_ = true;
  bool finished_ = false;
};

class SocketServer final : public Server {
 public:
  SocketServer(Options options, std::map<std::string, Handler> handlers, Fd listener, Fd stop)
      : options_(std::move(options)),
        handlers_(std::move(handlers)),
        listener_(std::move(listener)),
        stop_(std::move(stop)),
        loop_([this] { run(); }) {}

  ~SocketServer() override {
    const std::uint64_t one = 1;
    if (::write(stop_.get(), &one, sizeof one) != sizeof one) spdlog::error("control: no stop");
    loop_.join();
    talks_.clear();  // joins
    ::unlink(options_.socket.c_str());
  }

  Counters counters() const override {
    const std::lock_guard lock(mutex_);
    return counters_;
  }

 private:
  struct Talk {
    std::atomic<bool> over = false;
    std::jthread thread;
  };

  void run() {
    std::array<pollfd, 2> polled{{{.fd = listener_.get(), .events = POLLIN, .revents = 0},
                                  {.fd = stop_.get(), .events = POLLIN, .revents = 0}}};
    for (;;) {
      ::poll(polled.data(), polled.size(), -1);
      if (polled[1].revents != 0) return;
      if (polled[0].revents != 0) accept_one();
    }
  }

  void accept_one() {
    Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) {  // out of descriptors: who waits keeps waiting
      if (errno != EAGAIN) std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return;
    }
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 ||
        peer.uid != options_.user) {
      spdlog::warn("control: user {} was sent away", peer.uid);
      return count(&Counters::refused_users);
    }
    talks_.remove_if([](const Talk& talk) { return talk.over.load(); });
    if (talks_.size() >= kMostConversations) {
      count(&Counters::refused_busy);
      Peer(std::move(socket), stop_.get())
          .say(describe({Errc::kUnavailable, "eight commands are under way; try again"}));
      return;
    }
    count(&Counters::conversations);
    Talk& talk = talks_.emplace_back();
    talk.thread = std::jthread([this, &talk, socket = std::move(socket)]() mutable {
      Peer conversation(std::move(socket), stop_.get());
      hold(conversation);
      talk.over = true;
    });
  }

  void hold(Peer& peer) noexcept {
    try {
      const Status done = answer(peer);
      if (!done) {
        peer.say(describe(done.error()));
      } else if (!peer.finished()) {
        peer.say({{"done", true}});
      }
    } catch (const std::exception& error) {
      spdlog::error("control: {}", error.what());
    }
  }

  Status answer(Peer& peer) {
    const auto line = peer.read_line(options_.patience);
    const auto request = line ? parse_request(*line) : std::unexpected(line.error());
    if (!request) {
      count(&Counters::refused_requests);
      return std::unexpected(request.error());
    }
    const auto handler = handlers_.find(request->command);
    if (handler == handlers_.end()) {
      count(&Counters::refused_requests);
      return fail(Errc::kUnsupported, "this agent has no command {}", request->command);
    }
    return handler->second(*request, peer);
  }

  void count(std::uint64_t Counters::* counter) {
    const std::lock_guard lock(mutex_);
    ++(counters_.*counter);
  }

  const Options options_;
  const std::map<std::string, Handler> handlers_;
  const Fd listener_, stop_;
  mutable std::mutex mutex_;
  Counters counters_;
  std::list<Talk> talks_;  ///< the loop's, and after it the destructor's
  std::thread loop_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Options options,
                                              std::map<std::string, Handler> handlers) {
  auto listener = listen_on(options.socket);
  if (!listener) return std::unexpected(listener.error());
  Fd stop(::eventfd(0, EFD_CLOEXEC));
  if (!stop) return fail_errno("eventfd");
  return std::make_unique<SocketServer>(std::move(options), std::move(handlers),
                                        *std::move(listener), std::move(stop));
}

}  // namespace huxin::control
