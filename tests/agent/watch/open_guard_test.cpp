#include "agent/watch/open_guard.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <future>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "agent/watch/file_watcher.hpp"
#include "agent/watch/guard_marks.hpp"
#include "agent/watch/place_coverage.hpp"
#include "tests/agent/watch/scratch_mount.hpp"

namespace huxin::watch {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::shell;
constexpr unsigned kNobody = 65534;

void put(const std::filesystem::path& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

/// Decides by content, as the product does: a file that says "secret" is refused.
OpenDecision refuse_secrets(OpenRequest&& request) {
  std::array<char, 64> buffer{};
  const ssize_t got = ::pread(request.file.get(), buffer.data(), buffer.size(), 0);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return {.allow = !text.contains("secret"), .clean_for_everyone = !text.contains("secret")};
}

std::unique_ptr<OpenGuard> guard(
    GuardOptions options, OpenGuard::Handler handler,
    OpenGuard::Loss lost = [](const auto&, const auto&, std::uint64_t) {}) {
  auto made = OpenGuard::start(std::move(options), std::move(handler), std::move(lost),
                               std::make_shared<OwnProcesses>(), std::make_shared<SystemClock>());
  if (!made) FAIL(made.error().context);
  return std::move(*made);
}

bool opens(const std::filesystem::path& path, unsigned uid = 0) {
  return shell("cat '" + path.string() + "' > /dev/null 2>&1", uid) == 0;
}

#define NEEDS_FANOTIFY() \
  if (const auto why = test::no_fanotify(); !why.empty()) SKIP(why)

}  // namespace

TEST_CASE("on a guarded mount a forbidden open is refused, and an ordinary one passes") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "deep/er");
  put(mount / "deep/er/list.csv", "secret");
  put(mount / "note.txt", "lunch");
  const auto guarding = guard({.guarded = {mount.path()}}, refuse_secrets);
  CHECK_FALSE(opens(mount / "deep/er/list.csv"));
  CHECK_FALSE(opens(mount / "deep/er/list.csv", kNobody));
  CHECK(opens(mount / "note.txt", kNobody));
  CHECK(shell("ls -R " + mount.path().string() + " > /dev/null") == 0);
  CHECK(guarding->counters().denied == 2);
}

TEST_CASE("the handler learns who opens what") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  put(mount / "客户.csv", "x");
  std::promise<OpenRequest> asked;
  auto answer = asked.get_future();
  const auto guarding = guard({.guarded = {mount.path()}}, [&](OpenRequest&& request) {
    asked.set_value(std::move(request));
    return OpenDecision{};
  });
  REQUIRE(opens(mount / "客户.csv", kNobody));
  const OpenRequest request = answer.get();
  CHECK(request.event.user == "nobody");
  CHECK(request.event.process.ends_with("/cat"));
  CHECK(request.event.path == mount / "客户.csv");
  CHECK(request.event.stage == rule::Stage::kUse);
  CHECK(request.event.channel == rule::Channel::kFileOpen);
  CHECK(request.event.operation == "open");
}

TEST_CASE("a plain folder is guarded with its subfolders, also with those made later") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "guarded/old");
  put(mount / "guarded/old/f", "secret");
  put(mount / "outside", "secret");
  const auto guarding = guard({.guarded = {mount / "guarded"}}, refuse_secrets);
  CHECK_FALSE(opens(mount / "guarded/old/f"));
  CHECK(opens(mount / "outside"));
  REQUIRE(shell("cd " + mount.path().string() +
                " && mkdir -p guarded/new/er && printf secret > guarded/new/er/f") == 0);
  CHECK(eventually([&] { return !opens(mount / "guarded/new/er/f"); }));
  REQUIRE(shell("cd " + mount.path().string() +
                " && mkdir -p away/in && printf secret > away/in/f && mv away guarded/away") == 0);
  CHECK(eventually([&] { return !opens(mount / "guarded/away/in/f"); }));
}

