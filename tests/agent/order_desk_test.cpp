#include "agent/order_desk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "agent/guard/reply_reader.hpp"
#include "agent/guard/scan_job.hpp"
#include "certs/destruction/certificate.hpp"
#include "policy/frame/signed_frame.hpp"
#include "policy/record/chain.hpp"
#include "tests/agent/enforce/crashing_ops.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/pattern_cache.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using enforce::CrashingOps;
using enforce::dies;
using enforce::Moment;
using test::eventually;
using test::must;

constexpr std::string_view kList =
    "客户姓名,手机号码\n张伟,13800138000\n王芳,13912345678\n李娜,13700001111\n";
/// Name, identity card, mobile and address: an identification record.
constexpr std::string_view kForm =
    "客户姓名,身份证号码,手机号码,家庭住址\n"
    "张伟,11010519491231002X,13800138000,北京市朝阳区建国路88号院3号楼2单元501室\n";

/// The real extraction and detection, in place; can be told that no worker is there.
class InPlaceScanner final : public inspect::Scanner {
 public:
  inspect::ScanResult scan(inspect::ScanJob job) override {
    ++scans;
    if (scans <= absent)
      return {.outcome = {.coverage = extract::Coverage::kNotInspected,
                          .reason = "no_worker",
                          .ran_out = true}};
    static const auto detector = must(
        detect::Detector::build(catalog::Catalog::builtin(), {.cache = test::pattern_cache()}));
    const auto context = detector->context();
    guard::ScanRequest request;
    request.set_id(1);
    request.set_name(job.name);
    request.set_today_ms(SystemClock().now().time_since_epoch().count());
    request.set_max_bytes(64U << 20U);
    request.set_deadline_ms(60'000);
    request.set_max_output(256U << 20U);
    request.set_max_ratio(200);
    request.set_max_entries(10'000);
    request.set_max_depth(8);
    guard::ReplyReader reader(1, 10'000);
    known::PrintMatcher nothing(nullptr, {});
    guard::ScanJobRunner(*detector, *context, nothing)
        .run(request, job.file,
             [&](const auto& reply) { return reader.take(reply.SerializeAsString()).has_value(); });
    return std::move(reader).result();
  }
  std::atomic<int> scans = 0;
  std::atomic<int> absent = 0;  ///< the first so many are not answered
};

class SettableClock final : public Clock {
 public:
  Time now() const override { return Time(std::chrono::milliseconds(ms)); }
  std::atomic<std::int64_t> ms = SystemClock().now().time_since_epoch().count();
};

/// What outlives the agent: the bank, and the terminal's disk.
struct World {
  test::Bank bank;
  frame::SigningKey key = must(frame::make_signing_key());
  certs::Identity identity = bank.terminal("T-1");
  Secret digest_key{Bytes(32, 9)};
  test::TempDir dir;
  fs::path home = dir / "home";
  SettableClock clock;

  World() {
    fs::create_directories(home);
    fs::create_directories(dir / "tmp");
  }
  fs::path write(std::string_view name, std::string_view content) const {
    return dir.write("home/" + std::string(name), content);
  }
  order::Order destruction(std::vector<order::Target> targets,
                           order::Copies copies = order::Copies::kDestroy) const {
    return {.id = random_bytes(16),
            .terminal = "T-1",
            .issued = clock.now(),
            .expires = clock.now() + std::chrono::days(7),
            .reason = "客户撤回同意",
            .executor = "li.na",
            .supervisor = "wang.wei",
            .what = order::Destroy{.targets = std::move(targets), .copies = copies}};
  }
  order::Order release(std::string_view incident) const {
    order::Order order = destruction({});
    const ByteView id = as_bytes(incident);
    order.what = order::Release{.incident = Bytes(id.begin(), id.end()), .to = ""};
    return order;
  }
  order::Order cancel(const order::Order& other) const {
    order::Order order = destruction({});
    order.executor = "zhao.min";
    order.supervisor.clear();
    order.what = order::Cancel{other.id};
    return order;
  }
  Bytes sign(const order::Order& order) const { return must(order::sign(order, key.private_key)); }
  destruction::Verified verify(const record::OrderResult& result) const {
    return must(destruction::verify(result.certificate(), bank.root(), key.public_key));
  }
};

/// One run of the terminal's agent, as far as orders go.
struct Run {
  World& world;
  InPlaceScanner scanner;
  std::shared_ptr<inspect::InForce> in_force = std::make_shared<inspect::InForce>();
  std::unique_ptr<journal::Journal> journal =
      must(journal::Journal::open(world.dir / "journal", Secret(Bytes(32, 3)), {.reserve = 0}));
  Recorder recorder{*journal, std::make_shared<SystemClock>(), [] {}};
  std::unique_ptr<enforce::Quarantine> quarantine;
  std::unique_ptr<enforce::Destroyer> destroyer;
  FileClocks clocks{scanner, retention::Table::builtin(), [this] { return in_force; },
                    world.digest_key, world.clock};
  std::vector<fs::path> released, gone;
  std::unique_ptr<OrderDesk> desk;

  explicit Run(World& w, std::unique_ptr<enforce::FileOps> vault_ops = enforce::system_file_ops(),
               std::unique_ptr<enforce::FileOps> destroy_ops = enforce::system_file_ops())
      : world(w),
        quarantine(must(enforce::Quarantine::open(w.dir / "vault", Secret(Bytes(32, 5)),
                                                  std::move(vault_ops)))),
        destroyer(must(enforce::Destroyer::open(w.dir / "destroy", w.digest_key.duplicate(),
                                                std::move(destroy_ops)))) {}

  void open() {
    desk = std::make_unique<OrderDesk>(OrderDesk::Parts{
        .terminal = "T-1",
        .hostname = "柜面-3",
        .policy_key = world.key.public_key,
        .identity =
            [this] {
              return certs::Identity{world.identity.certificate, world.identity.chain,
                                     world.identity.private_key.duplicate()};
            },
        .journal = *journal,
        .recorder = recorder,
        .tools = {*quarantine, *destroyer, clocks, world.digest_key, world.clock,
                  [this] {
                    return enforce::ResiduePlaces{
                        .homes = {{.path = world.home, .uid = ::getuid()}},
                        .mounts = {},
                        .temporary = {world.dir / "tmp"}};
                  },
                  [this](const fs::path& path) { gone.push_back(path); }},
        .released = [this](const fs::path& path) { released.push_back(path); },
        .retry_pause = 1ms});
  }
  ~Run() { desk.reset(); }

  std::vector<record::Payload> payloads() {
    std::vector<record::Payload> all;
    for (const record::Record& record : must(journal->outbox(500)))
      REQUIRE(all.emplace_back().ParseFromString(record.payload()));
    return all;
  }
  std::vector<record::OrderResult> results() {
    std::vector<record::OrderResult> all;
    for (const record::Payload& payload : payloads()) {
      if (payload.has_order_result()) all.push_back(payload.order_result());
    }
    return all;
  }
  /// Takes an order and waits for its answer.
  record::OrderResult carry_out(const order::Order& order) {
    if (!desk) open();
    const std::size_t before = results().size();
    desk->take(world.sign(order));
    REQUIRE(eventually([&] { return results().size() > before; }));
    CHECK(results().back().order() == as_text(order.id));
    return results().back();
  }
  /// Puts a file into quarantine for an incident.
  void quarantine_file(const fs::path& path, const std::string& incident) {
    struct stat info{};
    REQUIRE(::lstat(path.c_str(), &info) == 0);
    REQUIRE(quarantine->take(path, version_of(info), incident));
    REQUIRE(quarantine->told(incident));
  }
};

const std::string kIncident(16, '\x42');

}  // namespace

TEST_CASE("an order destroys a file and what is left of it, and the certificate says all of it") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  world.write("客户.csv~", kList);
  world.write(".~lock.客户.csv#", ",teller,host;");
  world.dir.write("tmp/lu1.tmp", kList);
  const auto result = run.carry_out(world.destruction({{file, {}}}));
  CHECK(result.outcome() == "done");
  CHECK(result.kind() == "destroy");
  CHECK_FALSE(fs::exists(file));
  CHECK(fs::is_empty(world.home));
  CHECK(fs::is_empty(world.dir / "tmp"));
  CHECK(run.gone.size() == 4);
  CHECK(run.gone.front() == file);

  const destruction::Verified verified = world.verify(result);
  const order::Statement& said = verified.statement;
  CHECK(said.terminal == "T-1");
  CHECK(said.hostname == "柜面-3");
  CHECK(said.executor == "li.na");
  CHECK(said.supervisor == "wang.wei");
  CHECK(said.reason == "客户撤回同意");
  CHECK(said.method == "overwrite");
  REQUIRE(said.items.size() == 1);
  CHECK(said.items[0].fate == order::Fate::kDestroyed);
  CHECK(said.items[0].path == file);
  CHECK(said.items[0].bytes == kList.size());
  CHECK(said.items[0].method == "overwrite");
  CHECK(said.items[0].digest == enforce::content_digest(world.digest_key, sha256(as_bytes(kList))));
  REQUIRE(said.residue.size() == 3);
  for (const order::Residue& residue : said.residue) CHECK(residue.result == "destroyed");
  REQUIRE(said.clocks.size() == 1);
  CHECK(said.clocks[0].record == "personal_information");
  CHECK(said.clocks[0].verdict == "delete");
  CHECK(said.note.contains("固态硬盘"));
  CHECK_FALSE(result.certificate().contains("13800138000"));
  CHECK(eventually([&] { return run.destroyer->untold().empty(); }));
}

TEST_CASE("traces are only told of when the order says so, and what a term keeps is kept") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  const fs::path copy = world.write("副本.csv", kList);
  const auto reported = run.carry_out(world.destruction({{file, {}}}, order::Copies::kReport));
  CHECK(reported.outcome() == "done");
  CHECK(fs::exists(copy));
  CHECK(run.gone == std::vector{file});
  const auto said = world.verify(reported).statement.residue;
  REQUIRE(said.size() == 1);
  CHECK(said[0] == order::Residue{.path = copy, .kind = "copy", .result = "reported"});

