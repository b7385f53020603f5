#include "agent/file_channel.hpp"

#include <sys/stat.h>

#include <condition_variable>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "agent/watch/open_regular.hpp"
#include "agent/watch/sweep.hpp"
#include "policy/rule/load.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPolicy = R"(
policy: {id: test, version: "1", mode: enforce}
watch: {directories: [/srv]}
rules:
  - id: at-rest
    zh: 存放
    en: at rest
    when: {channel: file, level: C2, customers: 1}
    action: quarantine
    domains: [it]
    clauses: [K08]
)";

/// Answers from a list of reasons, the last one for ever; "found" finds a customer. Can be held up.
class FakeScanner final : public inspect::Scanner {
 public:
  inspect::ScanResult scan(inspect::ScanJob) override {
    std::unique_lock lock(mutex);
    ++scans;
    changed.notify_all();
    changed.wait(lock, [this] { return !held; });
    const std::string reason = answers.front();
    if (answers.size() > 1) answers.erase(answers.begin());
    inspect::ScanResult result;
    if (reason == "found") {
      result.inspection.findings.push_back({.element = catalog::ElementId{1},
                                            .level = catalog::Level::kC2,
                                            .confidence = 0.97,
                                            .span = {0, 18},
                                            .where = "list.csv!A1",
                                            .value = "11010519491231002X",
                                            .customer = 1});
      result.inspection.customers = 1;
      result.inspection.findings_total = 1;
    } else if (!reason.empty()) {
      result.outcome = {.coverage = extract::Coverage::kNotInspected,
                        .reason = reason,
                        .ran_out = reason != "encrypted"};
    }
    return result;
  }
  bool wait_for_scans(int count) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, 10s, [&] { return scans >= count; });
  }
  void hold(bool on) {
    const std::lock_guard lock(mutex);
    held = on;
    changed.notify_all();
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> answers{""};
  int scans = 0;
  bool held = false;
};

/// A journal whose appends can be made to fail.
class FailingJournal final : public journal::Journal {
 public:
  explicit FailingJournal(std::unique_ptr<journal::Journal> real) : real_(std::move(real)) {}
  Result<std::uint64_t> append(const record::Payload& payload,
                               const std::optional<FileVersion>& settles,
                               std::string_view digest) override {
    if (full) return fail(Errc::kNoSpace, "full");
    return real_->append(payload, settles, digest);
  }
  Result<std::uint64_t> append_with(const record::Payload& payload, std::string_view name,
                                    std::string_view value) override {
    if (full) return fail(Errc::kNoSpace, "full");
    return real_->append_with(payload, name, value);
  }
  Status settle(const FileVersion& version, std::string_view digest) override {
    return real_->settle(version, digest);
  }
  Result<bool> settled(const FileVersion& version, std::string_view digest) override {
    return real_->settled(version, digest);
  }
  Result<std::vector<record::Record>> outbox(std::size_t limit) override {
    return real_->outbox(limit);
  }
  Status acknowledge(std::uint64_t through) override { return real_->acknowledge(through); }
  Result<std::uint64_t> outbox_size() override { return real_->outbox_size(); }
  Result<Head> head() override { return real_->head(); }
  Status verify() override { return real_->verify(); }
  Status maintain() override { return real_->maintain(); }
  Status put(std::string_view name, std::string_view value) override {
    return real_->put(name, value);
  }
  Result<std::optional<std::string>> get(std::string_view name) override {
    return real_->get(name);
  }
  Result<std::vector<std::pair<std::string, std::string>>> values(
      std::string_view prefix) override {
    return real_->values(prefix);
  }
  Status forget(std::string_view name) override { return real_->forget(name); }

  std::atomic<bool> full = false;

 private:
  std::unique_ptr<journal::Journal> real_;
};

struct Fixture {
  test::TempDir dir;
  std::filesystem::path file = dir.write("desk/list.csv", "11010519491231002X");
  std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
  FakeScanner scanner;
  inspect::Inspector inspector{scanner, Secret(Bytes(32, 7))};
  FailingJournal journal{
      journal::Journal::open(dir / "journal", Secret(Bytes(32, 3)), {.reserve = 0}).value()};
  Recorder recorder{journal, clock, [] {}};
  std::unique_ptr<enforce::Quarantine> quarantine =
      enforce::Quarantine::open(dir / "vault", Secret(Bytes(32, 5))).value();
  FileChannel channel{
      {inspector, recorder, journal, std::make_shared<watch::OwnProcesses>(), clock},
      *quarantine,
      2,
      1ms};

  Fixture() { put_in_force(kPolicy); }