TEST_CASE("a clean file costs nothing until it is written, and is asked about again then") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  put(mount / "f", "lunch");
  const auto guarding = guard({.guarded = {mount.path()}}, refuse_secrets);
  REQUIRE(eventually([&] { return opens(mount / "f") && guarding->counters().handed_over == 1; }));
  const auto before = guarding->counters().asked;
  for (int i = 0; i < 5; ++i) CHECK(opens(mount / "f", kNobody));
  CHECK(guarding->counters().asked == before);
  REQUIRE(shell("printf secret > " + (mount / "f").string()) == 0);
  CHECK(eventually([&] { return !opens(mount / "f"); }));
}

TEST_CASE(
    "a clean file written through a memory mapping is asked about again when the mapping ends") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  put(mount / "f", "lunch!");
  const auto guarding = guard({.guarded = {mount.path()}}, refuse_secrets);
  REQUIRE(eventually([&] { return opens(mount / "f") && guarding->counters().handed_over == 1; }));
  {
    const Fd file(::open((mount / "f").c_str(), O_RDWR | O_CLOEXEC));
    void* memory = ::mmap(nullptr, 6, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    REQUIRE(memory != MAP_FAILED);
    std::memcpy(memory, "secret", 6);
    ::munmap(memory, 6);
  }
  CHECK(eventually([&] { return !opens(mount / "f"); }));
}

TEST_CASE("a decision is remembered for the same user and process, until the policy changes") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  put(mount / "f", "secret");
  std::atomic<int> decided{0};
  std::atomic<bool> allow{false};
  const auto guarding = guard({.guarded = {mount.path()}}, [&](OpenRequest&&) {
    ++decided;
    return OpenDecision{.allow = allow};
  });
  REQUIRE(eventually([&] { return !opens(mount / "f") && guarding->counters().remembered > 0; }));
  const int before = decided;
  CHECK_FALSE(opens(mount / "f"));
  CHECK(decided == before);
  CHECK_FALSE(opens(mount / "f", kNobody));
  CHECK(decided == before + 1);
  allow = true;
  guarding->forget();
  CHECK(opens(mount / "f"));
}

TEST_CASE("forgetting takes back what the kernel was told to ignore") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  put(mount / "f", "lunch");
  const auto guarding = guard({.guarded = {mount.path()}}, refuse_secrets);
  REQUIRE(eventually([&] { return opens(mount / "f") && guarding->counters().handed_over == 1; }));
  guarding->forget();
  const auto before = guarding->counters().asked;
  CHECK(opens(mount / "f"));
  CHECK(guarding->counters().asked == before + 1);
}

TEST_CASE("a handler that hangs freezes nobody: the deadline answers as told") {
  NEEDS_FANOTIFY();
  for (const bool fail_closed : {false, true}) {
    const test::ScratchMount mount;
    for (const char* name : {"a", "b", "c", "d"}) put(mount / name, "x");
    std::promise<void> release;
    auto hang = release.get_future().share();
    auto guarding = guard(
        {.guarded = {mount.path()}, .deadline = 100ms, .fail_closed = fail_closed, .threads = 2},
        [hang](OpenRequest&&) {
          hang.wait();
          return OpenDecision{};
        });
    const auto start = std::chrono::steady_clock::now();
    for (const char* name : {"a", "b", "c", "d"}) CHECK(opens(mount / name) != fail_closed);
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(took < 3s);
    CHECK(guarding->counters().missed == 4);
    // The agent's own opens never wait.
    const auto own = std::chrono::steady_clock::now();
    CHECK(Fd(::open((mount / "a").c_str(), O_RDONLY | O_CLOEXEC)));
    CHECK(std::chrono::steady_clock::now() - own < 50ms);
    release.set_value();
  }
}

