#include "agent/discovery.hpp"

#include <unistd.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "agent/watch/open_regular.hpp"
#include "agent/watch/sweep.hpp"
#include "policy/record/chain.hpp"
#include "policy/rule/load.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::must;

constexpr std::string_view kPolicy = R"(
policy: {{id: test, version: "1", mode: enforce}}
watch:
  discover: {{folders: ["{folder}"], at: "12:30", pause_when_busy: false}}
profiles:
  - {{id: loan, zh: 贷款, en: loans, elements: [D01], paths: ["*/loan/*"], keep: 30}}
rules:
  - id: at-rest
    zh: 存放
    en: at rest
    when: {{stage: store, channel: file, level: C2, path: "*/judged/*"}}
    action: {action}
    domains: [it]
  - id: no-consent
    zh: 无授权征信报告
    en: a credit report without consent
    when: {{stage: store, channel: file, path: "*/credit/*", elements: D69, authorisation: [missing, expired]}}
    action: audit
    domains: [credit]
  - id: too-long
    zh: 超期
    en: kept too long
    when: {{overdue: true}}
    action: audit
    domains: [it]
)";

/// Finds one customer in whatever holds "customer", and cannot read what holds "secret".
class WordScanner final : public inspect::Scanner {
 public:
  inspect::ScanResult scan(inspect::ScanJob job) override {
    ++scans;
    std::array<char, 256> buffer{};
    const ssize_t got = ::pread(job.file.get(), buffer.data(), buffer.size(), 0);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, got)));
    inspect::ScanResult result;
    result.outcome.format = "text";
    if (text.contains("customer")) {
      result.inspection.findings.push_back({.element = catalog::ElementId{1},
                                            .level = catalog::Level::kC2,
                                            .confidence = 0.97,
                                            .span = {0, 18},
                                            .where = "A1",
                                            .value = "11010519491231002X",
                                            .customer = 1});
      result.inspection.customers = 1;
      result.inspection.findings_total = 1;
      if (text.contains("report")) {
        result.inspection.findings.push_back({.element = catalog::ElementId{69},
                                              .level = catalog::Level::kC2,
                                              .confidence = 0.97,
                                              .span = {0, 6},
                                              .where = "A1",
                                              .value = "report",
                                              .customer = 1});
        result.inspection.findings_total = 2;
      }
    } else if (text.contains("secret")) {
      result.outcome = {.coverage = extract::Coverage::kNotInspected, .reason = "encrypted"};
    }
    return result;
  }
  std::atomic<int> scans = 0;
};

struct Fixture {
  test::TempDir dir;
  std::filesystem::path tree = dir / "tree";
  std::shared_ptr<test::FakeClock> clock = std::make_shared<test::FakeClock>(SystemClock().now());
  WordScanner scanner;
  inspect::Inspector inspector{scanner, Secret(Bytes(32, 7))};
  std::unique_ptr<journal::Journal> journal =
      must(journal::Journal::open(dir / "journal", Secret(Bytes(32, 3)), {.reserve = 0}));
  Recorder recorder{*journal, clock, [] {}};
  std::unique_ptr<enforce::Quarantine> quarantine =
      must(enforce::Quarantine::open(dir / "vault", Secret(Bytes(32, 5))));
  std::unique_ptr<discover::Inventory> inventory =
      must(discover::Inventory::open(dir / "inventory.db", Secret(Bytes(32, 9)), clock->now()));
  InventoryKeeper keeper{*inventory, clock};
  Desk desk{inspector, recorder, *journal, std::make_shared<watch::OwnProcesses>(), clock, &keeper};
  FileChannel files{desk, *quarantine, 2, 1ms};
  std::unique_ptr<Discovery> discovery;