  // A backup that is another content, and one that must be kept.
  const fs::path kept = world.write("副本.csv~", kForm);
  const auto second = run.carry_out(world.destruction({{copy, {}}}));
  CHECK(second.outcome() == "done");
  CHECK(fs::exists(kept));
  const auto then = world.verify(second).statement.residue;
  REQUIRE(then.size() == 1);
  CHECK(then[0].result.starts_with("reported: "));
  CHECK(then[0].result.contains("反洗钱法 34"));
}

TEST_CASE("a file in quarantine is destroyed by its incident") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  run.quarantine_file(file, kIncident);
  const Bytes incident(16, 0x42);
  const auto result = run.carry_out(world.destruction({{file, incident}}));
  CHECK(result.outcome() == "done");
  CHECK(run.quarantine->list().empty());
  CHECK(eventually([&] { return run.quarantine->left().empty(); }));  // told after the answer
  const auto said = world.verify(result).statement;
  CHECK(said.items[0].incident == to_hex(incident));
  CHECK(said.items[0].bytes == kList.size());
  CHECK(said.items[0].digest == enforce::content_digest(world.digest_key, sha256(as_bytes(kList))));
  CHECK(said.items[0].fate == order::Fate::kDestroyed);
}

TEST_CASE("an order releases a file from quarantine, once") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  run.quarantine_file(file, kIncident);
  CHECK(run.carry_out(world.release(kIncident)).outcome() == "done");
  CHECK(read_file(file).value() == kList);
  CHECK(run.released == std::vector<fs::path>{file});
  CHECK(eventually([&] { return run.quarantine->left().empty(); }));
  const auto again = run.carry_out(world.release(kIncident));
  CHECK(again.outcome().starts_with("failed: "));
  CHECK(again.certificate().empty());
}

