#include "agent/early_refusal.hpp"

#include <sys/mman.h>

#include <catch2/catch_test_macros.hpp>

#include "policy/rule/load.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPolicy = R"(
policy: {id: test, version: "1", mode: enforce}
watch: {guarded: [/srv]}
rules:
  - id: list
    zh: 名单
    en: list
    when: {channel: file_open, level: C2, customers: 10}
    action: block
    domains: [it]
    clauses: [K08]
)";

/// Finds so many customers at once, and so many when it may look at everything.
class FakeScanner final : public inspect::Scanner {
 public:
  inspect::ScanResult scan(inspect::ScanJob job) override {
    inspect::ScanResult result;
    const bool may_stop = !job.enough.any_of.empty();
    if (!may_stop && !whole_reason.empty())
      result.outcome = {"text", extract::Coverage::kNotInspected, whole_reason, 1,
                        whole_reason == "timeout"};
    else if (may_stop)
      result.outcome = {"text", extract::Coverage::kPartial, "stopped", 1};
    result.inspection.stopped = may_stop;
    const int customers = may_stop ? 12 : whole_customers;
    for (int i = 1; i <= customers; ++i)
      result.inspection.findings.push_back({.element = catalog::ElementId{1},
                                            .level = catalog::Level::kC2,
                                            .confidence = 0.97,
                                            .value = "11010519491231002X",
                                            .customer = static_cast<std::uint32_t>(i)});
    result.inspection.customers = static_cast<std::uint32_t>(customers);
    result.inspection.findings_total = static_cast<std::uint64_t>(customers);
    return result;
  }
  int whole_customers = 1500;
  std::string whole_reason;
};

struct Fixture {
  test::TempDir dir;
  std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
  FakeScanner scanner;
  rule::Teller signed_on{"0101", "T88", "3"};
  inspect::Inspector inspector{scanner, Secret(Bytes(32, 7)),
                               [this](const std::string&) { return signed_on; }};
  std::unique_ptr<journal::Journal> journal =
      journal::Journal::open(dir / "journal", Secret(Bytes(32, 3)), {.reserve = 0}).value();
  Recorder recorder{*journal, clock, [] {}};
  Desk desk{inspector, recorder, *journal, std::make_shared<watch::OwnProcesses>(), clock};

  Fixture() {
    auto in_force = std::make_shared<inspect::InForce>();
    in_force->catalog = catalog::Catalog::builtin();
    in_force->policy = rule::load_policy(kPolicy, "test.yaml", *in_force->catalog).policy;
    REQUIRE(in_force->policy);
    inspector.put_in_force(in_force);
  }

  std::unique_ptr<EarlyRefusal> refused() {
    const rule::Event event{.channel = rule::Channel::kFileOpen,
                            .time = Time(1'772'000'000'000ms),
                            .user = "teller1",
                            .path = "/srv/list.csv",
                            .operation = "open"};
    const auto content = [] { return Fd(::memfd_create("list", MFD_CLOEXEC)); };
    auto early = inspector.judge(
        event, {.file = content(), .name = "list.csv", .urgent = true, .refuse_early = true});
    REQUIRE(early.early);
    REQUIRE(early.decision.action == rule::Action::kBlock);
    REQUIRE_FALSE(early.coverage);
    auto refusal =
        std::make_unique<EarlyRefusal>(desk, event, content(), "list.csv", std::move(early));
    refusal->set_outcome("denied");
    return refusal;
  }

  /// The one incident there is.
  record::Incident incident() {
    std::vector<record::Incident> incidents;
    for (const record::Record& each : journal->outbox(100).value()) {
      record::Payload payload;
      REQUIRE(payload.ParseFromString(each.payload()));
      if (payload.has_incident()) incidents.push_back(payload.incident());
    }
    REQUIRE(incidents.size() == 1);
    return incidents.front();
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a file refused early is recorded with the counts of all of it") {
  auto refusal = refused();
  refusal->look_whole();
  refusal.reset();
  const record::Incident told = incident();
  CHECK(told.customers() == 1500);
  CHECK(told.severity() == static_cast<std::uint32_t>(rule::Severity::kS1));
  CHECK(told.coverage_reason().empty());
  CHECK(told.outcome() == "denied");
  CHECK(told.rule() == "list");
}

TEST_CASE_METHOD(Fixture, "a refusal whose file nobody looks at again tells of its beginning") {
  refused().reset();  // as when too many wait, or the agent ends
  const record::Incident told = incident();
  CHECK(told.customers() == 12);
  CHECK(told.coverage_reason() == "stopped");
  CHECK(told.outcome() == "denied");
}

TEST_CASE_METHOD(Fixture, "a refusal is recorded as it was given when the whole does not bear it") {
  SECTION("the file was changed meanwhile") { scanner.whole_customers = 3; }
  SECTION("the time was over") { scanner.whole_reason = "timeout", scanner.whole_customers = 0; }
  refused()->look_whole();
  CHECK(incident().customers() == 12);
  CHECK(incident().coverage_reason() == "stopped");
}

TEST_CASE_METHOD(Fixture, "a refusal names the teller who opened the file") {
  auto refusal = refused();
  signed_on = {"0101", "T99", "3"};
  refusal->look_whole();
  CHECK(incident().teller().teller() == "T88");
}

}  // namespace huxin::agent
