#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <latch>
#include <thread>

#include "agent/watch/network/control_channel.hpp"
#include "agent/watch/network/host_names.hpp"
#include "agent/watch/network/original_destination.hpp"
#include "agent/watch/network/program.hpp"
#include "agent/watch/network/socket_owner.hpp"
#include "agent/watch/network/task_pool.hpp"
#include "agent/watch/network/worker_process.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::watch {

TEST_CASE("a program gets its input, and its output and status come back") {
  const auto ran = run_program({"sh", "-c", "cat; echo bad >&2; exit 3"}, "text on standard input");
  REQUIRE(ran);
  CHECK(ran->status == 3);
  CHECK(ran->output == "text on standard inputbad\n");
}

TEST_CASE("a program that does not end is killed at its deadline") {
  const auto ran = run_program({"sleep", "60"}, {}, std::chrono::milliseconds(50));
  CHECK(ran.error().code == Errc::kTimeout);
}

TEST_CASE("a program that is not there is named") {
  const auto ran = run_program({"huxin-no-such-program"}, {});
  CHECK(ran.error().code == Errc::kNotFound);
  CHECK(ran.error().context.contains("huxin-no-such-program"));
}

TEST_CASE(
    "a program whose end nobody can be told of any more does not count as running, or as well") {
  // As under a parent that ignores SIGCHLD: the kernel reaps, and waitpid() finds no child.
  struct sigaction ignore{};
  ignore.sa_handler = SIG_IGN;
  struct sigaction before{};
  REQUIRE(::sigaction(SIGCHLD, &ignore, &before) == 0);
  auto kept = KeptProgram::start({"true"});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  bool running = true;
  while (running && std::chrono::steady_clock::now() < deadline) {
    running = kept->running();
    std::this_thread::yield();
  }
  const auto ran = run_program({"true"}, {});
  REQUIRE(::sigaction(SIGCHLD, &before, nullptr) == 0);
  CHECK_FALSE(running);
  CHECK(ran->status != 0);
}

TEST_CASE("a packet arrives whole with the descriptor sent beside it") {
  auto ends = make_control_channel();
  REQUIRE(ends);
  const Fd body(::memfd_create("body", MFD_CLOEXEC));
  REQUIRE(::write(body.get(), "abc", 3) == 3);
  REQUIRE(send_packet(ends->first.get(), "message", body.get()));
  REQUIRE(send_packet(ends->first.get(), "plain"));
  auto first = receive_packet(ends->second.get());
  REQUIRE(first);
  REQUIRE(*first);
  CHECK((*first)->bytes == "message");
  std::array<char, 8> content{};
  CHECK(::pread((*first)->attachment.get(), content.data(), content.size(), 0) == 3);
  auto second = receive_packet(ends->second.get());
  CHECK((*second)->bytes == "plain");
  CHECK_FALSE((*second)->attachment);
  ends->first.reset();
  CHECK_FALSE(receive_packet(ends->second.get())->has_value());
}

TEST_CASE("an oversized packet is refused by its sender") {
  const auto ends = make_control_channel();
  CHECK(send_packet(ends->first.get(), std::string(kMaxControlMessage + 1, 'x')).error().code ==
        Errc::kTooLarge);
}

TEST_CASE("a full queue says so and what was taken is done") {
  std::latch release(1);
  std::latch begun(1);
  std::atomic<int> done{0};
  {
    TaskPool pool(1, 1);
    REQUIRE(pool.post([&] {
      begun.count_down();
      release.wait();
      ++done;
    }));
    begun.wait();
    REQUIRE(pool.post([&] { ++done; }));
    CHECK_FALSE(pool.post([] {}));
    release.count_down();
  }
  CHECK(done >= 1);  // what had begun is waited for; what had not may be dropped
}

