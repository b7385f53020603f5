#include "agent/watch/network/redirect.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <optional>

#include "tests/agent/watch/network/own_network.hpp"

namespace huxin::watch {
namespace {

RedirectSettings settings() {
  RedirectSettings made;
  made.instance = "test";
  made.ports = {80, 443};
  made.networks = {"10.99.0.0/16", "fd99::/64"};
  made.worker_uid = 64731;
  made.local_port = 9090;
  made.local_port6 = 9091;
  return made;
}

std::string ruleset() { return run_program({"nft", "list", "ruleset"}, {})->output; }

}  // namespace

TEST_CASE("the rules name ports, networks, exemptions and refuse QUIC in the same scope") {
  RedirectSettings wanted = settings();
  wanted.exempt = {{"10.99.0.7", 443}};
  const auto rules = render_rules(wanted);
  REQUIRE(rules);
  CHECK(rules->contains("tcp dport { 80, 443 } ip daddr { 10.99.0.0/16 } redirect to :9090"));
  CHECK(rules->contains("tcp dport { 80, 443 } ip6 daddr { fd99::/64 } redirect to :9091"));
  CHECK(rules->contains("udp dport 443 ip daddr { 10.99.0.0/16 } reject"));
  CHECK(rules->contains("meta skuid 64731 return"));
  CHECK(rules->contains("ip daddr 10.99.0.7 tcp dport 443 return"));
  CHECK(rules->contains("oifname \"lo\" return"));
}

TEST_CASE("networks of one family leave the other family alone") {
  RedirectSettings wanted = settings();
  wanted.networks = {"10.0.0.0/8"};
  CHECK_FALSE(render_rules(wanted)->contains("ip6"));
}

TEST_CASE("without a listener on ::1 IPv6 is refused and not let past") {
  RedirectSettings wanted = settings();
  wanted.local_port6 = 0;
  CHECK(render_rules(wanted)->contains("ip6 daddr { fd99::/64 } reject with tcp reset"));
}

TEST_CASE("nothing but addresses, networks and names reaches nft") {
  struct Row {
    std::string instance, network, exempt;
    const char* reason;
  };
  const auto row = GENERATE(values<Row>({
      {"a;flush", "10.0.0.0/8", "10.0.0.1", "a name with a separator"},
      {"", "10.0.0.0/8", "10.0.0.1", "no name"},
      {"ok", "10.0.0.0/33", "10.0.0.1", "a mask too long"},
      {"ok", "10.0.0.0/8 }; flush ruleset", "10.0.0.1", "words after the mask"},
      {"ok", "example.org", "10.0.0.1", "a host name"},
      {"ok", "10.0.0.0/", "10.0.0.1", "no mask after the slash"},
      {"ok", "10.0.0.0/8", "collector", "an exemption by name"},
  }));
  INFO(row.reason);
  RedirectSettings wanted = settings();
  wanted.instance = row.instance;
  wanted.networks = {row.network};
  wanted.exempt = {{row.exempt, 443}};
  CHECK(render_rules(wanted).error().code == Errc::kInvalid);
}

TEST_CASE("rules appear with the object, replace leftovers and go with it", "[root]") {
  test::enter_own_network();
  const bool fail_closed = GENERATE(false, true);
  RedirectSettings wanted = settings();
  wanted.fail_closed = fail_closed;
  REQUIRE(run_program({"nft", "-f", "-"}, "table inet huxin_test { chain old { }; }\n")->status ==
          0);
  {
    const auto redirection = Redirection::install(wanted);
    INFO((redirection ? std::string() : redirection.error().context));
    REQUIRE(redirection);
    CHECK(redirection->in_force());
    CHECK(ruleset().contains("redirect to :9090"));
    CHECK_FALSE(ruleset().contains("chain old"));
    CHECK(ruleset().contains("flags owner") == !fail_closed);
  }
  CHECK_FALSE(ruleset().contains("huxin_test"));
}

TEST_CASE(
    "rules stand beside those they will replace, and alone take leftovers of either name away",
    "[root]") {
  test::enter_own_network();
  RedirectSettings wanted = settings();
  wanted.fail_closed = GENERATE(false, true);
  auto old = std::make_optional(Redirection::install(wanted));
  REQUIRE(*old);
  wanted.other_table = true;
  wanted.beside = true;
  wanted.local_port = 9092;
  const auto next = Redirection::install(wanted);
  REQUIRE(next);
  CHECK(ruleset().contains("redirect to :9090"));
  CHECK(ruleset().contains("redirect to :9092"));
  old.reset();
  CHECK_FALSE(ruleset().contains("redirect to :9090"));
  CHECK(next->in_force());
  REQUIRE(run_program({"nft", "-f", "-"}, "table inet huxin_test { chain old { }; }\n")->status ==
          0);
  RedirectSettings alone = settings();
  alone.fail_closed = true;
  if (wanted.fail_closed) {  // those of a process that died
    const auto anew = Redirection::install(alone);
    CHECK(ruleset().contains("redirect to :9090"));
    CHECK_FALSE(ruleset().contains("huxin_test.next"));
  }
}

TEST_CASE("rules that are open on failure go with their killed process, closed ones stay",
          "[root]") {
  test::enter_own_network();
  RedirectSettings wanted = settings();
  wanted.fail_closed = GENERATE(false, true);
  std::array<int, 2> ready{};
  REQUIRE(::pipe2(ready.data(), O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto redirection = Redirection::install(wanted);
    static_cast<void>(::write(ready[1], redirection ? "y" : "n", 1));
    for (;;) ::pause();
  }
  char answer = 0;
  REQUIRE(::read(ready[0], &answer, 1) == 1);
  CHECK(answer == 'y');
  CHECK(ruleset().contains("redirect to :9090"));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::seconds(wanted.fail_closed ? 0 : 10);
  while (ruleset().contains("huxin_test") && std::chrono::steady_clock::now() < until) {
  }
  CHECK(ruleset().contains("huxin_test") == wanted.fail_closed);
  run_program({"nft", "flush", "ruleset"}, {});
  for (const int fd : ready) ::close(fd);
}

}  // namespace huxin::watch
