#include "agent/watchdog.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <thread>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "agent/watch/open_guard.hpp"
#include "tests/agent/watch/scratch_mount.hpp"
#include "tests/support/eventually.hpp"

namespace huxin::agent {
namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds kPatience{1000};

/// A guardian in a process of its own, with its watchdog beside it. `live` says that it is ready by
/// writing to the descriptor, and never returns.
class Guardian {
 public:
  using Life = std::function<void(Watchdog&, int ready)>;

  Guardian(const std::filesystem::path& note, std::chrono::milliseconds patience,
           const Life& live) {
    std::array<int, 2> ready{};
    REQUIRE(::pipe(ready.data()) == 0);
    process_ = ::fork();
    if (process_ == 0) {
      std::signal(SIGPIPE, SIG_IGN);
      auto watchdog = Watchdog::start(note, patience);
      if (watchdog) live(**watchdog, ready[1]);
      ::_exit(3);
    }
    ::close(ready[1]);
    char byte = 0;
    const ssize_t got = ::read(ready[0], &byte, 1);
    ::close(ready[0]);
    REQUIRE(got == 1);
  }
  ~Guardian() {
    if (ended_) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  Guardian(const Guardian&) = delete;
  Guardian& operator=(const Guardian&) = delete;

  void stop() const {
    ::kill(process_, SIGSTOP);
    int status = 0;
    REQUIRE(::waitpid(process_, &status, WUNTRACED) == process_);
    REQUIRE(WIFSTOPPED(status));
  }
  /// The signal that ended it; 0 while it lives, -1 when it ended by itself.
  int ended_by() {
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) != process_) return 0;
    ended_ = true;
    return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
  }

 private:
  pid_t process_ = 0;
  bool ended_ = false;
};

void say(int ready) { [[maybe_unused]] const ssize_t put = ::write(ready, "g", 1); }

/// Guards a folder as the agent does, and beats as long as opens are answered.
void guard_and_beat(Watchdog& watchdog, const std::filesystem::path& folder, int ready) {
  auto guarding = watch::OpenGuard::start(
      {.guarded = {folder}}, [](watch::OpenRequest&&) { return watch::OpenDecision{}; },
      [](const auto&, const auto&, std::uint64_t) {}, std::make_shared<watch::OwnProcesses>(),
      std::make_shared<SystemClock>());
  if (!guarding) return;
  watchdog.beat();
  say(ready);
  for (;;) {
    if ((*guarding)->answers(100ms)) watchdog.beat();
    std::this_thread::sleep_for(20ms);
  }
}

pid_t open_elsewhere(const std::filesystem::path& file) {
  const pid_t opener = ::fork();
  if (opener == 0) ::_exit(::open(file.c_str(), O_RDONLY) >= 0 ? 0 : 1);
  return opener;
}

/// How the open ended: 0 it passed, 1 it was refused, -1 it still waits at the deadline.
int end_of(pid_t opener, std::chrono::milliseconds deadline) {
  int status = -1;
  if (test::eventually([&] { return ::waitpid(opener, &status, WNOHANG) == opener; }, deadline))
    return WIFEXITED(status) ? WEXITSTATUS(status) : -2;
  ::kill(opener, SIGKILL);
  ::waitpid(opener, nullptr, 0);
  return -1;
}

}  // namespace

