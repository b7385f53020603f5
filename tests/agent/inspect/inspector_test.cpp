#include "agent/inspect/inspector.hpp"

#include <sys/mman.h>

#include <catch2/catch_test_macros.hpp>

#include "certs/certificate.hpp"
#include "certs/seal.hpp"
#include "policy/record/chain.hpp"
#include "policy/rule/keys.hpp"
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

TEST_CASE_METHOD(Fixture, "an incident says what the bank's own list and documents have") {
  inspector.put_in_force(in_force());
  found(2);
  scanner.answer.inspection.findings[1].known = true;
  scanner.answer.inspection.known_total = 1;
  scanner.answer.inspection.documents = {{"credit/11010519491231002X.docx", 0.4, "a.zip!b.txt"}};
  const Judgement judgement = inspector.judge(upload(), some_file());
  REQUIRE(judgement.incident);
  CHECK_FALSE(judgement.incident->findings(0).known());
  CHECK(judgement.incident->findings(1).known());
  CHECK(judgement.incident->known_total() == 1);
  REQUIRE(judgement.incident->documents_size() == 1);
  CHECK(judgement.incident->documents(0).share() == 0.4);
  CHECK(judgement.incident->documents(0).where() == "a.zip!b.txt");
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
  // A long file, or one with something worse in it, has another reason, and ran out of time too.
  for (const std::string reason : {"timeout", "too_large", "encrypted"}) {
    scanner.answer.outcome = {.format = "unknown",
                              .coverage = extract::Coverage::kNotInspected,
                              .reason = reason,
                              .ran_out = true};
    for (const bool urgent : {true, false}) {
      Content content = some_file();
      content.urgent = urgent;
      const Judgement judgement = inspector.judge(upload(), std::move(content));
      CHECK((judgement.decision.action == rule::Action::kBlock) == urgent);
      CHECK(judgement.incident.has_value() == urgent);
      REQUIRE(judgement.coverage);
      CHECK(judgement.coverage->reason() == reason);
    }
  }
  scanner.answer.outcome.ran_out = false;
  CHECK(inspector.judge(upload(), some_file()).decision.action == rule::Action::kAllow);
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

namespace {

/// One rule that blocks what was not seen for this reason, and nothing else.
std::string blocking(std::string_view reason) {
  return fmt::format(
      "policy: {{id: test, version: '1', mode: enforce}}\nwatch: {{guarded: [/srv]}}\nrules:\n"
      "  - {{id: blind, zh: 未能检查, en: unseen, when: {{channel: [removable, network, file_open, "
      "clipboard], coverage: {}}}, action: block, domains: [it]}}\n",
      reason);
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a rule can act on every reason why something was not seen") {
  using rule::Action;
  using rule::Channel;
  for (const std::string_view reason : rule::keys::kReasons) {
    inspector.put_in_force(in_force(blocking(reason)));
    for (const auto coverage : {extract::Coverage::kPartial, extract::Coverage::kNotInspected}) {
      for (const Channel channel :
           {Channel::kRemovable, Channel::kNetwork, Channel::kFileOpen, Channel::kClipboard}) {
        INFO(reason << " " << rule::to_string(channel));
        rule::Event event = upload();
        event.channel = channel;
        scanner.answer.outcome = {"zip", coverage, std::string(reason), 10};
        const Judgement seen = inspector.judge(event, some_file());
        // A file on a medium is taken off it.
        CHECK(seen.decision.action ==
              (channel == Channel::kRemovable ? Action::kQuarantine : Action::kBlock));
        REQUIRE(seen.incident);
        CHECK(seen.incident->rule() == "blind");
        CHECK(seen.incident->coverage_reason() == reason);
        CHECK(seen.coverage->reason() == reason);
        scanner.answer.outcome.reason = reason == "corrupt" ? "encrypted" : "corrupt";
        CHECK(inspector.judge(event, some_file()).decision.action == Action::kAllow);
      }
    }
    scanner.answer.outcome = {"zip", extract::Coverage::kInspected, "", 10};
    CHECK(inspector.judge(upload(), some_file()).decision.action == Action::kAllow);
  }
}

TEST_CASE("a policy can name every reason that reading a file may end with") {
  for (const std::string_view reason : extract::reasons()) {
    if (reason == "stopped") continue;  // of a refusal that was certain: decided already
    INFO(reason);
    CHECK(std::ranges::find(rule::keys::kReasons, reason) != rule::keys::kReasons.end());
    const rule::LoadReport report =
        rule::load_policy(blocking(reason), "test.yaml", *catalog::Catalog::builtin());
    CHECK(std::ranges::find(report.diagnostics, "W014", &rule::Diagnostic::code) ==
          report.diagnostics.end());
  }
}

namespace {

constexpr std::string_view kCollecting = R"(
policy: {id: test, version: "1", mode: enforce}
watch: {directories: [/srv], guarded: [/srv], teller: {processes: [front]}}
profiles:
  - {id: loan, zh: 贷款, en: loan, elements: [D01, D69], paths: "/srv/loan/*"}
rules:
  - {id: surplus, zh: 多余, en: surplus, when: {surplus: true}, action: audit, domains: [it]}
  - id: consent
    zh: 无授权
    en: no consent
    when: {channel: file_open, elements: D69, authorisation: [missing, expired]}
    action: block
    domains: [credit]
  - {id: seen, zh: 打开, en: opened, when: {channel: file_open, level: C2}, action: audit, domains: [it]}
)";

rule::Event on(rule::Channel channel, std::string path) {
  return {.stage = channel == rule::Channel::kFile ? rule::Stage::kStore : rule::Stage::kUse,
          .channel = channel,
          .time = Time(1'772'000'000'000ms),
          .user = "teller1",
          .path = std::move(path)};
}

detect::Finding of(unsigned element, std::string value) {
  detect::Finding made = resident_id(1);
  made.element = catalog::ElementId(static_cast<std::uint16_t>(element));
  made.value = std::move(value);
  return made;
}

bundle::DigestEntry consent_of(std::string_view value, Time from, Time until) {
  bundle::DigestEntry entry{.from = from, .until = until, .purpose = "贷款审批"};
  std::ranges::copy(record::value_digest(Bytes(32, 7), "D01", value), entry.digest.begin());
  return entry;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "an incident names the profile, the surplus and the stage") {
  inspector.put_in_force(in_force(kCollecting));
  scanner.answer.inspection.findings = {of(1, "11010519491231002X"), of(27, "13800138000"),
                                        of(40, "6222021234567894")};
  const Judgement judgement = inspector.judge(on(rule::Channel::kFile, "/srv/loan/a"), some_file());
  REQUIRE(judgement.incident);
  CHECK(judgement.incident->profile() == "loan");
  CHECK(judgement.incident->stage() == static_cast<unsigned>(rule::Stage::kCollect));
  REQUIRE(judgement.incident->surplus_size() == 2);
  CHECK(judgement.incident->surplus(0) == 27);
  CHECK(judgement.incident->surplus(1) == 40);
  CHECK(judgement.incident->authorisation().empty());
  CHECK_FALSE(judgement.incident->has_teller());
}

TEST_CASE_METHOD(Fixture, "a credit report passes with its customer's consent and not without") {
  const Time now(1'772'000'000'000ms);
  const std::string subject = "11010519491231002X";
  const std::string spouse = "110101199003074514";
  struct Row {
    std::vector<bundle::DigestEntry> list;
    std::vector<detect::Finding> findings;
    std::string authorisation;
    rule::Action action;
    const char* why;
  };
  const Row rows[] = {
      {{}, {of(69, ""), of(1, subject)}, "missing", rule::Action::kBlock, "no list"},
      {{consent_of(spouse, now - 24h, now + 24h)},
       {of(69, ""), of(1, subject)},
       "missing",
       rule::Action::kBlock,
       "another customer's consent"},
      {{consent_of(subject, now - 48h, now - 24h)},
       {of(69, ""), of(1, subject)},
       "expired",
       rule::Action::kBlock,
       "consent that is over"},
      {{consent_of(subject, now + 24h, now + 48h)},
       {of(69, ""), of(1, subject)},
       "expired",
       rule::Action::kBlock,
       "consent that has not begun"},
      {{consent_of(subject, now - 24h, now + 24h)},
       {of(69, ""), of(1, spouse), of(1, subject)},
       "matched",
       rule::Action::kAudit,
       "consent of one who is named"},
      {{consent_of(subject, now - 24h, now + 24h)},
       {of(69, "")},
       "missing",
       rule::Action::kBlock,
       "a report of nobody"},
      {{consent_of(subject, now - 24h, now + 24h)},
       {of(1, subject)},
       "",
       rule::Action::kAudit,
       "no report"},
      {{consent_of(subject, now - 24h, now + 24h)},
       {of(69, ""), of(40, subject)},
       "missing",
       rule::Action::kBlock,
       "the same digits as another element"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    auto force = std::make_shared<InForce>(
        InForce{.policy = in_force(kCollecting)->policy, .catalog = catalog::Catalog::builtin()});
    force->authorisations = bundle::DigestList::make(row.list).value();
    inspector.put_in_force(force);
    scanner.answer.inspection.findings = row.findings;
    const Judgement judgement =
        inspector.judge(on(rule::Channel::kFileOpen, "/srv/report.pdf"), some_file());
    REQUIRE(judgement.incident);
    CHECK(judgement.incident->authorisation() == row.authorisation);
    CHECK(judgement.decision.action == row.action);
  }
}

TEST_CASE("every incident carries the teller who is bound to its user") {
  FakeScanner scanner;
  Inspector inspector(scanner, Secret(Bytes(32, 7)), [](const std::string& user) {
    return user == "teller1" ? rule::Teller{"44010001", "000123", "T07"} : rule::Teller{};
  });
  inspector.put_in_force(in_force(kCollecting));
  scanner.answer.inspection.findings = {of(1, "11010519491231002X")};
  rule::Event event = on(rule::Channel::kFileOpen, "/srv/a");
  Judgement judgement = inspector.judge(event, some_file());
  REQUIRE(judgement.incident);
  CHECK(judgement.incident->teller().institution() == "44010001");
  CHECK(judgement.incident->teller().teller() == "000123");
  CHECK(judgement.incident->teller().terminal() == "T07");
  event.user = "root";
  judgement = inspector.judge(event, some_file());
  REQUIRE(judgement.incident);
  CHECK_FALSE(judgement.incident->has_teller());
}

TEST_CASE_METHOD(Fixture, "what a file's name tells is decided on though its content is not read") {
  inspector.put_in_force(in_force(R"(
policy: {id: test, version: "1", mode: enforce}
watch: {directories: [/srv]}
rules:
  - id: pictures
    zh: 证件影像外发
    en: images of identity documents sent out
    when: {channel: network, elements: [D75]}
    action: block
    domains: [it]
    clauses: [K08]
)"));
  scanner.answer.outcome = {"unknown", extract::Coverage::kNotInspected, "unsupported", 16};
  CHECK(inspector.judge(upload(), some_file()).decision.action == rule::Action::kAllow);
  scanner.answer.inspection.findings = {{.element = catalog::ElementId{75},
                                         .level = catalog::Level::kC2,
                                         .confidence = 0.85,
                                         .where = "身份证正面.jpg",
                                         .value = "身份证正面.jpg"}};
  scanner.answer.inspection.findings_total = 1;
  const Judgement judgement = inspector.judge(upload(), some_file());
  CHECK(judgement.decision.action == rule::Action::kBlock);
  CHECK(judgement.decision.rule == "pictures");
}

}  // namespace huxin::inspect
