#include "agent/watch/session_server.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <future>

#include <catch2/catch_test_macros.hpp>

#include "agent/session/session.pb.h"
#include "agent/session/wire.hpp"
#include "agent/watch/session_limits.hpp"
#include "tests/agent/watch/scratch_mount.hpp"

namespace huxin::watch {
namespace {

using namespace std::chrono_literals;
using test::eventually;

/// A peer that may say anything.
class Peer {
 public:
  explicit Peer(const std::filesystem::path& socket)
      : socket_(std::move(session::connect_to(socket).value())) {}

  void send(std::string_view bytes, int fd = -1) {
    CHECK(session::send_packet(socket_.get(), bytes, fd));
  }
  void greet() {
    session::ToAgent message;
    message.mutable_hello()->set_protocol(session::kProtocol);
    message.mutable_hello()->set_session_type("x11");
    send(message.SerializeAsString());
  }
  void offer(std::uint64_t id, int fd, std::int32_t source = 0) {
    session::ToAgent message;
    message.mutable_offer()->set_id(id);
    message.mutable_offer()->set_source_pid(source);
    send(message.SerializeAsString(), fd);
  }
  /// Waits until the guardian closed the connection.
  bool closed() {
    return eventually([&] {
      const auto packet = session::receive_packet(socket_.get());
      return !packet && packet.error().code == Errc::kUnavailable;
    });
  }
  session::ClipboardVerdict verdict() {
    session::ToSession message;
    eventually([&] {
      const auto packet = session::receive_packet(socket_.get());
      return packet && *packet && message.ParseFromString((*packet)->bytes);
    });
    return message.verdict();
  }
  int fd() const { return socket_.get(); }