TEST_CASE("an order that is none for this terminal now is refused and recorded, once") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  run.open();
  struct Row {
    const char* reason;
    std::function<void(order::Order&)> spoil;
    const char* said;
  };
  const Row rows[] = {
      {"another terminal's", [](order::Order& o) { o.terminal = "T-2"; }, "another terminal"},
      {"expired",
       [](order::Order& o) {
         o.issued -= std::chrono::days(8);
         o.expires -= std::chrono::days(8);
       },
       "expired"},
      {"not yet valid", [](order::Order& o) { o.issued += std::chrono::hours(1); }, "not valid"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    order::Order order = world.destruction({{file, {}}});
    row.spoil(order);
    const auto result = run.carry_out(order);
    CHECK(result.outcome().starts_with("refused: "));
    CHECK(result.refusal() == "order");
    CHECK(result.outcome().contains(row.said));
    CHECK(result.certificate().empty());
    const std::size_t before = run.results().size();
    run.desk->take(world.sign(order));  // it comes with each heartbeat until it is acknowledged
    CHECK(run.results().size() == before);
  }
  CHECK(read_file(file).value() == kList);
}

TEST_CASE("an order that was not begun is cancelled by another, and is never carried out") {
  World world;
  const fs::path file = world.write("客户.csv", kList);
  const order::Order order = world.destruction({{file, {}}});
  {
    Run run(world);
    run.scanner.absent = 1'000'000;  // no worker: the order waits and is tried again
    run.open();
    run.desk->take(world.sign(order));
    REQUIRE(eventually([&] { return run.scanner.scans > 0; }));
    // Between two tries it is not begun. In the middle of one it is, and the next cancel gets it.
    order::Order cancel = world.cancel(order);
    record::OrderResult result = run.carry_out(cancel);
    while (result.outcome().starts_with("refused: ")) {
      CHECK(result.outcome().contains("too late"));
      cancel = world.cancel(order);
      result = run.carry_out(cancel);
    }
    CHECK(result.outcome() == "done");
    CHECK(result.kind() == "cancel");
    const std::size_t answers = run.results().size();
    run.desk->take(world.sign(cancel));  // again with the next heartbeat
    CHECK(run.results().size() == answers);
    CHECK(run.carry_out(world.cancel(order)).outcome() == "done");  // somebody else's, too
  }
  Run run(world);
  run.open();
  run.desk->take(world.sign(order));  // the next start, and a late delivery
  const fs::path other = world.write("另.csv", "11010519491231002X");  // no copy of it
  CHECK(run.carry_out(world.destruction({{other, {}}})).outcome() == "done");
  REQUIRE(fs::exists(file));
  CHECK(read_file(file).value() == kList);
}

