#include "agent/watch/file_watcher.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "agent/watch/sweep.hpp"
#include "tests/agent/watch/scratch_mount.hpp"

namespace huxin::watch {
namespace {

using test::eventually;
using test::shell;
constexpr unsigned kNobody = 65534;

struct Seen {
  rule::Event event;
  std::string path, content;
  FileVersion version;
};

/// Starts a watcher and writes down what it tells.
class Recorder {
 public:
  explicit Recorder(WatchOptions options,
                    std::chrono::milliseconds quiet = std::chrono::milliseconds(30)) {
    options.quiet = quiet;
    auto watcher = FileWatcher::start(
        std::move(options),
        {.changed = [this](FileChange&& change) { on_change(std::move(change)); },
         .rescan = [this](const Rescan& rescan) { on_rescan(rescan); }},
        own, std::make_shared<SystemClock>());
    if (!watcher) FAIL(watcher.error().context);
    watcher_ = std::move(*watcher);
  }
  ~Recorder() { watcher_.reset(); }

  std::vector<Seen> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  const Seen* find(const std::filesystem::path& path) const {
    const std::lock_guard lock(mutex_);
    for (const Seen& one : seen_) {
      if (one.path == path) return &one;
    }
    return nullptr;
  }
  bool rescanned(const std::filesystem::path& folder, std::string_view reason) const {
    const std::lock_guard lock(mutex_);
    for (const Rescan& one : rescans_) {
      if (one.folder == folder && one.reason == reason) return true;
    }
    return false;
  }
  std::ptrdiff_t rescans(std::string_view reason) const {
    const std::lock_guard lock(mutex_);
    return std::ranges::count(rescans_, reason, &Rescan::reason);
  }
  FileWatcher& watcher() { return *watcher_; }
  std::shared_ptr<OwnProcesses> own = std::make_shared<OwnProcesses>();
  std::function<void()> during;  ///< runs in the handler

 private:
  void on_change(FileChange&& change) {
    if (during) during();
    std::array<char, 256> buffer{};
    const ssize_t got = ::read(change.file.get(), buffer.data(), buffer.size());
    const std::lock_guard lock(mutex_);
    seen_.push_back(
        {change.event, change.path,
         std::string(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))),
         change.version});
  }
  void on_rescan(const Rescan& rescan) {
    const std::lock_guard lock(mutex_);
    rescans_.push_back(rescan);
  }

  mutable std::mutex mutex_;
  std::vector<Seen> seen_;
  std::vector<Rescan> rescans_;
  std::unique_ptr<FileWatcher> watcher_;
};

#define NEEDS_FANOTIFY() \
  if (const auto why = test::no_fanotify(); !why.empty()) SKIP(why)

}  // namespace

TEST_CASE("a file written by another user is told with who, where and what it holds") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}});
  REQUIRE(shell("echo 张三 > " + (mount / "客户.txt").string(), kNobody) == 0);
  REQUIRE(eventually([&] { return recorder.find(mount / "客户.txt") != nullptr; }));
  const Seen& seen = *recorder.find(mount / "客户.txt");
  CHECK(seen.content == "张三\n");
  CHECK(seen.event.user == "nobody");
  CHECK(seen.event.stage == rule::Stage::kStore);
  CHECK(seen.event.channel == rule::Channel::kFile);
  CHECK(seen.event.operation == "close_write");
  struct stat info{};
  REQUIRE(::stat((mount / "客户.txt").c_str(), &info) == 0);
  CHECK(seen.version == version_of(info));
}

TEST_CASE("the process is named while it lives") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}});
  // The shell itself writes, then waits until it was seen.
  const std::string script =
      "echo x > " + (mount / "a").string() + "; i=0; while [ ! -e " + (mount / "go").string() +
      " ] && [ $i -lt 1000 ]; do i=$((i+1)); read -t 0.01 x < /dev/null; done";
  std::thread writer([&] { shell("exec bash -c '" + script + "'", kNobody); });
  CHECK(eventually([&] { return recorder.find(mount / "a") != nullptr; }));
  REQUIRE(shell("touch " + (mount / "go").string()) == 0);
  writer.join();
  REQUIRE(recorder.find(mount / "a") != nullptr);
  CHECK(recorder.find(mount / "a")->event.process.ends_with("bash"));
}

TEST_CASE("files in folders made a moment ago are told, without a gap") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}});
  const std::string deep = (mount / "a/b/c/d").string();
  REQUIRE(shell("mkdir -p " + deep + " && for i in 1 2 3 4 5; do mkdir " + deep +
                "/$i && echo $i > " + deep + "/$i/f; done") == 0);
  for (const char* name : {"1", "2", "3", "4", "5"}) {
    CHECK(eventually([&] { return recorder.find(mount / "a/b/c/d" / name / "f") != nullptr; }));
  }
}

TEST_CASE("a file moved in is told under its new name, a folder moved in asks for a sweep") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "in");
  Recorder recorder({.directories = {mount / "in"}});
  REQUIRE(shell("cd " + mount.path().string() +
                " && mkdir out && echo x > out/f && echo y > g && mv g in/g && mv out in/out") ==
          0);
  CHECK(eventually([&] { return recorder.find(mount / "in/g") != nullptr; }));
  CHECK(eventually([&] { return recorder.rescanned(mount / "in/out", "moved_in"); }));
  CHECK(recorder.find(mount / "in/g")->event.operation == "moved_to");
  CHECK(recorder.find(mount / "out/f") == nullptr);
}

