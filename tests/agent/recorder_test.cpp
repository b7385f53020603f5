#include "agent/recorder.hpp"

#include <catch2/catch_test_macros.hpp>

#include "agent/valid_text.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

constexpr const char* kRaw = "/home/\xFF\xC0\x80/客户.csv\xE5\xAE";

struct Fixture {
  test::TempDir dir;
  std::unique_ptr<journal::Journal> journal =
      journal::Journal::open(dir / "journal", Secret(Bytes(32, 3)), {.reserve = 0}).value();
  int written = 0;
  Recorder recorder{*journal, std::make_shared<SystemClock>(), [this] { ++written; }};

  /// The newest record, read as its receiver does.
  record::Payload newest() const {
    const auto records = journal->outbox(500).value();
    record::Payload payload;
    REQUIRE(payload.ParseFromString(records.back().payload()));
    return payload;
  }
};

record::Incident raw_incident() {
  record::Incident incident;
  incident.set_id(std::string(16, '\xFF'));
  for (auto* text :
       {incident.mutable_rule(), incident.mutable_user(), incident.mutable_process(),
        incident.mutable_path(), incident.mutable_destination(), incident.mutable_operation(),
        incident.mutable_policy_id(), incident.mutable_policy_version(), incident.mutable_outcome(),
        incident.mutable_coverage_reason(), incident.mutable_rule_zh(), incident.mutable_rule_en(),
        incident.add_domains(), incident.add_clauses()})
    *text = kRaw;
  record::Finding& finding = *incident.add_findings();
  finding.set_where(kRaw);
  finding.set_masked(kRaw);
  finding.set_digest(std::string(16, '\xFF'));
  record::TraceStep& step = *incident.add_trace();
  step.set_rule(kRaw);
  step.set_reason(kRaw);
  return incident;
}

}  // namespace

TEST_CASE("whatever bytes names are made of, every record can be read again") {
  Fixture f;
  SECTION("incident") {
    CHECK(f.recorder.incident(raw_incident()));
    const record::Incident incident = f.newest().incident();
    CHECK(incident.path() == "/home/\uFFFD\uFFFD\uFFFD/客户.csv\uFFFD\uFFFD");
    CHECK(incident.findings(0).where() == incident.path());
    CHECK(incident.id() == std::string(16, '\xFF'));
    CHECK(incident.findings(0).digest() == std::string(16, '\xFF'));
  }
  SECTION("outcome") {
    CHECK(f.recorder.outcome(std::string(16, '\xFF'), kRaw));
    CHECK(f.newest().outcome().incident() == std::string(16, '\xFF'));
  }
  SECTION("coverage") {
    f.recorder.blind_spot(rule::Channel::kFile, kRaw, kRaw, kRaw);
    CHECK(f.newest().has_coverage());
  }
  SECTION("status") {
    f.recorder.status(kRaw, kRaw);
    CHECK(f.newest().has_status());
  }
  CHECK(f.written == 1);
}

TEST_CASE("an order whose answer the journal will never take is told to the collector") {
  Fixture f;
  record::OrderResult result;
  result.set_order(std::string(16, '\1'));
  result.set_kind("destroy");
  result.set_outcome("done");
  result.set_certificate(std::string(std::size_t{2} << 20U, 'x'));  // a record has 1 MiB at most
  CHECK_FALSE(f.recorder.order_result(std::move(result), "order/01", "answered"));
  CHECK(f.recorder.refused() == 1);
  CHECK(f.recorder.waiting() == 0);
  CHECK(f.newest().status().code() == "order_unanswered");
  CHECK(f.newest().status().detail().starts_with("destroy 01010101010101010101010101010101: "));
  CHECK_FALSE(f.journal->get("order/01")->has_value());  // the next start goes on with it
}

TEST_CASE("why an act failed names the file without the numbers in its name") {
  Fixture f;
  constexpr std::string_view kWhy = "failed: /home/t/张三110101199003074514.xlsx changed";
  constexpr std::string_view kNumber = "110101199003074514";
  CHECK(f.recorder.outcome(std::string(16, '\1'), kWhy));
  CHECK_FALSE(f.newest().outcome().outcome().contains(kNumber));
  CHECK(f.newest().outcome().outcome().ends_with(".xlsx changed"));
  f.recorder.blind_spot(rule::Channel::kFileOpen, "open_deadline", kWhy, "");
  CHECK_FALSE(f.newest().coverage().path().contains(kNumber));
  record::OrderResult result;
  result.set_order(std::string(16, '\1'));
  result.set_kind("release");
  result.set_outcome(std::string(kWhy));
  CHECK(f.recorder.order_result(std::move(result), "order/01", "answered"));
  CHECK_FALSE(f.newest().order_result().outcome().contains(kNumber));
}

TEST_CASE("text that is valid stays as it is") {
  struct Row {
    std::string text, valid;
    const char* reason;
  };
  const Row rows[] = {
      {"", "", "nothing"},
      {"客户 abc 𠮷", "客户 abc 𠮷", "one to four bytes a character"},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", "a surrogate"},
      {"a\xFF", "a\uFFFD", "at the end"},
      {"\xFF\xFF", "\uFFFD\uFFFD", "nothing but"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    std::string text = row.text;
    make_valid(text);
    CHECK(text == row.valid);
  }
}

}  // namespace huxin::agent