TEST_CASE("opens that nobody judged in time are told, and the handler learns that it was late") {
  NEEDS_FANOTIFY();
  for (const bool fail_closed : {false, true}) {
    const test::ScratchMount mount;
    for (const char* name : {"a", "b", "c"}) put(mount / name, "x");
    std::promise<void> release;
    auto hang = release.get_future().share();
    std::atomic<int> late{0};
    std::atomic<int> allowed{0};
    std::atomic<int> in_time{0};
    std::atomic<std::uint64_t> lost{0};
    auto guarding = guard(
        {.guarded = {mount.path()}, .deadline = 100ms, .fail_closed = fail_closed, .threads = 1},
        [&, hang](OpenRequest&& request) {
          CHECK(request.deadline > std::chrono::steady_clock::now());
          hang.wait();
          OpenDecision decision{.allow = true};
          decision.settled = [&](const OpenSettlement& settlement) {
            ++(settlement.in_time ? in_time : late);
            allowed += settlement.allowed ? 1 : 0;
          };
          return decision;
        },
        [&](const std::string& path, const std::string& reason, std::uint64_t count) {
          if (reason == "open_deadline" && path.starts_with(mount.path().native())) lost += count;
        });
    for (const char* name : {"a", "b", "c"}) CHECK(opens(mount / name) != fail_closed);
    release.set_value();
    REQUIRE(eventually([&] { return lost == 3; }));  // one by the handler, two in the queue
    CHECK(late == 1);
    CHECK(allowed == (fail_closed ? 0 : 1));
    CHECK(opens(mount / "b"));
    CHECK(eventually([&] { return in_time == 1; }));
  }
}

TEST_CASE("a user's own mount namespace is no way round a guarded file system") {
  NEEDS_FANOTIFY();
  if (shell("unshare -Urm true 2>/dev/null", kNobody) != 0)
    SKIP("users may not make namespaces here");
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "in");
  put(mount / "in/f", "secret");
  put(mount / "in/clean", "lunch");
  std::mutex mutex;
  std::string asked;
  const auto guarding =
      guard({.guarded = {mount.path()}, .exclude = {"/mnt/*"}}, [&](OpenRequest&& request) {
        const std::lock_guard lock(mutex);
        asked = request.path;
        return refuse_secrets(std::move(request));
      });
  const auto inside = [&](const std::string& script) {
    return shell("unshare -Urm sh -c '" + script + "' > /dev/null 2>&1", kNobody) == 0;
  };
  const std::string folder = (mount / "in").string();
  CHECK(inside("cat " + folder + "/clean"));
  CHECK_FALSE(inside("cat " + folder + "/f"));
  // Made to look as if it were elsewhere, and where nothing is asked.
  CHECK_FALSE(inside("mount --bind " + folder + " /mnt && cat /mnt/f"));
  const std::lock_guard lock(mutex);
  CHECK(asked == mount / "in/f");
}

TEST_CASE("stopping lets what waits pass at once, even while a handler hangs") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  put(mount / "f", "x");
  std::promise<void> release;
  auto hang = release.get_future().share();
  std::atomic<int> asked{0};
  auto guarding =
      guard({.guarded = {mount.path()}, .deadline = 60s, .fail_closed = true, .threads = 1},
            [&](OpenRequest&&) {
              ++asked;
              hang.wait();
              return OpenDecision{.allow = false};
            });
  auto opened = std::async(std::launch::async, [&] { return opens(mount / "f"); });
  auto second = std::async(std::launch::async, [&] { return opens(mount / "f", kNobody); });
  REQUIRE(eventually([&] { return asked == 1 && guarding->counters().asked == 2; }));
  auto stopped = std::async(std::launch::async, [&] { guarding.reset(); });
  CHECK(opened.get());
  CHECK(second.get());
  release.set_value();
  stopped.get();
}

