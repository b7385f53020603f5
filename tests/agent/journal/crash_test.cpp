// The journal under kill -9 and on a full disk: the real signal, a real file system.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "agent/journal/pending_records.hpp"
#include "policy/base/file.hpp"
#include "tests/agent/journal/journal_fixture.hpp"

namespace huxin::journal {
namespace {

namespace fs = std::filesystem;
using huxin::test::TempDir;
using test::incident;
using test::key;
using test::opened;
using test::options;

/// Appends for ever and tells each sequence once it is safe. Never returns.
[[noreturn]] void append_until_killed(const fs::path& folder, int out) {
  auto journal = Journal::open(folder, key(), options());
  for (std::uint64_t i = 1; journal; ++i) {
    const FileVersion version{.device = 1, .inode = i};
    const auto sequence = (*journal)->append(incident("s", 4, i % 7 * 1000), version, "p");
    if (!sequence || ::write(out, &*sequence, sizeof *sequence) != sizeof *sequence) break;
    if (i % 5 == 0 && !(*journal)->acknowledge(*sequence - 2)) break;
  }
  ::_exit(1);
}

/// Lets a child append `appends` records and a little more, kills it, and returns the last sequence
/// it told.
std::uint64_t killed_after(const fs::path& folder, int appends) {
  int ends[2] = {-1, -1};
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) append_until_killed(folder, ends[1]);
  ::close(ends[1]);
  const Fd in(ends[0]);
  std::uint64_t last = 0;
  std::uint64_t told = 0;
  for (int i = 0; i < appends && ::read(in.get(), &told, sizeof told) == sizeof told; ++i)
    last = told;
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  while (::read(in.get(), &told, sizeof told) == sizeof told) last = told;  // told before it died
  return last;
}

/// A small file system of its own, unmounted at the end.
class SmallDisk {
 public:
  SmallDisk(fs::path at, const char* size) : at_(std::move(at)) {
    fs::create_directories(at_);
    mounted_ = ::mount("tmpfs", at_.c_str(), "tmpfs", 0, size) == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }

  /// Leaves not a byte.
  void fill() const {
    const Fd file(
        ::open((at_ / "ballast").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    const Bytes block(4096);
    while (::write(file.get(), block.data(), block.size()) > 0) {
    }
  }
  void clear() const { fs::remove(at_ / "ballast"); }

 private:
  fs::path at_;
  bool mounted_ = false;
};

}  // namespace

TEST_CASE("kill -9 in the middle of appending loses nothing that was told, and leaves no gap") {
  const TempDir dir;
  std::mt19937 random(7);
  std::uint64_t least = 0;
  for (int round = 0; round < 25; ++round) {
    const std::uint64_t told = killed_after(dir / "j", static_cast<int>(random() % 20));
    least = std::max(least, told);
    const auto journal = opened(dir / "j");
    const std::uint64_t head = journal->head()->sequence;
    INFO("round " << round << ", told " << told << ", head " << head);
    REQUIRE(head >= least);
    REQUIRE(journal->verify());
    least = head;
    REQUIRE(journal->outbox(100'000)->back().sequence() == head);
  }
  CHECK(least > 100);
  CHECK(std::distance(fs::directory_iterator(dir / "j"), {}) ==
        2);  // database and head file, nothing broken
}

TEST_CASE("a log deleted after a crash is noticed by the head file") {
  const TempDir dir;
  const std::uint64_t told = killed_after(dir / "j", 30);
  REQUIRE(fs::remove(dir / "j/journal.db-wal"));
  fs::remove(dir / "j/journal.db-shm");
  const auto journal = opened(dir / "j");
  CHECK(journal->head()->sequence > told);
  CHECK(test::read(journal->outbox(100'000)->back()).status().code() == "journal_replaced");
  CHECK(journal->verify());
}

TEST_CASE(
    "on a full disk the reserve is used up first, then records wait in memory and keep their "
    "order") {
  if (::geteuid() != 0) SKIP("mounting a small file system needs root");
  const TempDir dir;
  const SmallDisk disk(dir / "disk", "size=16m");
  if (!disk.mounted()) SKIP("this machine does not let us mount a tmpfs");
  const auto journal = opened(dir / "disk/j", options(2 << 20));
  journal->append(incident("first")).value();
  REQUIRE(fs::exists(dir / "disk/j/journal.reserve"));
  disk.fill();

  PendingRecords pending;
  int written = 0;
  while (pending.append(*journal, incident("n" + std::to_string(written), 2, 20'000)).value()) {
    ++written;
    REQUIRE(written < 1000);
  }
  CHECK(written > 20);  // out of the reserve
  CHECK_FALSE(fs::exists(dir / "disk/j/journal.reserve"));
  CHECK(journal->append(incident("x", 2, 20'000)).error().code == Errc::kNoSpace);
  CHECK(pending.append(*journal, incident("n" + std::to_string(written + 1), 2, 20'000)).value() ==
        false);
  CHECK(pending.size() == 2);
  CHECK(journal->verify());

  disk.clear();
  REQUIRE(pending.retry(*journal));
  CHECK(pending.size() == 0);
  REQUIRE(journal->verify());
  REQUIRE(journal->maintain());
  CHECK(fs::exists(dir / "disk/j/journal.reserve"));
  std::vector<record::Record> all;
  while (journal->outbox_size().value() > 0) {
    for (auto& record : journal->outbox(1000).value()) all.push_back(std::move(record));
    REQUIRE(journal->acknowledge(all.back().sequence()));
  }
  REQUIRE(all.size() == static_cast<std::size_t>(written) + 3);
  for (std::size_t i = 1; i < all.size(); ++i) {
    CHECK(test::read(all[i]).incident().rule() == "n" + std::to_string(i - 1));
  }
}

TEST_CASE("a journal opens on a disk that is full") {
  if (::geteuid() != 0) SKIP("mounting a small file system needs root");
  const TempDir dir;
  const SmallDisk disk(dir / "disk", "size=16m");
  if (!disk.mounted()) SKIP("this machine does not let us mount a tmpfs");
  opened(dir / "disk/j", options(2 << 20))->append(incident("first")).value();
  disk.fill();
  const auto journal = opened(dir / "disk/j", options(2 << 20));
  CHECK(journal->append(incident("second")).value() == 2);
  CHECK(journal->verify());
}

}  // namespace huxin::journal