TEST_CASE("excluded paths, own processes, links and pipes are not told") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}, .exclude = {"*.tmp"}});
  std::filesystem::create_directories(mount / "d");
  Fd(::open((mount / "own").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)).reset();
  REQUIRE(
      shell("cd " + mount.path().string() +
            " && echo x > a.tmp; mkfifo p; ln -s /etc/shadow l; mv l l2; mv p p2; echo z > last") ==
      0);
  REQUIRE(eventually([&] { return recorder.find(mount / "last") != nullptr; }));
  CHECK(eventually([&] { return recorder.watcher().counters().vanished == 2; }));
  CHECK(recorder.seen().size() == 1);
}

TEST_CASE("a burst of writes to one file is told once") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}}, std::chrono::milliseconds(1000));
  const auto file = (mount / "f").string();
  REQUIRE(shell("for i in 1 2 3 4 5 6 7 8; do echo $i >> " + file + "; done") == 0);
  REQUIRE(eventually([&] { return recorder.find(file) != nullptr; }));
  CHECK(recorder.find(file)->content.ends_with("8\n"));
  CHECK(recorder.watcher().counters().delivered == 1);
}

TEST_CASE("a stick mounted later is watched as removable, and not kept busy") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  const auto stick = mount / "stick";
  std::filesystem::create_directories(stick);
  Recorder recorder({.directories = {mount.path()}, .removable = {stick}});
  REQUIRE(::mount("huxin-stick", stick.c_str(), "tmpfs", 0, "mode=0777") == 0);
  CHECK(eventually([&] { return recorder.rescanned(stick, "mounted"); }));
  REQUIRE(shell("echo x > " + (stick / "f").string()) == 0);
  CHECK(eventually([&] { return recorder.find(stick / "f") != nullptr; }));
  if (const Seen* seen = recorder.find(stick / "f")) {
    CHECK(seen->event.channel == rule::Channel::kRemovable);
    CHECK(seen->event.destination == stick);
  }
  CHECK(eventually([&] { return ::umount(stick.c_str()) == 0; }));
}

TEST_CASE("events lost to a full queue ask for a sweep, and the sweep finds every file") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}});
  std::mutex hold;
  hold.lock();
  recorder.during = [&] { const std::lock_guard wait(hold); };
  REQUIRE(shell("echo x > " + (mount / "first").string()) == 0);
  CHECK(eventually([&] { return recorder.watcher().counters().delivered == 1; }));
  // The queue's limit is per system; more files than that, by a process that is not ours.
  REQUIRE(shell("cd " + mount.path().string() + " && seq 1 17500 | xargs -n 5000 touch") == 0);
  CHECK(recorder.watcher().probe(std::chrono::milliseconds(20)).error().code == Errc::kTimeout);
  hold.unlock();
  CHECK(eventually([&] { return recorder.rescanned(mount.path(), "queue_overflow"); }));
  std::uint64_t found = 0;
  const auto count =
      sweep({mount.path()}, {}, [&](const auto&, const FileVersion&) { return ++found > 0; });
  CHECK(count.files == 17501);
  CHECK(found == 17501);
}

TEST_CASE("a file that cannot be opened, for want of descriptors, asks for a sweep of its folder") {
  NEEDS_FANOTIFY();
#ifdef HUXIN_SANITIZED
  SKIP("UBSan looks at an object's type through a pipe, and there is no descriptor left for one");
#endif
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}}, std::chrono::milliseconds(500));
  REQUIRE(shell("cd " + mount.path().string() + " && echo x > a && echo x > b") == 0);
  REQUIRE(eventually([&] { return recorder.watcher().counters().events >= 2; }));
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit none{3, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  const bool failed = eventually([&] { return recorder.watcher().counters().unreadable == 2; });
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(failed);
  CHECK(eventually([&] { return recorder.rescanned(mount.path(), "unreadable"); }));
  CHECK(recorder.rescans("unreadable") == 1);
}

TEST_CASE("a live watcher answers its probe") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  Recorder recorder({.directories = {mount.path()}});
  CHECK(recorder.watcher().probe(std::chrono::seconds(2)));
}

TEST_CASE("a sweep follows no link, leaves out what is excluded and stops when told") {
  const test::TempDir dir;
  dir.write("a/1.txt", "x");
  dir.write("a/skip/2.txt", "x");
  dir.write("b.tmp", "x");
  std::filesystem::create_directory_symlink("/etc", dir / "etc");
  std::vector<std::string> found;
  const auto all = sweep({dir.path(), dir / "absent"}, {"*.tmp", "*/skip/*"},
                         [&](const auto& path, const FileVersion& version) {
                           found.push_back(path.filename());
                           return version.size == 1;
                         });
  CHECK(found == std::vector<std::string>{"1.txt"});
  CHECK(all.excluded == 2);
  dir.write("c", "xx");
  dir.write("d", "xx");
  CHECK(sweep({dir.path()}, {}, [](const auto&, const FileVersion&) { return false; }).stopped);
}

}  // namespace huxin::watch