TEST_CASE("the death of the agent lets what waits pass, whatever else watches the same file") {
  NEEDS_FANOTIFY();
  struct Case {
    std::vector<std::string> guarded;  // below the mount
    bool watched;                      // a file watcher of the same process looks on
    std::string_view reason;
  };
  const auto c = GENERATE(
      Case{{""}, false, "a mount"}, Case{{""}, true, "a mount whose writes are watched as well"},
      Case{{"in"}, false, "a folder, with notices of new subfolders"},
      Case{{"in"}, true, "a folder whose writes are watched as well"},
      Case{{"", "in"}, true, "a folder on a guarded mount, which the policy names once more"});
  INFO(c.reason);
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "in");
  put(mount / "in/f", "x");
  std::array<int, 2> ready{};
  REQUIRE(::pipe(ready.data()) == 0);
  const pid_t agent = ::fork();
  if (agent == 0) {
    const auto own = std::make_shared<OwnProcesses>();
    const auto clock = std::make_shared<SystemClock>();
    GuardOptions options{.deadline = 60s};
    for (const std::string& folder : c.guarded)
      options.guarded.push_back(folder.empty() ? mount.path() : mount / folder);
    auto guarding = OpenGuard::start(
        std::move(options),
        [&](OpenRequest&&) {
          [[maybe_unused]] const ssize_t put_one = ::write(ready[1], "q", 1);
          for (;;) ::pause();
          return OpenDecision{};
        },
        [](const auto&, const auto&, std::uint64_t) {}, own, clock);
    Result<std::unique_ptr<FileWatcher>> watching(nullptr);
    if (c.watched) {
      watching = FileWatcher::start({.directories = {mount.path()}},
                                    {[](FileChange&&) {}, [](const Rescan&) {}}, own, clock);
    }
    [[maybe_unused]] const ssize_t put_one = ::write(ready[1], watching ? "g" : "!", 1);
    for (;;) ::pause();
  }
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  REQUIRE(byte == 'g');
  const pid_t opener = ::fork();
  if (opener == 0) ::_exit(::open((mount / "in/f").c_str(), O_RDONLY) >= 0 ? 0 : 1);
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  ::kill(agent, SIGKILL);
  int status = -1;
  const bool passed = eventually([&] { return ::waitpid(opener, &status, WNOHANG) == opener; });
  if (!passed) ::kill(opener, SIGKILL);  // while it waits, so does the end of the agent
  CHECK(passed);
  CHECK(status == 0);
  ::waitpid(agent, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("a mount made below a guarded one is guarded too") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "sub");
  const auto guarding = guard({.guarded = {mount.path()}}, refuse_secrets);
  REQUIRE(shell("mount -t tmpfs huxin-sub " + (mount / "sub").string()) == 0);
  put(mount / "sub/f", "secret");
  CHECK(eventually([&] { return !opens(mount / "sub/f"); }));
  CHECK(shell("umount " + (mount / "sub").string()) == 0);
}

TEST_CASE("a guarded path that is missing is named, and guarded once it is there") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "there");
  put(mount / "file", "secret");
  const auto guarding =
      guard({.guarded = {mount / "there", mount / "late", mount / "file", mount / "gone"}},
            refuse_secrets);
  const std::string coverage = guarding->coverage();
  CAPTURE(coverage);
  CHECK(coverage.starts_with("degraded: 2 of 4 guarded paths missing: "));
  CHECK(coverage.contains((mount / "gone").string() + ", " + (mount / "late").string()));
  CHECK(coverage.contains("; 1 not guarded: " + (mount / "file").string()));
  CHECK(guarding->probe(2s));

  std::filesystem::create_directories(mount / "late/in");
  put(mount / "late/in/f", "secret");
  CHECK(eventually([&] { return !opens(mount / "late/in/f"); }));
  CHECK(eventually([&] {
    return guarding->coverage().starts_with("degraded: 1 of 4 guarded paths missing: " +
                                            (mount / "gone").string());
  }));

  std::filesystem::remove_all(mount / "late");
  CHECK(eventually([&] { return guarding->coverage().contains("late"); }));
  std::filesystem::create_directories(mount / "late");
  put(mount / "late/f", "secret");
  CHECK(eventually([&] { return !opens(mount / "late/f"); }));
}