  explicit Fixture(std::string_view action = "audit", std::uint64_t serial = 0) {
    std::filesystem::create_directories(tree);
    tree = std::filesystem::canonical(tree);
    put_in_force(action, serial);
  }
  /// The list of consents has the scanner's one customer, until this moment.
  bundle::DigestList consent(Time until = Time::max()) const {
    const Bytes known =
        record::value_digest(Secret(Bytes(32, 7)).view(), "D01", "11010519491231002X");
    bundle::DigestEntry entry{.until = until, .purpose = "贷款审批"};
    std::ranges::copy_n(known.begin(), entry.digest.size(), entry.digest.begin());
    return must(bundle::DigestList::make({entry}));
  }
  void put_in_force(std::string_view action, std::uint64_t serial, std::uint8_t digest = 9,
                    bundle::DigestList authorisations = {}) {
    auto made = std::make_shared<inspect::InForce>();
    made->catalog = catalog::Catalog::builtin();
    const std::string text =
        fmt::format(kPolicy, fmt::arg("folder", tree.string()), fmt::arg("action", action));
    const rule::LoadReport report = rule::load_policy(text, "test.yaml", *made->catalog);
    INFO(report.render(text, "test.yaml"));
    REQUIRE(report.ok());
    made->policy = report.policy;
    made->digest = Bytes(32, digest);
    made->serial = serial;
    made->authorisations = std::move(authorisations);
    inspector.put_in_force(made);
  }
  void start() {
    discovery = std::make_unique<Discovery>(Discovery::Parts{.desk = desk,
                                                             .files = files,
                                                             .inventory = *inventory,
                                                             .keeper = keeper,
                                                             .busy = [] { return false; },
                                                             .tick = 5ms});
  }
  record::Inventory run(const std::vector<std::filesystem::path>& folders = {}) {
    if (!discovery) start();
    const std::int64_t number = must(discovery->begin(folders, false));
    std::optional<Result<record::Inventory>> ended;
    REQUIRE(eventually([&] {
      ended = discovery->view(number, 10ms).ended;
      return ended.has_value();
    }));
    return must(std::move(*ended));
  }
  std::vector<record::Payload> told() {
    std::vector<record::Payload> all;
    for (const record::Record& link : must(journal->outbox(500))) {
      REQUIRE(all.emplace_back().ParseFromString(link.payload()));
    }
    return all;
  }
  std::vector<record::Incident> incidents() {
    std::vector<record::Incident> all;
    for (const record::Payload& payload : told())
      if (payload.has_incident()) all.push_back(payload.incident());
    return all;
  }
  std::vector<record::Inventory> sums() {
    std::vector<record::Inventory> all;
    for (const record::Payload& payload : told())
      if (payload.has_inventory()) all.push_back(payload.inventory());
    return all;
  }
};

}  // namespace

TEST_CASE("a run reads what no rule asks for too, judges what one does, and tells the collector") {
  Fixture f;
  f.dir.write("tree/judged/list.csv", "customer");
  f.dir.write("tree/other/list.csv", "customer");
  f.dir.write("tree/other/clean", "nothing");
  f.dir.write("tree/other/locked", "secret");
  const record::Inventory sum = f.run();
  CHECK(sum.files() == 4);
  CHECK(sum.with_findings() == 2);
  CHECK(sum.customers() == 2);
  CHECK(sum.not_inspected().at("encrypted") == 1);
  REQUIRE(f.incidents().size() == 1);
  CHECK(f.incidents().front().path().ends_with("judged/list.csv"));
  REQUIRE(f.sums().size() == 1);
  CHECK(f.sums().front().SerializeAsString() == sum.SerializeAsString());
  for (const record::Payload& payload : f.told())
    CHECK_FALSE(payload.has_coverage());  // no rule asks for what is encrypted there
}

TEST_CASE("the second run reads nothing; after a new policy the files are read and judged again") {
  Fixture f;
  for (int i = 0; i < 20; ++i) f.dir.write(fmt::format("tree/judged/{}", i), "customer");
  CHECK(f.run().unchanged() == 0);
  CHECK(f.scanner.scans == 20);
  CHECK(f.run().unchanged() == 20);
  CHECK(f.scanner.scans == 20);
  CHECK(f.incidents().size() == 20);
  f.put_in_force("audit", 0, 10);
  CHECK(f.run().unchanged() == 0);
  CHECK(f.scanner.scans == 40);
  CHECK(f.incidents().size() == 40);
}

