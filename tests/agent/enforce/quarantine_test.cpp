#include "agent/enforce/quarantine.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/enforce/crashing_ops.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::enforce {
namespace {

FileVersion version_at(const std::filesystem::path& path) {
  struct stat info{};
  if (::lstat(path.c_str(), &info) != 0) FAIL("no " << path);
  return version_of(info);
}

Secret test_key() { return Secret(Bytes(32, 7)); }

std::unique_ptr<Quarantine> open_vault(const std::filesystem::path& vault,
                                       std::unique_ptr<FileOps> ops = system_file_ops()) {
  auto opened = Quarantine::open(vault, test_key(), std::move(ops));
  if (!opened) FAIL(opened.error().context);
  return std::move(*opened);
}

struct Place {
  test::TempDir dir;
  std::filesystem::path vault = dir / "vault";
  std::filesystem::path file = dir.write("desk/客户.csv", "张三,13800138000");

  std::string content_at_place() const { return read_file(file).value_or(""); }
};

/// Opens again and checks: whole, in exactly one place, and no litter.
void check_legal(const Place& place) {
  const auto vault = open_vault(place.vault);
  const auto held = vault->list();
  const bool here = std::filesystem::exists(place.file);
  CHECK(held.size() + (here ? 1U : 0U) == 1);
  if (here) CHECK(place.content_at_place() == "张三,13800138000");
  std::size_t in_vault = 0;
  for (const auto& entry : std::filesystem::directory_iterator(place.vault)) {
    if (entry.path().extension() == ".data") ++in_vault;
  }
  CHECK(in_vault == held.size());
  if (!held.empty()) {
    CHECK(held[0].step == Step::kDone);
    const std::string sealed = read_file(place.vault / (held[0].id + ".data")).value();
    CHECK_FALSE(sealed.contains("13800138000"));
    CHECK(vault->release(held[0].id) == place.file);
    CHECK(place.content_at_place() == "张三,13800138000");
  }
  for (const auto& entry : std::filesystem::directory_iterator(place.file.parent_path())) {
    CHECK(entry.path() == place.file);
  }
}

}  // namespace