TEST_CASE("a cancel that comes before its order stops it, and one that comes after it is late") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  const order::Order order = world.destruction({{file, {}}});
  CHECK(run.carry_out(world.cancel(order)).outcome() == "done");
  run.desk->take(world.sign(order));
  const fs::path other = world.write("另.csv", "11010519491231002X");
  const order::Order second = world.destruction({{other, {}}});
  CHECK(run.carry_out(second).outcome() == "done");
  CHECK(read_file(file).value() == kList);
  const auto late = run.carry_out(world.cancel(second));
  CHECK(late.outcome().starts_with("refused: "));
  CHECK(late.outcome().contains("too late"));
  CHECK_FALSE(fs::exists(other));
}

TEST_CASE("a cancel is an order: another key's, another terminal's or an old one stops nothing") {
  World world;
  Run run(world);
  run.open();
  const fs::path file = world.write("客户.csv", kList);
  const order::Order order = world.destruction({{file, {}}});
  const frame::SigningKey other = must(frame::make_signing_key());
  run.desk->take(must(order::sign(world.cancel(order), other.private_key)));
  order::Order elsewhere = world.cancel(order);
  elsewhere.terminal = "T-2";
  CHECK(run.carry_out(elsewhere).outcome().contains("another terminal"));
  order::Order old = world.cancel(order);
  old.issued -= std::chrono::days(8);
  old.expires -= std::chrono::days(8);
  CHECK(run.carry_out(old).outcome().contains("expired"));
  CHECK(run.carry_out(order).outcome() == "done");
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE("an order that the bank's key did not sign is refused and recorded, once") {
  World world;
  Run run(world);
  run.open();
  const fs::path file = world.write("客户.csv", kList);
  const order::Order order = world.destruction({{file, {}}});
  Bytes changed = world.sign(order);
  changed.back() ^= 1U;
  const frame::SigningKey other = must(frame::make_signing_key());
  for (int i = 0; i < 3; ++i) {
    run.desk->take(changed);
    run.desk->take(must(order::sign(order, other.private_key)));
    run.desk->take(Bytes{1, 2, 3});
  }
  std::size_t refused = 0;
  for (const record::Payload& payload : run.payloads()) {
    if (!payload.has_status()) continue;
    CHECK(payload.status().code() == "order_refused");
    ++refused;
  }
  CHECK(refused == 3);
  CHECK(run.results().empty());
  CHECK(fs::exists(file));
  CHECK(run.carry_out(order).outcome() == "done");  // the true one still is carried out
}

TEST_CASE("an order is carried out once, whoever sends it again, over restarts too") {
  World world;
  const fs::path file = world.write("客户.csv", kList);
  const order::Order order = world.destruction({{file, {}}});
  {
    Run run(world);
    CHECK(run.carry_out(order).outcome() == "done");
    world.write("客户.csv", "something newer");
    run.desk->take(world.sign(order));  // the answer is on its way: no replay yet
    CHECK(run.results().size() == 1);
  }
  Run run(world);
  run.open();
  run.desk->take(world.sign(order));
  CHECK(run.results().size() == 1);
  REQUIRE(run.journal->acknowledge(run.journal->head().value().sequence));
  run.desk->take(world.sign(order));  // the collector has the answer: it is a replay
  REQUIRE(run.results().size() == 1);
  CHECK(run.results()[0].outcome().starts_with("refused: replayed"));
  CHECK(run.results()[0].refusal() == "replayed");
  REQUIRE(run.journal->acknowledge(run.journal->head().value().sequence));
  run.desk->take(world.sign(order));
  CHECK(run.results().empty());  // told once
  CHECK(read_file(file).value() == "something newer");
}

TEST_CASE("what a retention term keeps is refused until the term is over") {
  World world;
  Run run(world);
  const fs::path file = world.write("开户资料.csv", kForm);
  const fs::path other = world.write("客户.csv", kList);
  const auto refused = run.carry_out(world.destruction({{file, {}}}));
  CHECK(refused.outcome().starts_with("refused: "));
  CHECK(refused.refusal() == "term");
  CHECK(refused.outcome().contains("客户身份资料"));
  CHECK(refused.outcome().contains("反洗钱法 34"));
  CHECK(refused.certificate().empty());
  CHECK(read_file(file).value() == kForm);

  const auto partial = run.carry_out(world.destruction({{other, {}}, {file, {}}}));
  CHECK(partial.outcome().starts_with("partial: 1/2"));
  CHECK(partial.refusal() == "term");
  CHECK_FALSE(fs::exists(other));
  CHECK(fs::exists(file));
  const auto said = world.verify(partial).statement;
  CHECK(said.items[1].fate == order::Fate::kRefused);
  REQUIRE(said.clocks.size() == 2);
  CHECK(said.clocks[1].record == "customer_identification");
  CHECK(said.clocks[1].verdict == "freeze");

  world.clock.ms += std::chrono::milliseconds(std::chrono::years(11)).count();
  world.identity = world.bank.terminal("T-1");
  const auto done = run.carry_out(world.destruction({{file, {}}}));
  CHECK(done.outcome() == "done");
  CHECK(done.refusal().empty());
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE("a file of a customer on hold is refused, in quarantine too, until the hold ends") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  const fs::path other =
      world.write("其他.csv", "客户姓名,手机号码\n赵敏,13600002222\n孙丽,13500003333\n");
  const Bytes digest = record::value_digest(world.digest_key.view(), "D27", "13912345678");
  bundle::DigestEntry entry{.from = world.clock.now() - 1h, .until = world.clock.now() + 24h};
  std::ranges::copy(digest, entry.digest.begin());
  run.in_force->holds = must(bundle::DigestList::make({entry}));
  const auto refused = run.carry_out(world.destruction({{file, {}}}));
  CHECK(refused.outcome().starts_with("refused: "));
  CHECK(refused.outcome().contains("保全"));
  CHECK(refused.refusal() == "hold");
  CHECK(read_file(file).value() == kList);
  CHECK(run.carry_out(world.destruction({{other, {}}})).outcome() == "done");

  run.quarantine_file(file, kIncident);
  const Bytes incident(16, 0x42);
  CHECK(run.carry_out(world.destruction({{file, incident}})).outcome().contains("保全"));
  CHECK(run.quarantine->list().size() == 1);
  world.clock.ms += std::chrono::milliseconds(25h).count();
  CHECK(run.carry_out(world.destruction({{file, incident}})).outcome() == "done");
}

TEST_CASE("what cannot be inspected whole is refused: nobody knows which terms run") {
  World world;
  Run run(world);
  const fs::path file = world.home / "encrypted.zip";
  fs::copy_file(HUXIN_SOURCE_DIR "/tests/golden/encrypted.zip", file);
  const auto refused = run.carry_out(world.destruction({{file, {}}}));
  CHECK(refused.outcome().starts_with("refused: "));
  CHECK(refused.outcome().contains("encrypted"));
  CHECK(refused.refusal() == "file");
  CHECK(fs::exists(file));
}

TEST_CASE("links, other names and folders in the way are refused and told, absent files too") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户.csv", kList);
  fs::create_symlink(file, world.home / "link.csv");
  fs::create_directory_symlink(world.home, world.dir / "way");
  CHECK(run.carry_out(world.destruction({{world.home / "link.csv", {}}}))
            .outcome()
            .starts_with("refused: "));
  CHECK(run.carry_out(world.destruction({{world.dir / "way/客户.csv", {}}}))
            .outcome()
            .contains("link is in the way"));
  CHECK(run.carry_out(world.destruction({{world.home, {}}})).outcome().starts_with("refused: "));
  fs::create_hard_link(file, world.dir / "other");
  CHECK(run.carry_out(world.destruction({{file, {}}})).outcome().contains("2 names"));
  CHECK(read_file(file).value() == kList);
  fs::remove(world.dir / "other");
  const auto absent = run.carry_out(world.destruction({{world.home / "none.csv", {}}}));
  CHECK(absent.outcome() == "done");
  CHECK(world.verify(absent).statement.items[0].fate == order::Fate::kAbsent);
}