 private:
  Fd socket_;
};

struct World {
  explicit World(SessionServer::Handler handler, SessionOptions options = {}) {
    auto made = SessionServer::start(
        socket, std::move(handler),
        [this](const auto&, const auto&, std::uint64_t count) { ++told, lost += count; },
        std::make_shared<SystemClock>(), std::move(options));
    if (!made) FAIL(made.error().context);
    server = std::move(*made);
  }
  test::TempDir dir;
  std::filesystem::path socket = dir / "run/session.sock";
  std::atomic<std::uint64_t> lost{0};
  std::atomic<int> told{0};
  std::unique_ptr<SessionServer> server;
};

ClipboardAnswer allow(ClipboardCopy&&) { return {}; }

}  // namespace

TEST_CASE("the socket is open to every user, in a folder only its owner may change") {
  World world(allow);
  struct stat info{};
  REQUIRE(::stat(world.socket.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0666U);
  REQUIRE(::stat(world.socket.parent_path().c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0755U);
  CHECK(world.server->probe(2s));
}

TEST_CASE("who breaks the protocol is dropped, and nobody else notices") {
  World world(allow);
  Peer good(world.socket);
  good.greet();
  REQUIRE(eventually([&] { return world.server->sessions().size() == 1; }));
  const Fd sealed = session::seal_text("x").value();
  const Fd open_memory(::memfd_create("open", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  const Fd huge(::memfd_create("huge", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  REQUIRE(::ftruncate(huge.get(), static_cast<off_t>(session::kMaxText + 1)) == 0);
  REQUIRE(::fcntl(huge.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK) == 0);
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const Fd pipe_out(ends[0]);
  const Fd pipe_in(ends[1]);
  struct Row {
    std::function<void(Peer&)> act;
    std::string_view reason;
  };
  const Row rows[] = {
      {[](Peer& peer) { peer.send("\xFF\xFFnonsense"); }, "bytes that are no message"},
      {[](Peer& peer) { peer.send(std::string(session::kMaxPacket + 1, 'x')); },
       "a packet over the limit"},
      {[&](Peer& peer) { peer.offer(1, sealed.get()); }, "an offer before hello"},
      {[](Peer& peer) {
         peer.greet();
         peer.greet();
       },
       "hello twice"},
      {[](Peer& peer) {
         peer.greet();
         peer.offer(1, -1);
       },
       "an offer without content"},
      {[&](Peer& peer) {
         peer.greet();
         peer.offer(1, open_memory.get());
       },
       "memory that can still be changed"},
      {[&](Peer& peer) {
         peer.greet();
         peer.offer(1, pipe_out.get());
       },
       "a pipe, which would block"},
      {[&](Peer& peer) {
         peer.greet();
         peer.offer(1, huge.get());
       },
       "over 8 MiB"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    Peer bad(world.socket);
    row.act(bad);
    CHECK(bad.closed());
  }
  CHECK(world.server->counters().protocol_errors == std::size(rows));
  good.offer(7, sealed.get());
  CHECK(good.verdict().id() == 7);
}

TEST_CASE("a text that is to be masked comes with its replacement") {
  World world([](ClipboardCopy&&) {
    return ClipboardAnswer{
        .act = ClipboardAnswer::Act::kMask, .replacement = "138****8000", .notice = "已脱敏"};
  });
  Peer peer(world.socket);
  peer.greet();
  const Fd text = session::seal_text("13800138000").value();
  peer.offer(3, text.get());
  std::optional<session::Packet> packet;
  REQUIRE(eventually([&] {
    auto got = session::receive_packet(peer.fd());
    if (got && *got) packet = std::move(*got);
    return packet.has_value();
  }));
  session::ToSession message;
  REQUIRE(message.ParseFromString(packet->bytes));
  CHECK(message.verdict().action() == 2);
  CHECK(message.verdict().notice() == "已脱敏");
  CHECK(session::read_sealed(packet->fd.get()).value() == "138****8000");
}

TEST_CASE("the application named must be of the same user") {
  std::promise<rule::Event> asked;
  World world([&](ClipboardCopy&& copy) {
    asked.set_value(copy.event);
    return ClipboardAnswer{};
  });
  Peer peer(world.socket);
  peer.greet();
  const Fd text = session::seal_text("x").value();
  peer.offer(1, text.get(), 0x7FFFFFFF);
  const rule::Event event = asked.get_future().get();
  CHECK(event.process.empty());
  CHECK(event.pid == ::getpid());
}

TEST_CASE(
    "more than eight offers waiting pass uninspected, counted and told; no handler blocks the "
    "rest") {
  std::promise<void> release;
  auto hang = release.get_future().share();
  World world([hang](ClipboardCopy&&) {
    hang.wait();
    return ClipboardAnswer{};
  });
  Peer peer(world.socket);
  peer.greet();
  const Fd text = session::seal_text("x").value();
  for (std::uint64_t id = 1; id <= 10; ++id) peer.offer(id, text.get());
  const auto first = peer.verdict();
  CHECK(first.id() == 9);
  CHECK_FALSE(first.inspected());
  CHECK(peer.verdict().id() == 10);
  CHECK(eventually([&] { return world.lost >= 1; }));
  CHECK(world.server->probe(2s));
  release.set_value();
  CHECK(peer.verdict().inspected());
  world.server.reset();
  CHECK(world.lost == 2);
}

TEST_CASE("beyond a user's share copies are cleared where that is asked for, and told by number") {
  std::promise<void> release;
  auto hang = release.get_future().share();
  std::atomic<bool> enforced{false};
  World world(
      [hang](ClipboardCopy&&) {
        hang.wait();
        return ClipboardAnswer{};
      },
      {.clear_when_limited = [&] { return enforced.load(); }});
  Peer peer(world.socket);
  peer.greet();
  const Fd text = session::seal_text("x").value();
  for (std::uint64_t id = 1; id <= 9; ++id) peer.offer(id, text.get());
  CHECK(peer.verdict().action() == 1);
  enforced = true;
  for (std::uint64_t id = 10; id <= 40; ++id) {
    peer.offer(id, text.get());
    const auto verdict = peer.verdict();
    CHECK(verdict.action() == 3);
    CHECK_FALSE(verdict.inspected());
  }
  release.set_value();
  world.server.reset();
  CHECK(world.lost == 32);
  CHECK(world.told <= 2);
}

TEST_CASE("a copy whose judging fails passes, and is told as lost") {
  World world([](ClipboardCopy&&) -> ClipboardAnswer { throw std::runtime_error("broken"); });
  Peer peer(world.socket);
  peer.greet();
  const Fd text = session::seal_text("x").value();
  peer.offer(1, text.get());
  CHECK_FALSE(peer.verdict().inspected());
  CHECK(eventually([&] { return world.lost == 1; }));
}

TEST_CASE("a user has four connections, not more") {
  World world(allow);
  std::vector<Peer> peers;
  for (int i = 0; i < 4; ++i) peers.emplace_back(world.socket).greet();
  REQUIRE(eventually([&] { return world.server->sessions().size() == 4; }));
  Peer fifth(world.socket);
  CHECK(fifth.closed());
  CHECK(world.server->counters().refused == 1);
  peers.clear();
  REQUIRE(eventually([&] { return world.server->sessions().empty(); }));
  Peer again(world.socket);
  again.greet();
  CHECK(eventually([&] { return world.server->sessions().size() == 1; }));
}

TEST_CASE("offers of a user are held to a rate that reconnecting does not refill") {
  SessionLimits limits;
  const auto start = SessionLimits::Moment{} + 1h;
  REQUIRE(limits.connect(1000));
  int allowed = 0;
  for (int i = 0; i < 100; ++i) {
    if (!limits.offer(1000, start)) continue;
    ++allowed;
    limits.finish(1000);
  }
  CHECK(allowed == 40);
  limits.disconnect(1000);
  REQUIRE(limits.connect(1000));
  CHECK_FALSE(limits.offer(1000, start));
  CHECK(limits.offer(1001, start));
  CHECK(limits.offer(1000, start + 50ms));
  CHECK_FALSE(limits.offer(1000, start + 50ms));
}

}  // namespace huxin::watch
