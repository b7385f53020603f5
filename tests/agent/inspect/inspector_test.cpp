#include "agent/inspect/inspector.hpp"

#include <sys/mman.h>

#include <catch2/catch_test_macros.hpp>

#include "certs/certificate.hpp"
#include "certs/seal.hpp"
#include "policy/rule/load.hpp"

namespace huxin::inspect {
namespace {

using namespace std::chrono_literals;

/// Answers with what a test put in, and remembers what it was asked.
class FakeScanner final : public Scanner {
 public:
  ScanResult scan(ScanJob job) override {
    asked.push_back(std::move(job));
    return answer;
  }
  ScanResult answer;
  std::vector<ScanJob> asked;
};

constexpr std::string_view kPolicy = R"(
policy: {id: test, version: "1", mode: enforce}
inspection: {fail_closed: true}
watch: {directories: [/srv]}
rules:
  - id: upload
    zh: 外发
    en: upload
    when: {channel: network, level: C2, customers: 2}
    action: block
    domains: [it]
    clauses: [K08]
)";

std::shared_ptr<const InForce> in_force(std::string_view yaml = kPolicy) {
  auto made = std::make_shared<InForce>();
  made->catalog = catalog::Catalog::builtin();
  const rule::LoadReport report = rule::load_policy(yaml, "test.yaml", *made->catalog);
  INFO(report.render(yaml, "test.yaml"));
  REQUIRE(report.ok());
  made->policy = report.policy;
  return made;
}

rule::Event upload() {
  return {.stage = rule::Stage::kUse,
          .channel = rule::Channel::kNetwork,
          .time = Time(1'772'000'000'000ms),
          .user = "teller1",
          .destination = "host.example/list"};
}

detect::Finding resident_id(std::uint32_t customer) {
  return {.element = catalog::ElementId{1},
          .level = catalog::Level::kC2,
          .confidence = 0.97,
          .span = {10, 28},
          .where = "list.csv!B2",
          .value = "11010519491231002X",
          .customer = customer};
}

Content some_file() {
  Content content{.name = "list.csv"};
  content.file = Fd(::memfd_create("test", MFD_CLOEXEC));
  return content;
}

struct Fixture {
  FakeScanner scanner;
  Inspector inspector{scanner, Secret(Bytes(32, 7))};

  void found(std::uint32_t customers) {
    for (std::uint32_t i = 1; i <= customers; ++i)
      scanner.answer.inspection.findings.push_back(resident_id(i));
    scanner.answer.inspection.customers = customers;
    scanner.answer.inspection.findings_total = customers;
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "content that no rule could care about is never scanned") {
  inspector.put_in_force(in_force());
  rule::Event event = upload();
  event.channel = rule::Channel::kClipboard;
  const Judgement judgement = inspector.judge(event, some_file());
  CHECK(scanner.asked.empty());
  CHECK_FALSE(judgement.inspected);
  CHECK_FALSE(judgement.incident);
}

TEST_CASE_METHOD(Fixture,
                 "an incident holds masked values and digests, and never the value itself") {
  inspector.put_in_force(in_force());
  found(2);
  const Judgement judgement = inspector.judge(upload(), some_file());
  REQUIRE(judgement.incident);
  CHECK(judgement.decision.action == rule::Action::kBlock);
  CHECK(judgement.incident->customers() == 2);
  REQUIRE(judgement.incident->findings_size() == 2);
  CHECK(judgement.incident->findings(0).masked() == "1****************X");
  CHECK(judgement.incident->findings(0).digest().size() == 16);
  CHECK_FALSE(judgement.incident->SerializeAsString().contains("11010519491231002X"));
}

TEST_CASE_METHOD(Fixture,
                 "a number in the name of a file or host is hidden like one in the content") {
  inspector.put_in_force(in_force());
  found(2);
  for (detect::Finding& finding : scanner.answer.inspection.findings)
    finding.where = "11010519491231002X.csv!B2";
  rule::Event event = upload();
  event.path = "/home/a/11010519491231002X.csv";
  event.destination = "host.example/13800138000";
  const Judgement judgement = inspector.judge(event, some_file());
  REQUIRE(judgement.incident);
  const std::string told = judgement.incident->SerializeAsString();
  CHECK_FALSE(told.contains("11010519491231002X"));
  CHECK_FALSE(told.contains("13800138000"));
  CHECK(judgement.incident->findings(0).where() == "1****************X.csv!B2");
}

TEST_CASE_METHOD(Fixture, "evidence is sealed to the reviewers when their keys are known") {
  const certs::ReviewerKey officer =
      certs::make_reviewer_key("officer", Secret(Bytes(12, 'p'))).value();
  auto with_keys = std::make_shared<InForce>(*in_force());
  with_keys->sealer =
      certs::Sealer::make({certs::certificate_from_pem(officer.certificate_pem).value()}, {})
          .value();
  inspector.put_in_force(with_keys);
  found(2);
  scanner.answer.snippets = {"客户 11010519491231002X 张三"};
  const Judgement judgement = inspector.judge(upload(), some_file());
  REQUIRE(judgement.incident);
  CHECK_FALSE(judgement.incident->evidence().empty());
  CHECK_FALSE(judgement.incident->SerializeAsString().contains("11010519491231002X"));
}

TEST_CASE_METHOD(Fixture, "only 200 findings are listed, all of them are counted") {
  inspector.put_in_force(in_force());
  found(300);
  const Judgement judgement = inspector.judge(upload(), some_file());
  REQUIRE(judgement.incident);
  CHECK(judgement.incident->findings_size() == 200);
  CHECK(judgement.incident->findings_total() == 300);
  REQUIRE(judgement.incident->counts_size() == 1);
  CHECK(judgement.incident->counts(0).findings() == 300);
}

TEST_CASE_METHOD(Fixture,
                 "without an answer in time, fail-closed refuses only those who wait for it") {
  inspector.put_in_force(in_force());
  scanner.answer.outcome = {
      .format = "unknown", .coverage = extract::Coverage::kNotInspected, .reason = "timeout"};
  for (const bool urgent : {true, false}) {
    Content content = some_file();
    content.urgent = urgent;
    const Judgement judgement = inspector.judge(upload(), std::move(content));
    CHECK((judgement.decision.action == rule::Action::kBlock) == urgent);
    CHECK(judgement.incident.has_value() == urgent);
    REQUIRE(judgement.coverage);
    CHECK(judgement.coverage->reason() == "timeout");
  }
}

TEST_CASE_METHOD(Fixture, "what a sensor could not take is coverage even when the rest was read") {
  inspector.put_in_force(in_force());
  Content blind{.name = "x", .coverage_reason = "unknown_protocol"};
  CHECK(inspector.judge(upload(), std::move(blind)).coverage->reason() == "unknown_protocol");
  CHECK(scanner.asked.empty());

  Content partial = some_file();
  partial.coverage_reason = "too_large";
  const Judgement judgement = inspector.judge(upload(), std::move(partial));
  CHECK(judgement.scan.outcome.coverage == extract::Coverage::kPartial);
  CHECK(judgement.coverage->reason() == "too_large");
}

}  // namespace huxin::inspect