TEST_CASE("what an event told of need not be read again, and what a run judged is not told twice") {
  Fixture f;
  const auto file = f.dir.write("tree/judged/list.csv", "customer");
  const auto change = [&] {
    auto opened = must(watch::open_regular(file));
    return watch::FileChange{watch::swept_event(file, f.clock->now()), file, std::move(opened.file),
                             opened.version};
  };
  f.files.inspect(change());
  CHECK(f.scanner.scans == 1);
  CHECK(f.run().unchanged() == 1);
  CHECK(f.scanner.scans == 1);
  f.files.inspect(change());
  CHECK(f.scanner.scans == 1);
  CHECK(f.incidents().size() == 1);
  // Settled, but not in the inventory: looked at once more, told of no more.
  must(f.inventory->forget(file));
  CHECK(f.run().with_findings() == 1);
  CHECK(f.scanner.scans == 2);
  CHECK(f.incidents().size() == 1);
}

TEST_CASE("what the rules take away is in the vault and no longer in the inventory") {
  Fixture f("quarantine");
  const auto file = f.dir.write("tree/judged/list.csv", "customer");
  const record::Inventory sum = f.run();
  CHECK(sum.files() == 0);
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(f.quarantine->list().size() == 1);
}

TEST_CASE("a credit report whose consent was withdrawn is judged again by the next run, and once") {
  const bool by_date = GENERATE(false, true);
  CAPTURE(by_date);
  Fixture f;
  f.dir.write("tree/credit/report.txt", "report of a customer");
  f.dir.write("tree/credit/other.txt", "lunch");
  f.put_in_force("audit", 0, 9, f.consent(f.clock->now() + std::chrono::hours(24)));
  CHECK(f.run().with_findings() == 1);
  CHECK(f.incidents().empty());
  CHECK(f.run().unchanged() == 2);

  // Somebody else's consent came in: nothing is read for it.
  f.put_in_force("audit", 0, 9, f.consent(f.clock->now() + std::chrono::hours(24)));
  CHECK(f.run().unchanged() == 2);

  if (by_date)
    f.clock->advance(std::chrono::hours(25));
  else
    f.put_in_force("audit", 0);
  const int before = f.scanner.scans;
  CHECK(f.run().unchanged() == 1);
  CHECK(f.scanner.scans == before + 1);
  REQUIRE(f.incidents().size() == 1);
  CHECK(f.incidents()[0].rule() == "no-consent");
  CHECK(f.incidents()[0].path().ends_with("report.txt"));

  CHECK(f.run().unchanged() == 2);
  f.put_in_force("audit", 0, 9, f.consent());
  CHECK(f.run().unchanged() == 2);
  CHECK(f.incidents().size() == 1);
}

TEST_CASE("folders named by hand stand for the policy's, and what cannot be is refused") {
  Fixture f;
  f.dir.write("aside/list.csv", "customer");
  f.dir.write("tree/list.csv", "customer");
  const record::Inventory sum = f.run({f.dir / "aside"});
  CHECK(sum.files() == 1);
  CHECK(f.discovery->begin({f.dir / "absent"}, false).error().code == Errc::kNotFound);
  CHECK(f.discovery->begin({f.dir / "aside/list.csv"}, false).error().code == Errc::kNotFound);
  CHECK(f.discovery->begin({}, true).error().code == Errc::kNotFound);
}

TEST_CASE(
    "the schedule begins a run under a published policy, once, and again when it is due again") {
  Fixture f("audit", 1);
  f.dir.write("tree/list.csv", "customer");
  f.start();
  REQUIRE(eventually([&] { return f.sums().size() == 1; }));
  f.clock->advance(25h);
  REQUIRE(eventually([&] { return f.sums().size() == 2; }));
  CHECK(f.sums().back().unchanged() == 1);
  f.clock->advance(48h);  // a day was missed: made up once
  REQUIRE(eventually([&] { return f.sums().size() == 3; }));
  f.discovery->close();
  CHECK(f.sums().size() == 3);
  CHECK(must(f.inventory->last_begun("schedule")) == f.clock->now());
}