  void put_in_force(std::string_view policy) {
    auto made = std::make_shared<inspect::InForce>();
    made->catalog = catalog::Catalog::builtin();
    const rule::LoadReport report = rule::load_policy(policy, "test.yaml", *made->catalog);
    INFO(report.render(policy, "test.yaml"));
    REQUIRE(report.ok());
    made->policy = report.policy;
    made->digest = Bytes(32, 9);
    inspector.put_in_force(made);
  }

  watch::FileChange change() const {
    auto opened = watch::open_regular(file);
    REQUIRE(opened);
    return {watch::swept_event(file, clock->now()), file, std::move(opened->file), opened->version};
  }
  bool settled(const FileVersion& version) {
    return journal.settled(version, as_text(inspector.in_force()->digest)).value();
  }
  std::vector<record::Payload> payloads() {
    std::vector<record::Payload> all;
    for (const record::Record& link : journal.outbox(500).value()) {
      REQUIRE(all.emplace_back().ParseFromString(link.payload()));
    }
    return all;
  }
};

bool eventually(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace

TEST_CASE("two threads that find the same version judge it once and record one incident") {
  Fixture f;
  f.scanner.answers = {"found"};
  f.scanner.hold(true);
  std::jthread first([&, change = f.change()]() mutable { f.channel.inspect(std::move(change)); });
  REQUIRE(f.scanner.wait_for_scans(1));
  f.channel.inspect(f.change());  // returns at once: the other thread has it
  f.scanner.hold(false);
  first.join();
  CHECK(f.scanner.scans == 1);
  const auto told = f.payloads();
  REQUIRE(told.size() == 2);
  CHECK(told[0].incident().outcome() == "pending");
  CHECK(told[1].outcome().outcome() == "quarantined");
  CHECK(told[1].outcome().incident() == told[0].incident().id());
  CHECK(f.quarantine->list().size() == 1);
  CHECK_FALSE(std::filesystem::exists(f.file));
}

TEST_CASE(
    "a file that no worker could look at is tried twice more, then settled as not inspected") {
  for (const char* reason : {"timeout", "no_worker", "worker_crashed"}) {
    INFO(reason);
    Fixture f;
    f.scanner.answers = {reason};
    watch::FileChange change = f.change();
    const FileVersion version = change.version;
    f.channel.inspect(std::move(change));
    REQUIRE(eventually([&] { return f.settled(version); }));
    CHECK(f.scanner.scans == 3);
    const auto told = f.payloads();
    REQUIRE(told.size() == 1);
    CHECK(told[0].coverage().reason() == reason);
  }
}

TEST_CASE("a worker that is back finds what the last one missed") {
  Fixture f;
  f.scanner.answers = {"worker_crashed", "found"};
  watch::FileChange change = f.change();
  const FileVersion version = change.version;
  f.channel.inspect(std::move(change));
  REQUIRE(eventually([&] { return f.settled(version); }));
  CHECK(f.scanner.scans == 2);
  CHECK(f.payloads().size() == 2);
  CHECK(f.quarantine->list().size() == 1);
}

TEST_CASE("what cannot be inspected for good is settled at once") {
  Fixture f;
  f.scanner.answers = {"encrypted"};
  watch::FileChange change = f.change();
  const FileVersion version = change.version;
  f.channel.inspect(std::move(change));
  CHECK(f.settled(version));
  CHECK(f.scanner.scans == 1);
}

TEST_CASE("a watched folder that is missing is named, until it is there") {
  Fixture f;
  std::string policy(kPolicy);
  const std::string late = (f.dir / "late").string();
  policy.replace(policy.find("[/srv]"), 6,
                 fmt::format("['{}', '{}']", f.dir.path().string(), late));
  f.put_in_force(policy);
  if (const Status watching = f.channel.watch(); !watching) SKIP(watching.error().context);
  CHECK(f.channel.state() == "degraded: 1 of 2 watched paths missing: " + late);
  std::filesystem::create_directory(late);
  CHECK(f.channel.state() == "ok");
}

TEST_CASE("nothing is moved before its incident is on disk, and it is found again") {
  Fixture f;
  f.scanner.answers = {"found"};
  watch::FileChange change = f.change();
  const FileVersion version = change.version;
  f.journal.full = true;
  f.channel.inspect(std::move(change));
  CHECK(std::filesystem::exists(f.file));
  CHECK_FALSE(f.settled(version));
  f.journal.full = false;
  f.recorder.retry();
  const auto told = f.payloads();
  REQUIRE(told.size() == 2);
  CHECK(told[1].outcome().outcome().starts_with("failed: put off"));
  f.channel.inspect(f.change());
  CHECK_FALSE(std::filesystem::exists(f.file));
  CHECK(f.settled(version));
}

}  // namespace huxin::agent