TEST_CASE("lines of the kernel's socket tables are read, and nothing else is") {
  const auto entry = parse_tcp_entry(
      "   1: 0100007F:1F90 0200000A:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 "
      "4242 1 0 20 4 30 10 -1");
  REQUIRE(entry);
  CHECK(entry->local == Endpoint{"127.0.0.1", 8080});
  CHECK(entry->remote == Endpoint{"10.0.0.2", 443});
  CHECK(entry->uid == 1000);
  CHECK(entry->inode == 4242);
  const auto mapped = parse_tcp_entry(
      "   0: 0000000000000000FFFF00000100007F:0050 00000000000000000000000001000000:0050 01 0:0 "
      "0:0 0 0 0 7 1");
  REQUIRE(mapped);
  CHECK(mapped->local == Endpoint{"127.0.0.1", 80});
  CHECK(mapped->remote == Endpoint{"::1", 80});
  const auto line =
      GENERATE(as<std::string>{}, "", "  sl  local_address rem_address st",
               "1: zz:1 0:0 0 0 0 0 0 0 0", "1: 0100007F 0200000A:01BB 01 0 0 0 1000 0 4242");
  CHECK_FALSE(parse_tcp_entry(line));
}

TEST_CASE("the owner of a client socket is found, and none for a socket that is not there") {
  const auto listeners = Listeners::open();
  REQUIRE(listeners);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(listeners->port);
  const Fd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
          0);
  const auto here = local_endpoint(client.get());
  const auto owner = find_socket_owner(*here, *peer_endpoint(client.get()));
  REQUIRE(owner);
  CHECK(owner->pid == ::getpid());
  CHECK(owner->process.contains("test_network"));
  CHECK(owner->user == user_name(::getuid()));
  CHECK_FALSE(find_socket_owner(*here, {"127.0.0.1", 1}));
  listeners->refuse_waiting();
  char byte = 0;
  CHECK(::recv(client.get(), &byte, 1, 0) < 0);
  CHECK(errno == ECONNRESET);
}

TEST_CASE("a program whose path is not text is recorded as text") {
  const test::TempDir folder;
  const std::string odd = folder / "ba\xFFsh";
  std::filesystem::copy_file("/bin/bash", odd);
  const auto listeners = Listeners::open();
  REQUIRE(listeners);
  const auto client = KeptProgram::start(
      {odd, "-c", "exec 3<>/dev/tcp/127.0.0.1/" + std::to_string(listeners->port) + "; read"});
  REQUIRE(client);
  pollfd incoming{.fd = listeners->v4.get(), .events = POLLIN, .revents = 0};
  REQUIRE(::poll(&incoming, 1, 10'000) == 1);
  const Fd accepted(::accept4(listeners->v4.get(), nullptr, nullptr, SOCK_CLOEXEC));
  const auto owner =
      find_socket_owner(*peer_endpoint(accepted.get()), *local_endpoint(accepted.get()));
  REQUIRE(owner);
  CHECK(owner->process.ends_with("/ba\xEF\xBF\xBDsh"));
}

TEST_CASE("a name is looked up once, waited for no longer than told, and leads where it leads") {
  std::latch release(1);
  std::atomic<int> asked{0};
  HostNames names([&](const std::string& name) -> Result<std::vector<std::string>> {
    ++asked;
    if (name == "slow") release.wait();
    if (name == "none") return fail(Errc::kNotFound, "no such name");
    return std::vector<std::string>{"10.0.0.1", "::1"};
  });
  using namespace std::chrono_literals;
  CHECK(names.leads_to("fast", "::1", 10s));
  CHECK(names.leads_to("fast", "10.0.0.1", 0ms));
  CHECK_FALSE(names.leads_to("fast", "10.0.0.2", 10s));
  CHECK(asked == 1);
  CHECK(names.leads_to("10.0.0.9", "10.0.0.9", 0ms));
  CHECK_FALSE(names.leads_to("none", "10.0.0.1", 10s));
  CHECK(names.addresses("slow", 0ms).error().code == Errc::kTimeout);
  release.count_down();
  CHECK(names.leads_to("slow", "10.0.0.1", 10s));
  CHECK(asked == 3);
}

}  // namespace huxin::watch
