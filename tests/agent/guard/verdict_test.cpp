// An early refusal against the decision over everything, over random policies and documents.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "agent/guard/reply_reader.hpp"
#include "agent/guard/scan_job.hpp"
#include "agent/inspect/inspector.hpp"
#include "policy/rule/load.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::guard {
namespace {

using namespace std::chrono_literals;
using Random = std::mt19937;

const Time kNow{1'772'000'000'000ms};  // 2026-02-25

Fd content_of(const std::string& text) {
  Fd file(::memfd_create("content", MFD_CLOEXEC));
  if (::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) return {};
  return file;
}

/// The real extraction and detection, in place.
class InPlaceScanner final : public inspect::Scanner {
 public:
  inspect::ScanResult scan(inspect::ScanJob job) override {
    static const auto detector =
        detect::Detector::build(
            catalog::Catalog::builtin(),
            {.cache = test::pattern_cache(), .min_confidence = 0.3, .max_findings = 2'000})
            .value();
    static const auto context = detector->context();
    ScanRequest request;
    request.set_id(1);
    request.set_name(job.name);
    request.set_today_ms(kNow.time_since_epoch().count());
    request.set_deadline_ms(600'000);
    request.set_max_bytes(256U << 20U);
    request.set_max_output(256U << 20U);
    add_enough(job.enough, request);
    ReplyReader reader(1, 10'000);
    known::PrintMatcher nothing(nullptr, {});
    ScanJobRunner(*detector, *context, nothing).run(request, job.file, [&](const auto& reply) {
      return reader.take(reply.SerializeAsString()).has_value();
    });
    return std::move(reader).result();
  }
};

int upto(Random& random, int most) { return std::uniform_int_distribution(0, most)(random); }

std::string identity(int person) {
  constexpr std::array kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  std::string id = fmt::format("11010519{:02}{:02}{:02}{:03}", 60 + person % 60, person % 12 + 1,
                               person % 28 + 1, person % 1000);
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (id[i] - '0') * kWeights[i];
  return id + "10X98765432"[sum % 11];
}

std::string mobile(int person) { return fmt::format("138{:08}", person); }

/// A line about somebody, from little to much; later ones may prove two people to be one.
std::string line(Random& random, int people) {
  const int a = upto(random, people);
  const int b = upto(random, people);
  switch (upto(random, 6)) {
    case 0:
      return fmt::format("张伟,{},{}\n", identity(a), mobile(a));
    case 1:
      return fmt::format("{},{}\n", mobile(a), mobile(b));
    case 2:
      return fmt::format("\n身份证号：{}\n手机：{}\n", identity(a), mobile(a));
    case 3:
      return fmt::format("\n手机 {} 邮箱 user{}@example.com\n", mobile(a), b);
    case 4:
      return fmt::format("\n{} {}\n", identity(a), mobile(b));
    case 5:
      return fmt::format("\n登录密码：Xk9#{}vQ!\n", a);
    default:
      return "本行业务办理正常，没有需要登记的内容。\n";
  }
}

/// Some chunks of 64 KiB, since only between two of them looking can end.
std::string document(Random& random) {
  const int people = upto(random, 2) == 0 ? upto(random, 30) : upto(random, 3'000);
  const auto size = static_cast<std::size_t>(upto(random, 260)) << 10U;
  std::string text;
  if (upto(random, 2) == 0) text = "姓名,身份证号,手机号\n";
  if (upto(random, 5) == 0) text += "个人信用报告\n\n报告编号：2026010100001\n\n";
  while (text.size() < size) text += line(random, people);
  return text;
}

std::string rule(Random& random, int number) {
  static constexpr std::array kElements{"D01", "D25", "D27", "D31", "D49", "D69", "D84", "D86"};
  static constexpr std::array kActions{"audit", "mask", "block", "quarantine"};
  std::string when = "channel: file_open";
  if (upto(random, 2) == 0) {
    when += fmt::format(", elements: [{}, {}]", kElements[static_cast<std::size_t>(number) % 8],
                        kElements[static_cast<std::size_t>(upto(random, 7))]);
    if (when.substr(when.size() - 4, 3) == when.substr(when.size() - 9, 3))
      when.replace(when.size() - 6, 5, "");
  }
  if (upto(random, 2) == 0) when += upto(random, 3) == 0 ? ", level: C3" : ", level: C2";
  if (upto(random, 1) == 0) when += fmt::format(", customers: {}", 1 << upto(random, 11));
  if (upto(random, 3) == 0) when += fmt::format(", findings: {}", 1 << upto(random, 11));
  if (upto(random, 6) == 0) when += ", exact: true";
  if (upto(random, 6) == 0) when += ", coverage: [stopped, corrupt, too_large]";
  if (upto(random, 6) == 0) when += ", not: {user: teller1}";
  if (upto(random, 9) == 0) when += ", elements: D69, authorisation: [missing]";
  return fmt::format(
      "  - {{id: r{}, zh: 规则, en: rule, when: {{{}}}, action: {}, domains: [it], "
      "clauses: [K08]}}\n",
      number, when, kActions[static_cast<std::size_t>(upto(random, 3))]);
}

/// Null where the random words make no policy.
std::shared_ptr<const inspect::InForce> policy(Random& random) {
  std::string yaml = fmt::format(
      "policy: {{id: test, version: \"1\", mode: {}}}\n"
      "inspection: {{min_confidence: 0.{}}}\nwatch: {{guarded: [/srv]}}\nrules:\n",
      upto(random, 5) == 0 ? "simulate" : "enforce", 3 + upto(random, 6));
  for (int i = upto(random, 3); i >= 0; --i) yaml += rule(random, i);
  auto made = std::make_shared<inspect::InForce>();
  made->catalog = catalog::Catalog::builtin();
  const rule::LoadReport report = rule::load_policy(yaml, "test.yaml", *made->catalog);
  if (!report.ok()) return nullptr;
  made->policy = report.policy;
  return made;
}

rule::Event open_event() {
  return {.stage = rule::Stage::kUse,
          .channel = rule::Channel::kFileOpen,
          .time = kNow,
          .user = "teller1",
          .path = "/srv/list.txt",
          .operation = "open"};
}

bool refused(const inspect::Judgement& judgement) {
  return judgement.decision.action >= rule::Action::kBlock;
}

TEST_CASE("an open is refused early where, and only where, it is refused in the end") {
#ifdef HUXIN_SANITIZED
  constexpr int kRounds = 24;
#else
  constexpr int kRounds = 120;
#endif
  Random random(20'261'129);
  InPlaceScanner scanner;
  inspect::Inspector inspector(scanner, Secret(Bytes(32, 7)));
  int early = 0;
  int late = 0;
  int allowed = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = document(random);
    for (int policies = 0; policies < 4; ++policies) {
      const auto by = policy(random);
      if (!by) continue;
      const auto judge = [&](bool refuse_early) {
        return inspector.judge(
            open_event(),
            {.file = content_of(text), .name = "list.txt", .refuse_early = refuse_early}, by);
      };
      const inspect::Judgement whole = judge(false);
      const inspect::Judgement asked = judge(true);
      INFO("round " << round << ", policy " << policies);
      REQUIRE(refused(asked) == refused(whole));
      REQUIRE_FALSE(whole.early);
      early += asked.early ? 1 : 0;
      late += refused(asked) && !asked.early ? 1 : 0;
      allowed += refused(asked) ? 0 : 1;
      if (asked.early) {
        REQUIRE(refused(asked));
        REQUIRE_FALSE(asked.coverage);
      } else {
        REQUIRE(asked.decision.rule == whole.decision.rule);
        REQUIRE(asked.decision.severity == whole.decision.severity);
        REQUIRE(asked.scan.inspection.customers == whole.scan.inspection.customers);
        REQUIRE(asked.scan.inspection.findings_total == whole.scan.inspection.findings_total);
      }
    }
  }
  CAPTURE(early, late, allowed);
  CHECK(early > kRounds / 6);
  CHECK(late > kRounds / 12);
  CHECK(allowed > kRounds / 6);
}

TEST_CASE("a list of 100 MB is refused for its first few kilobytes") {
  InPlaceScanner scanner;
  inspect::Inspector inspector(scanner, Secret(Bytes(32, 7)));
  auto by = std::make_shared<inspect::InForce>();
  by->catalog = catalog::Catalog::builtin();
  by->policy = rule::load_policy(
                   "policy: {id: t, version: \"1\", mode: enforce}\nwatch: {guarded: [/srv]}\n"
                   "rules:\n  - {id: r, zh: 名单, en: list, when: {channel: file_open, level: C2, "
                   "customers: 10}, action: block, domains: [it], clauses: [K08]}\n",
                   "test.yaml", *by->catalog)
                   .policy;
  REQUIRE(by->policy);
  std::string block = "姓名,身份证号,手机号\n";
  for (int person = 0; block.size() < (std::size_t{1} << 20U); ++person)
    block += fmt::format("张伟,{},{}\n", identity(person), mobile(person));
  Fd file(::memfd_create("list", MFD_CLOEXEC));
  for (int i = 0; i < 100; ++i)
    REQUIRE(::write(file.get(), block.data(), block.size()) == static_cast<ssize_t>(block.size()));
  const auto judgement = inspector.judge(
      open_event(), {.file = std::move(file), .name = "list.csv", .refuse_early = true}, by);
  CHECK(judgement.early);
  CHECK(refused(judgement));
  CHECK(judgement.scan.inspection.customers >= 10);
  CHECK(judgement.scan.inspection.findings_total < 10'000);  // of some 4 million
  REQUIRE(judgement.incident);
  CHECK(judgement.incident->coverage_reason() == "stopped");
}

}  // namespace
}  // namespace huxin::guard