TEST_CASE("what a run by hand met elsewhere is dropped by the next run once it is gone") {
  Fixture f;
  f.dir.write("aside/gone.csv", "customer");
  f.dir.write("aside/there.csv", "customer");
  f.dir.write("tree/other/list.csv", "customer");
  const auto aside = std::filesystem::canonical(f.dir / "aside");
  CHECK(f.run({aside}).files() == 2);
  std::filesystem::remove(aside / "gone.csv");
  CHECK(f.run().files() == 1);
  CHECK(f.sums().back().files() == 2);  // the list, and what is still there
  std::filesystem::remove_all(aside);
  CHECK(f.run().files() == 1);
  CHECK(f.sums().back().files() == 1);
  CHECK(must(f.inventory->size()) == 1);
}

TEST_CASE("the shipped preset's schedule begins nothing") {
  Fixture f("audit", 0);
  f.start();
  f.run();
  f.clock->advance(48h);
  f.run();
  CHECK_FALSE(must(f.inventory->last_begun("schedule")));
}

TEST_CASE("a run that the agent's end cut off goes on at the next start") {
  Fixture f;
  for (int i = 0; i < 300; ++i) f.dir.write(fmt::format("tree/{:03}", i), "customer");
  f.start();
  const std::int64_t number = must(f.discovery->begin({}, false));
  REQUIRE(eventually([&] { return f.scanner.scans >= 70; }));
  f.discovery->close();
  const bool over = f.sums().size() == 1;  // it may have come to its end just then
  f.discovery.reset();
  f.start();
  REQUIRE(eventually([&] { return f.sums().size() == 1; }));
  CHECK(f.sums().front().files() == 300);
  CHECK(f.sums().front().unchanged() == 0);
  CHECK(f.scanner.scans == 300);
  CHECK((over || number == 1));
}

TEST_CASE("a stopped run tells what it found so far and waits to be gone on with") {
  Fixture f;
  for (int i = 0; i < 300; ++i) f.dir.write(fmt::format("tree/{:03}", i), "customer");
  f.start();
  const std::int64_t number = must(f.discovery->begin({}, false));
  REQUIRE(eventually([&] { return f.scanner.scans >= 10; }));
  CHECK(f.discovery->begin({}, false).error().code == Errc::kExists);
  f.discovery->stop(number);
  // The record stands in the journal a moment before the run counts as over.
  REQUIRE(eventually([&] { return f.discovery->view(number, 1ms).ended.has_value(); }));
  REQUIRE(f.sums().size() == 1);
  if (f.sums().front().complete()) SKIP("the run was over before it was stopped");
  CHECK(f.sums().front().files() < 300);
  CHECK(must(f.discovery->begin({}, true)) == number);
  REQUIRE(eventually([&] { return f.sums().size() == 2; }));
  CHECK(f.sums().back().complete());
  CHECK(f.sums().back().run() == f.sums().front().run());
  CHECK(f.scanner.scans == 300);
}

TEST_CASE("a copy past the deadline of its purpose is told of once a day, by the rules for that") {
  Fixture f;
  const auto file = f.dir.write("tree/loan/list.csv", "customer");
  f.dir.write("tree/loan/clean.txt", "nothing");
  f.dir.write("tree/other/list.csv", "customer");
  CHECK(f.run().overdue() == 0);
  CHECK(f.incidents().empty());
  f.clock->advance(std::chrono::days(31));
  REQUIRE(eventually([&] { return f.incidents().size() == 1; }));
  const record::Incident told = f.incidents().front();
  CHECK(told.rule() == "too-long");
  CHECK(told.stage() == static_cast<std::uint32_t>(rule::Stage::kDestroy));
  CHECK(told.operation() == "overdue");
  CHECK(told.profile() == "loan");
  CHECK(told.customers() == 1);
  CHECK(f.run().overdue() == 1);
  CHECK(f.incidents().size() == 1);
  f.clock->advance(24h);
  REQUIRE(eventually([&] { return f.incidents().size() == 2; }));
  std::filesystem::remove(file);
  f.clock->advance(24h);
  CHECK(f.run().overdue() == 0);
  CHECK(f.incidents().size() == 2);
}

}  // namespace huxin::agent
