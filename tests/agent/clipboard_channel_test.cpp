#include "agent/clipboard_channel.hpp"

#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "agent/session/session.pb.h"
#include "agent/session/wire.hpp"
#include "policy/rule/load.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPolicy = R"(
policy: {id: test, version: "1", mode: enforce}
watch: {clipboard: true}
rules:
  - {id: copy, zh: 复制, en: copy, when: {channel: clipboard, level: C2}, action: audit, domains: [it], clauses: [K08]}
)";

class NoScanner final : public inspect::Scanner {
 public:
  inspect::ScanResult scan(inspect::ScanJob) override { return {}; }
};

struct Fixture {
  test::TempDir dir;
  std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
  NoScanner scanner;
  inspect::Inspector inspector{scanner, Secret(Bytes(32, 7))};
  std::unique_ptr<journal::Journal> journal =
      journal::Journal::open(dir / "journal", Secret(Bytes(32, 3)), {.reserve = 0}).value();
  Recorder recorder{*journal, clock, [] {}};
  ClipboardChannel channel{
      {inspector, recorder, *journal, std::make_shared<watch::OwnProcesses>(), clock},
      dir / "run/session.sock"};

  Fixture() {
    auto made = std::make_shared<inspect::InForce>();
    made->catalog = catalog::Catalog::builtin();
    const rule::LoadReport report = rule::load_policy(kPolicy, "test.yaml", *made->catalog);
    INFO(report.render(kPolicy, "test.yaml"));
    REQUIRE(report.ok());
    made->policy = report.policy;
    inspector.put_in_force(made);
  }
  /// A session that says whether it sees copies.
  Fd session(bool clipboard, std::string_view detail = {}) const {
    Fd socket = *std::move(session::connect_to(dir / "run/session.sock"));
    session::ToAgent message;
    message.mutable_hello()->set_protocol(session::kProtocol);
    message.mutable_hello()->set_clipboard(clipboard);
    message.mutable_hello()->set_detail(std::string(detail));
    REQUIRE(session::send_packet(socket.get(), message.SerializeAsString()));
    return socket;
  }
  bool becomes(const std::string& state) const {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!channel.state().ends_with(state)) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
};

}  // namespace

TEST_CASE("the clipboard is well when the copies of every session are seen") {
  Fixture f;
  CHECK(f.channel.state() == "off");
  REQUIRE(f.channel.watch());
  CHECK(f.channel.state() == "no session");
  const Fd sees = f.session(true);
  CHECK(f.becomes("ok"));
  {
    const Fd blind = f.session(false, "no X server");
    CHECK(f.becomes(": no X server"));
  }
  CHECK(f.becomes("ok"));
}

}  // namespace huxin::agent