TEST_CASE("a guardian that somebody stopped keeps nobody waiting: it is ended, and opens pass") {
  if (const auto why = test::no_fanotify(); !why.empty()) SKIP(why);
  const bool whole_mount = GENERATE(true, false);
  CAPTURE(whole_mount);
  const test::ScratchMount mount;
  const test::TempDir dir;
  std::filesystem::create_directories(mount / "in");
  std::ofstream(mount / "in/f") << "x";
  Guardian guardian(dir / "note", kPatience, [&](Watchdog& watchdog, int ready) {
    guard_and_beat(watchdog, whole_mount ? mount.path() : mount / "in", ready);
  });
  REQUIRE(end_of(open_elsewhere(mount / "in/f"), 5s) == 0);
  guardian.stop();
  const pid_t opener = open_elsewhere(mount / "in/f");
  CHECK(end_of(opener, kPatience / 4) == -1);  // it waits: nobody answers
  const pid_t second = open_elsewhere(mount / "in/f");
  CHECK(end_of(second, kPatience + 2s) == 0);
  CHECK(test::eventually([&] { return guardian.ended_by() == SIGKILL; }));
  CHECK(test::eventually([&] { return Watchdog::take_note(dir / "note").ends_with("Z"); }));
  CHECK(Watchdog::take_note(dir / "note").empty());
}

TEST_CASE("a guardian that comes round is left alone, and one that hangs is ended") {
  const test::TempDir dir;
  Guardian beating(dir / "beating", 100ms, [](Watchdog& watchdog, int ready) {
    watchdog.beat();
    say(ready);
    for (;;) {
      watchdog.beat();
      std::this_thread::sleep_for(5ms);
    }
  });
  Guardian hanging(dir / "hanging", 100ms, [](Watchdog& watchdog, int ready) {
    watchdog.beat();
    say(ready);
    for (;;) ::pause();
  });
  Guardian resting(dir / "resting", 100ms, [](Watchdog& watchdog, int ready) {
    watchdog.beat();
    watchdog.rest();
    say(ready);
    for (;;) ::pause();
  });
  Guardian not_begun(dir / "not-begun", 100ms, [](Watchdog&, int ready) {
    say(ready);
    for (;;) ::pause();
  });
  CHECK(test::eventually([&] { return hanging.ended_by() == SIGKILL; }));
  CHECK_FALSE(test::eventually(
      [&] { return beating.ended_by() || resting.ended_by() || not_begun.ended_by(); }, 400ms));
  CHECK_FALSE(std::filesystem::exists(dir / "beating"));
}

TEST_CASE("the watchdog ends with its guardian, and a guardian whose watchdog is gone says so") {
  const test::TempDir dir;
  {
    const auto watchdog = Watchdog::start(dir / "note", 50ms);
    REQUIRE(watchdog);
    (*watchdog)->beat();
    CHECK((*watchdog)->state() == "ok");
  }  // returns once the process has ended
  CHECK(Watchdog::take_note(dir / "note").empty());

  Guardian guardian(dir / "note", 1h, [](Watchdog& watchdog, int ready) {
    const pid_t self = ::getpid();
    const std::string children = "/proc/self/task/" + std::to_string(self) + "/children";
    pid_t sentry = 0;
    std::ifstream(children) >> sentry;
    if (sentry <= 0) return;
    ::kill(sentry, SIGKILL);
    while (watchdog.state() == "ok") watchdog.beat();
    say(ready);
    ::_exit(0);
  });
  CHECK(test::eventually([&] { return guardian.ended_by() == -1; }));
}

TEST_CASE("the service manager is told at the place it names, and nothing is told without one") {
  const test::TempDir dir;
  const std::string place = (dir / "notify").string();
  const Fd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(place.size() < sizeof address.sun_path);
  std::memcpy(address.sun_path, place.c_str(), place.size() + 1);
  REQUIRE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::unsetenv("NOTIFY_SOCKET");
  tell_service_manager("READY=1");
  ::setenv("NOTIFY_SOCKET", place.c_str(), 1);
  tell_service_manager("WATCHDOG=1");
  ::unsetenv("NOTIFY_SOCKET");
  std::array<char, 64> said{};
  const ssize_t got = ::recv(socket.get(), said.data(), said.size(), MSG_DONTWAIT);
  CHECK(std::string_view(said.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))) ==
        "WATCHDOG=1");
  CHECK(::recv(socket.get(), said.data(), said.size(), MSG_DONTWAIT) < 0);
}

}  // namespace huxin::agent