TEST_CASE("folders too deep to be guarded are told, and the channel is degraded") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  const std::filesystem::path top = mount / "deep";
  std::filesystem::path folder = top;
  for (int i = 0; i < GuardMarks::kMaxDepth; ++i) folder /= "d";
  std::filesystem::create_directories(folder);
  std::mutex mutex;
  std::vector<std::string> told;
  const auto lost = [&](const std::string& path, const std::string& reason, std::uint64_t) {
    const std::lock_guard lock(mutex);
    told.push_back(path + ": " + reason);
  };
  CHECK(guard({.guarded = {top}}, refuse_secrets, lost)->coverage() == "ok");
  std::filesystem::create_directories(folder / "d/d");
  const auto guarding = guard({.guarded = {top}}, refuse_secrets, lost);
  put(folder / "f", "secret");
  CHECK_FALSE(opens(folder / "f"));
  CHECK(guarding->coverage().starts_with(
      "degraded: 1 of 1 guarded paths not guarded: " + top.string() + " ("));
  CHECK(eventually([&] {
    const std::lock_guard lock(mutex);
    return told == std::vector{(folder / "d").string() + ": too_deep"};
  }));
}

TEST_CASE("subfolders that cannot be opened for want of descriptors are told, and tried again") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  std::filesystem::create_directories(mount / "desk");
  std::filesystem::path in = mount / "other";
  for (int i = 0; i < 40; ++i) in /= "d";  // each level of the walk holds a descriptor
  std::filesystem::create_directories(in);
  const auto guarding = guard({.guarded = {mount / "desk"}}, refuse_secrets);
  CHECK(guarding->coverage() == "ok");
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const Fd next(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const rlimit few{.rlim_cur = static_cast<rlim_t>(next.get()) + 20, .rlim_max = before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  std::filesystem::rename(mount / "desk", mount / "old");
  std::filesystem::rename(mount / "other", mount / "desk");
  const bool told =
      eventually([&] { return guarding->coverage().contains("unguardable: cannot be opened"); });
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(told);
  const std::filesystem::path file =
      mount / ("desk" + in.string().substr((mount / "other").string().size()) + "/f");
  put(file, "secret");
  CHECK(eventually([&] { return guarding->coverage() == "ok"; }));
  CHECK_FALSE(opens(file));
}

TEST_CASE("a guard of nothing that exists does not say that all is well") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  const auto guarding = guard({.guarded = {mount / "a", mount / "b"}}, refuse_secrets);
  CHECK(guarding->coverage() == "degraded: 2 of 2 guarded paths missing: " +
                                    (mount / "a").string() + ", " + (mount / "b").string());
  CHECK(guarding->probe(2s));
  const test::ScratchMount whole;
  CHECK(guard({.guarded = {whole.path()}}, refuse_secrets)->coverage() == "ok");
}

TEST_CASE("what is missing is told within the room of a status, and the rest counted") {
  std::vector<BlindPlace> many;
  for (int i = 0; i < 500; ++i) many.push_back({fmt::format("/srv/branch/{:03}", i), ""});
  const std::string text = describe_coverage("watched", 600, many);
  CHECK(text.starts_with("degraded: 500 of 600 watched paths missing: /srv/branch/000, "));
  CHECK(text.size() < 600);
  CHECK(text.ends_with(" more"));
  CHECK(describe_coverage("watched", 2, {}) == "ok");
  CHECK(describe_coverage("guarded", 2, std::vector<BlindPlace>{{"/a", "no mark"}}) ==
        "degraded: 1 of 2 guarded paths not guarded: /a (no mark)");
}

TEST_CASE("a live guard answers its probe, and excluded paths open unasked") {
  NEEDS_FANOTIFY();
  const test::ScratchMount mount;
  put(mount / "f.lock", "secret");
  const auto guarding = guard({.guarded = {mount.path()}, .exclude = {"*.lock"}}, refuse_secrets);
  CHECK(guarding->probe(2s));
  CHECK(opens(mount / "f.lock"));
  CHECK(guarding->counters().decided == 0);
}

}  // namespace huxin::watch