TEST_CASE("a quarantined file is in the vault alone, and comes back as it was") {
  const Place place;
  ::chmod(place.file.c_str(), 0640);
  const FileVersion version = version_at(place.file);
  const auto vault = open_vault(place.vault);
  const auto taken = vault->take(place.file, version);
  REQUIRE(taken);
  CHECK_FALSE(std::filesystem::exists(place.file));
  REQUIRE(vault->list().size() == 1);
  CHECK(vault->list()[0].original == place.file);
  struct stat info{};
  REQUIRE(::stat((place.vault / (taken->id + ".data")).c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600U);
  REQUIRE(::stat(place.vault.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0700U);

  CHECK(vault->release(taken->id) == place.file);
  CHECK(place.content_at_place() == "张三,13800138000");
  REQUIRE(::stat(place.file.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0640U);
  CHECK(version_at(place.file).mtime_ns == version.mtime_ns);
  CHECK(vault->list().empty());
  CHECK(vault->release(taken->id).error().code == Errc::kNotFound);
}

TEST_CASE("what was inspected is taken, nothing else") {
  const Place place;
  const auto vault = open_vault(place.vault);
  const FileVersion version = version_at(place.file);
  place.dir.write("desk/客户.csv", "something newer");
  CHECK(vault->take(place.file, version).error().code == Errc::kCancelled);
  CHECK(place.content_at_place() == "something newer");

  std::filesystem::create_symlink("/etc/passwd", place.dir / "link");
  CHECK_FALSE(vault->take(place.dir / "link", version_at(place.dir / "link")).has_value());
  std::filesystem::create_directory_symlink(place.dir / "desk", place.dir / "way");
  CHECK(vault->take(place.dir / "way/客户.csv", version_at(place.file)).error().code ==
        Errc::kDenied);
  CHECK(vault->take(place.dir / "desk/none", version).error().code == Errc::kNotFound);
  CHECK(vault->list().empty());
}

TEST_CASE("releasing never replaces a file that stands there meanwhile") {
  const Place place;
  const auto vault = open_vault(place.vault);
  const auto taken = vault->take(place.file, version_at(place.file));
  REQUIRE(taken);
  place.dir.write("desk/客户.csv", "new");
  CHECK(vault->release(taken->id).error().code == Errc::kExists);
  CHECK(place.content_at_place() == "new");
  CHECK(vault->list().size() == 1);
  CHECK(vault->release(taken->id, place.dir / "desk/old.csv") == place.dir / "desk/old.csv");
}

TEST_CASE(
    "killed at any step of taking, before, within or after it, a file is in exactly one legal "
    "place") {
  int steps = 0;
  for (const Moment moment : {Moment::kBefore, Moment::kHalfway, Moment::kAfter}) {
    for (int n = 1;; ++n) {
      INFO("step " << n << ", moment " << static_cast<int>(moment));
      const Place place;
      const FileVersion version = version_at(place.file);
      const bool died = dies([&] {
        auto vault =
            Quarantine::open(place.vault, test_key(), std::make_unique<CrashingOps>(n, moment));
        if (vault) [[maybe_unused]]
          const auto taken = (*vault)->take(place.file, version);
      });
      check_legal(place);
      if (!died) break;
      ++steps;
    }
  }
  CHECK(steps >= 3 * 12);
}

TEST_CASE("a user who gives the file another name while it is taken is not said to have lost it") {
  /// Waits for the name of ours, as somebody who watches the folder does, and takes the file away.
  class Snatching final : public WatchedOps {
   public:
    explicit Snatching(std::filesystem::path folder) : folder_(std::move(folder)) {}

   private:
    void after(const std::string& name) override {
      if (name != "rename" || done_) return;
      done_ = true;
      for (const auto& entry : std::filesystem::directory_iterator(folder_))
        std::filesystem::rename(entry.path(), folder_ / "saved");
    }
    std::filesystem::path folder_;
    bool done_ = false;
  };
  const Place place;
  const auto desk = place.file.parent_path();
  {
    const auto vault = open_vault(place.vault, std::make_unique<Snatching>(desk));
    const auto taken = vault->take(place.file, version_at(place.file), "an incident");
    REQUIRE(std::filesystem::exists(desk / "saved"));
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == Errc::kCancelled);
    CHECK(taken.error().context.contains("another name"));
    REQUIRE(vault->told("an incident"));  // as failed, and that stands
  }
  const auto vault = open_vault(place.vault);
  CHECK(vault->recovered().moves.empty());
  CHECK(vault->list().size() == 1);  // what was copied stays, to be given back or destroyed
}

TEST_CASE("a file that its user removes while it is taken is in the vault") {
  class Removing final : public WatchedOps {
   public:
    explicit Removing(std::filesystem::path folder) : folder_(std::move(folder)) {}

   private:
    void after(const std::string& name) override {
      if (name != "rename") return;
      for (const auto& entry : std::filesystem::directory_iterator(folder_))
        std::filesystem::remove(entry.path());
    }
    std::filesystem::path folder_;
  };
  const Place place;
  const auto vault = open_vault(place.vault, std::make_unique<Removing>(place.file.parent_path()));
  CHECK(vault->take(place.file, version_at(place.file)));
  CHECK(vault->list().size() == 1);
}

TEST_CASE("a lease on a file, which its holder gives up when asked, keeps nobody from taking it") {
  const Place place;
  std::array<int, 2> ready{};
  REQUIRE(::pipe(ready.data()) == 0);
  const pid_t holder = ::fork();
  if (holder == 0) {  // as a file server does for its clients
    sigset_t asked;
    ::sigemptyset(&asked);
    ::sigaddset(&asked, SIGIO);
    ::sigprocmask(SIG_BLOCK, &asked, nullptr);
    const int file = ::open(place.file.c_str(), O_RDONLY | O_CLOEXEC);
    const char held = ::fcntl(file, F_SETLEASE, F_WRLCK) == 0 ? '1' : '0';
    if (::write(ready[1], &held, 1) != 1 || held == '0') ::_exit(0);
    int signal = 0;
    ::sigwait(&asked, &signal);
    ::fcntl(file, F_SETLEASE, F_UNLCK);
    ::pause();
  }
  char held = '0';
  REQUIRE(::read(ready[0], &held, 1) == 1);
  const FileVersion version = version_at(place.file);
  std::string fault = "none";
  if (held == '1') {
    const auto taken = open_vault(place.vault)->take(place.file, version);
    fault = taken ? "none" : taken.error().context;
  }
  ::kill(holder, SIGKILL);
  ::waitpid(holder, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
  if (held == '0') SKIP("no leases on this file system");
  CHECK(fault == "none");
}

TEST_CASE(
    "a file is released only where its owner could have put it himself, or to its old place") {
  if (::geteuid() != 0) SKIP("needs root, to give a file away");
  constexpr uid_t kTeller = 61001;
  constexpr gid_t kTellers = 61002;
  struct Row {
    const char* why;
    uid_t folder_owner;
    gid_t folder_group;
    mode_t folder_mode;
    uid_t file_owner;
    mode_t file_mode;
    bool allowed;
  };
  constexpr Row kRows[]{
      {"root's own, like /etc/profile.d", 0, 0, 0755, kTeller, 0600, false},
      {"another person's", 61003, 61003, 0755, kTeller, 0600, false},
      {"another person's, for his own group alone", 61003, 61003, 0770, kTeller, 0600, false},
      {"his own", kTeller, kTellers, 0700, kTeller, 0600, true},
      {"his own, but closed to him", kTeller, kTellers, 0500, kTeller, 0600, false},
      {"his group's", 61003, kTellers, 0770, kTeller, 0600, true},
      {"everybody's, like /tmp", 0, 0, 01777, kTeller, 0600, true},
      {"root's file to root's folder", 0, 0, 0700, 0, 0600, true},
      {"root's file that anybody wrote to root's folder", 0, 0, 0700, 0, 0666, false},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const Place place;
    const std::filesystem::path there = place.dir / "there";
    REQUIRE(std::filesystem::create_directory(there));
    REQUIRE(::chown(there.c_str(), row.folder_owner, row.folder_group) == 0);
    REQUIRE(::chmod(there.c_str(), row.folder_mode) == 0);
    REQUIRE(::chown(place.file.c_str(), row.file_owner, row.file_owner == 0 ? 0 : kTellers) == 0);
    REQUIRE(::chmod(place.file.c_str(), row.file_mode) == 0);
    const auto vault = open_vault(place.vault);
    const auto taken = vault->take(place.file, version_at(place.file));
    REQUIRE(taken);
    const auto released = vault->release(taken->id, there / "x.sh");
    if (row.allowed) {
      CHECK(released == there / "x.sh");
      continue;
    }
    REQUIRE_FALSE(released);
    CHECK(released.error().code == Errc::kDenied);
    CHECK(std::filesystem::is_empty(there));
    CHECK(vault->release(taken->id) == place.file);  // the old place is never refused
  }
}

TEST_CASE("killed again while recovering, the next recovery still gets there") {
  for (int n = 1;; ++n) {
    bool died = false;
    for (int m = 1;; ++m) {
      INFO("killed at step " << n << ", then at step " << m << " of recovery");
      const Place place;
      const FileVersion version = version_at(place.file);
      died = dies([&] {
        auto vault = Quarantine::open(place.vault, test_key(),
                                      std::make_unique<CrashingOps>(n, Moment::kAfter));
        if (vault) [[maybe_unused]]
          const auto taken = (*vault)->take(place.file, version);
      });
      const bool died_again = dies([&] {
        [[maybe_unused]] const auto vault = Quarantine::open(
            place.vault, test_key(), std::make_unique<CrashingOps>(m, Moment::kHalfway));
      });
      check_legal(place);
      if (!died_again) break;
    }
    if (!died) break;
  }
}

TEST_CASE("killed at any step of releasing, a file is in exactly one legal place") {
  int steps = 0;
  for (const Moment moment : {Moment::kBefore, Moment::kHalfway, Moment::kAfter}) {
    for (int n = 1;; ++n) {
      INFO("step " << n << ", moment " << static_cast<int>(moment));
      const Place place;
      const std::string id =
          open_vault(place.vault)->take(place.file, version_at(place.file)).value().id;
      const bool died = dies([&] {
        auto vault =
            Quarantine::open(place.vault, test_key(), std::make_unique<CrashingOps>(n, moment));
        if (vault) [[maybe_unused]]
          const auto released = (*vault)->release(id);
      });
      check_legal(place);
      if (!died) break;
      ++steps;
    }
  }
  CHECK(steps >= 3 * 12);
}

TEST_CASE("whatever step fails, the error is told and the file is in one legal place") {
  for (int n = 1; n <= 20; ++n) {
    INFO("step " << n << " fails");
    const Place place;
    const FileVersion version = version_at(place.file);
    auto vault =
        Quarantine::open(place.vault, test_key(), std::make_unique<FailingOps>(n, Errc::kNoSpace));
    if (vault) {
      const auto taken = (*vault)->take(place.file, version);
      if (!taken) CHECK(taken.error().code == Errc::kNoSpace);
      vault->reset();
    }
    check_legal(place);
  }
}

TEST_CASE("the source is removed only after the copy and the log are on disk") {
  const Place place;
  std::vector<std::string> steps;
  const auto vault = open_vault(place.vault, std::make_unique<RecordingOps>(steps));
  REQUIRE(vault->take(place.file, version_at(place.file)));
  CHECK(steps == std::vector<std::string>{"open_folder", "open_file", "append intent", "create",
                                          "seal", "sync", "unseal", "sync", "append kept", "rename",
                                          "open_file", "unlink", "sync", "append done"});
}

TEST_CASE(
    "a newer file that took the place during a crash stays, and so does the version inspected") {
  const Place place;
  const FileVersion version = version_at(place.file);
  // Dies right after "kept": the ninth step.
  REQUIRE(dies([&] {
    auto vault =
        Quarantine::open(place.vault, test_key(), std::make_unique<CrashingOps>(9, Moment::kAfter));
    [[maybe_unused]] const auto taken = (*vault)->take(place.file, version);
  }));
  place.dir.write("desk/new", "newer");
  std::filesystem::rename(place.dir / "desk/new", place.file);
  const auto vault = open_vault(place.vault);
  CHECK(vault->recovered().source_kept == 1);
  CHECK(place.content_at_place() == "newer");
  CHECK(vault->list().size() == 1);
}

TEST_CASE("what became of an interrupted move is told until somebody recorded it") {
  const std::string incident(16, '\x42');
  int told = 0;
  for (int n = 1;; ++n) {
    INFO("step " << n);
    const Place place;
    const FileVersion version = version_at(place.file);
    const bool died = dies([&] {
      auto vault = Quarantine::open(place.vault, test_key(),
                                    std::make_unique<CrashingOps>(n, Moment::kAfter));
      if (vault) [[maybe_unused]]
        const auto taken = (*vault)->take(place.file, version, incident);
    });
    for (int start = 0; start < 2; ++start) {  // nobody recorded it at the first start: told again
      const auto moves = open_vault(place.vault)->recovered().moves;
      const bool here = std::filesystem::exists(place.file);
      CHECK(moves.size() <= 1);
      if (moves.empty()) {
        CHECK(here);  // killed before the intent: there is nothing to tell
        continue;
      }
      ++told;
      CHECK(moves[0].incident == to_hex(as_bytes(incident)));
      CHECK((moves[0].outcome == "quarantined") != here);
      CHECK(moves[0].outcome.starts_with("failed: ") == here);
    }
    REQUIRE(open_vault(place.vault)->told(incident));
    CHECK(open_vault(place.vault)->recovered().moves.empty());
    if (!died) break;
  }
  CHECK(told >= 20);
}

TEST_CASE("a file in quarantine is destroyed for good, and told of until somebody recorded it") {
  for (const order::Method method : {order::Method::kOverwrite, order::Method::kUnlink}) {
    const Place place;
    const std::string incident(16, '\x42');
    auto vault = open_vault(place.vault);
    const std::string id = vault->take(place.file, version_at(place.file), incident).value().id;
    REQUIRE(vault->told(incident));
    const Fd plain = vault->read(id, 1000).value();
    CHECK(read_file(fmt::format("/proc/self/fd/{}", plain.get())).value() == "张三,13800138000");
    CHECK(vault->read(id, 3).error().code == Errc::kTooLarge);
    REQUIRE(vault->destroy(id, method));
    CHECK(vault->list().empty());
    CHECK_FALSE(std::filesystem::exists(place.vault / (id + ".data")));
    CHECK_FALSE(std::filesystem::exists(place.file));
    CHECK(vault->destroy(id, method).error().code == Errc::kNotFound);
    CHECK(vault->release(id).error().code == Errc::kNotFound);
    for (int start = 0; start < 2; ++start) {
      REQUIRE(vault->left().size() == 1);
      CHECK(vault->left()[0].incident == to_hex(as_bytes(incident)));
      CHECK(vault->left()[0].to.empty());
      CHECK(vault->recovered().moves.empty());
      vault.reset();
      vault = open_vault(place.vault);
    }
    REQUIRE(vault->told(incident));
    CHECK(vault->left().empty());
    vault.reset();
    CHECK(open_vault(place.vault)->left().empty());
  }
}

TEST_CASE("killed at any step of an order, a quarantined file is kept, or gone and told") {
  for (const bool destroy : {true, false}) {
    int kept = 0;
    int gone = 0;
    for (const Moment moment : {Moment::kBefore, Moment::kHalfway, Moment::kAfter}) {
      for (int n = 1;; ++n) {
        INFO("step " << n << ", moment " << static_cast<int>(moment));
        const Place place;
        const std::string incident(16, '\x42');
        std::string id;
        {
          const auto vault = open_vault(place.vault);
          id = vault->take(place.file, version_at(place.file), incident).value().id;
          REQUIRE(vault->told(incident));
        }
        const bool died = dies([&] {
          auto vault =
              Quarantine::open(place.vault, test_key(), std::make_unique<CrashingOps>(n, moment));
          if (!vault) return;
          if (destroy) {
            [[maybe_unused]] const auto done = (*vault)->destroy(id, order::Method::kOverwrite);
          } else {
            [[maybe_unused]] const auto done = (*vault)->release_by_order(id, {});
          }
        });
        auto vault = open_vault(place.vault);
        const bool here = std::filesystem::exists(place.file);
        const bool data = std::filesystem::exists(place.vault / (id + ".data"));
        CHECK(data == !vault->list().empty());
        CHECK(vault->left().size() + vault->list().size() == 1);
        CHECK(here == (!destroy && !vault->left().empty()));
        if (here) CHECK(vault->left()[0].to == place.file);
        if (data) CHECK(vault->read(id, 1000).has_value());
        ++(data ? kept : gone);
        if (!died) break;
      }
    }
    CHECK(kept >= 2);
    CHECK(gone >= 3 * 3);
  }
}

TEST_CASE("a vault that another key sealed is not touched") {
  const Place place;
  REQUIRE(open_vault(place.vault)->take(place.file, version_at(place.file)));
  const std::string log = read_file(place.vault / "log").value();
  const auto opened = Quarantine::open(place.vault, Secret(Bytes(32, 8)));
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::kCorrupt);
  CHECK(read_file(place.vault / "log").value() == log);
  CHECK(open_vault(place.vault)->list().size() == 1);
}

TEST_CASE("a damaged copy is not given back, and the last one not thrown away") {
  const Place place;
  const std::string id =
      open_vault(place.vault)->take(place.file, version_at(place.file)).value().id;
  const auto data = place.vault / (id + ".data");
  std::string sealed = read_file(data).value();
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  std::ofstream(data, std::ios::binary) << sealed;
  const auto vault = open_vault(place.vault);
  CHECK(vault->release(id).error().code == Errc::kCorrupt);
  CHECK_FALSE(std::filesystem::exists(place.file));
  CHECK(std::filesystem::exists(data));
}

TEST_CASE("a vault has one owner, and a damaged log is told, not repaired") {
  const Place place;
  auto vault = open_vault(place.vault);
  CHECK(Quarantine::open(place.vault, test_key()).error().code == Errc::kUnavailable);
  REQUIRE(vault->take(place.file, version_at(place.file)));
  vault.reset();
  std::string log = read_file(place.vault / "log").value();
  const std::string second = log;
  log[5] = log[5] == 'x' ? 'y' : 'x';
  std::ofstream(place.vault / "log", std::ios::binary) << log << second;
  const auto opened = Quarantine::open(place.vault, test_key());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::kCorrupt);
  CHECK(opened.error().context.contains("line 1"));
  CHECK(read_file(place.vault / "log").value() == log + second);
}

TEST_CASE("a log line is read back as it was written, and a cut one left out") {
  QuarantinedFile file{
      .id = "00112233445566778899aabbccddeeff",
      .original = "/srv/a b\n客户",
      .version = {.device = 1, .inode = 2, .mtime_ns = -3, .ctime_ns = 4, .size = 5},
      .uid = 6,
      .gid = 7,
      .mode = 0644,
      .links = 2,
      .digest = "",
      .release_to = {},
      .incident = "0011",
      .told = false};
  const std::string intent = format_step(file);
  file.step = Step::kKept;
  file.digest = std::string(64, 'a');
  const std::string kept = format_step(file);
  const auto all = parse_log(intent + kept);
  REQUIRE(all);
  REQUIRE(all->size() == 1);
  CHECK((*all)[0].step == Step::kKept);
  CHECK((*all)[0].original == "/srv/a b\n客户");
  CHECK((*all)[0].version == file.version);
  CHECK((*all)[0].incident == "0011");
  CHECK_FALSE((*all)[0].told);
  for (std::size_t cut = 0; cut < kept.size(); ++cut) {
    const auto parsed = parse_log(intent + kept.substr(0, cut));
    REQUIRE(parsed);
    CHECK((*parsed)[0].step == Step::kIntent);
  }
  CHECK(parse_log("").value().empty());
}

}  // namespace huxin::enforce