TEST_CASE(
    "a file is found by its name as the incident has it, and no number of it leaves the terminal") {
  World world;
  Run run(world);
  const fs::path file = world.write("客户11010519491231002X.csv", kList);
  const fs::path copy = world.write("客户11010519491231002X.csv~", kList);
  const fs::path hidden = world.home / "客户1****************X.csv";
  const auto result = run.carry_out(world.destruction({{hidden, {}}}));
  CHECK(result.outcome() == "done");
  CHECK_FALSE(fs::exists(file));
  CHECK_FALSE(fs::exists(copy));
  const auto said = world.verify(result).statement;
  CHECK(said.items[0].fate == order::Fate::kDestroyed);
  REQUIRE(said.residue.size() == 1);
  CHECK(said.residue[0].path == world.home / "客户1****************X.csv~");
  CHECK_FALSE(result.certificate().contains("11010519491231002X"));

  world.write("客户11010519491231002X.csv", kList);
  world.write("客户13010519491231003X.csv", kList);
  const auto two = run.carry_out(world.destruction({{hidden, {}}}));
  CHECK(two.outcome().starts_with("refused: "));
  CHECK(two.outcome().contains("2 files"));

  // Nor is a file that somebody called just so taken for the one that is meant.
  fs::remove(world.home / "客户13010519491231003X.csv");
  const fs::path decoy = world.write(hidden.filename().native(), "nothing\n");
  const auto three = run.carry_out(world.destruction({{hidden, {}}}));
  CHECK(three.outcome().starts_with("refused: "));
  CHECK(fs::exists(decoy));
  CHECK(fs::exists(world.home / "客户11010519491231002X.csv"));
  fs::remove(world.home / "客户11010519491231002X.csv");
  CHECK(run.carry_out(world.destruction({{hidden, {}}})).outcome() == "done");
  CHECK_FALSE(fs::exists(decoy));
}

TEST_CASE("an order that finds no worker is tried again, not answered") {
  World world;
  Run run(world);
  run.scanner.absent = 3;
  const fs::path file = world.write("客户.csv", kList);
  CHECK(run.carry_out(world.destruction({{file, {}}})).outcome() == "done");
  CHECK(run.scanner.scans == 4);
}

TEST_CASE("killed at any step of an order, it is finished and answered once at the next start") {
  const bool quarantined = GENERATE(false, true);
  int killed = 0;
  for (const Moment moment : {Moment::kBefore, Moment::kHalfway, Moment::kAfter}) {
    for (int n = 1;; ++n) {
      INFO((quarantined ? "quarantine, step " : "file, step ")
           << n << ", moment " << static_cast<int>(moment));
      World world;
      const fs::path file = world.write("客户.csv", kList);
      const fs::path copy = world.write("客户.csv~", kList);
      order::Order order = world.destruction({{file, {}}});
      if (quarantined) {
        Run run(world);
        run.quarantine_file(file, kIncident);
        std::get<order::Destroy>(order.what).targets[0].incident = Bytes(16, 0x42);
      }
      const bool died = dies([&] {
        auto crashing = std::make_unique<CrashingOps>(n, moment);
        auto normal = enforce::system_file_ops();
        Run run(world, quarantined ? std::move(crashing) : std::move(normal),
                quarantined ? enforce::system_file_ops()
                            : std::unique_ptr<enforce::FileOps>(std::move(crashing)));
        run.open();
        run.desk->take(world.sign(order));
        eventually([&] { return !run.results().empty(); });
      });
      Run run(world);
      run.open();
      run.desk->take(world.sign(order));  // the collector sends it until it is answered
      REQUIRE(eventually([&] { return !run.results().empty(); }));
      run.desk.reset();
      REQUIRE(run.results().size() == 1);
      CHECK(run.results()[0].outcome() == "done");
      const auto said = world.verify(run.results()[0]).statement;
      CHECK(said.items[0].fate == order::Fate::kDestroyed);
      CHECK(said.items[0].bytes == kList.size());
      CHECK_FALSE(said.items[0].digest.empty());
      REQUIRE(said.residue.size() == 1);
      CHECK(said.residue[0] ==
            order::Residue{.path = copy, .kind = "backup", .result = "destroyed"});
      CHECK(said.clocks.size() == 1);
      CHECK(fs::is_empty(world.home));
      CHECK(run.quarantine->list().empty());
      CHECK(run.quarantine->left().empty());
      CHECK(run.destroyer->untold().empty());
      if (!died) break;
      ++killed;
    }
  }
  CHECK(killed >= (quarantined ? 3 * 6 : 3 * 20));
}

TEST_CASE("killed at any step of a release, it is finished and answered once at the next start") {
  int killed = 0;
  for (const Moment moment : {Moment::kHalfway, Moment::kAfter}) {
    for (int n = 1;; ++n) {
      INFO("step " << n << ", moment " << static_cast<int>(moment));
      World world;
      const fs::path file = world.write("客户.csv", kList);
      {
        Run run(world);
        run.quarantine_file(file, kIncident);
      }
      const order::Order order = world.release(kIncident);
      const bool died = dies([&] {
        Run run(world, std::make_unique<CrashingOps>(n, moment));
        run.open();
        run.desk->take(world.sign(order));
        eventually([&] { return !run.results().empty(); });
      });
      Run run(world);
      run.open();
      run.desk->take(world.sign(order));
      REQUIRE(eventually([&] { return !run.results().empty(); }));
      run.desk.reset();
      REQUIRE(run.results().size() == 1);
      CHECK(run.results()[0].outcome() == "done");
      CHECK(read_file(file).value() == kList);
      CHECK(run.quarantine->list().empty());
      CHECK(run.quarantine->left().empty());
      if (!died) break;
      ++killed;
    }
  }
  CHECK(killed >= 2 * 10);
}

}  // namespace huxin::agent
