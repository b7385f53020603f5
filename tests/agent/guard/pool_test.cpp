#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "agent/guard/pool.hpp"
#include "tests/support/slower.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::guard {
namespace {

using namespace std::chrono_literals;
using huxin::test::kSlower;

const std::string kWorker = HUXIN_BINARY_DIR "/tests/agent/misbehaving_worker";

PoolOptions options(std::size_t workers = 1, std::vector<std::string> more = {}) {
  PoolOptions options;
  options.workers = workers;
  options.command = {kWorker};
  options.command.insert(options.command.end(), more.begin(), more.end());
  options.start_patience = 20s;
  return options;
}

std::unique_ptr<WorkerPool> pool_of(const PoolOptions& options) {
  static const SystemClock clock;
  auto pool = WorkerPool::start(options, {}, clock);
  if (!pool) FAIL(pool.error().context);
  return std::move(*pool);
}

Fd content(std::string_view bytes = "x") {
  Fd file(::memfd_create("content", MFD_CLOEXEC));
  if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    return {};
  return file;
}

/// What became of a job of this name.
std::string ask(WorkerPool& pool, const std::string& name, std::chrono::milliseconds deadline = 60s,
                bool urgent = false) {
  return pool.scan({content(), name, deadline, urgent}).outcome.reason;
}

bool stands(const WorkerPool& pool, std::string_view wall) {
  return std::ranges::any_of(pool.in_force(),
                             [&](const std::string& name) { return name.starts_with(wall); });
}

struct Attempt {
  std::string name, reason, why;
};

const Attempt kAttempts[] = {
    {"fine", "fine", "an honest job"},
    {"crash", "worker_crashed", "a broken parser"},
    {"fine", "fine", "the next file goes on"},
    {"exit", "worker_crashed", "a parser that ends the process"},
    {"allocate", "worker_crashed", "memory without end"},
    {"socket", "worker_crashed", "no network: the call is deadly"},
    {"ptrace", "worker_crashed", "no look into others: the call is deadly"},
    {"passwd", "refused", "no file system"},
    {"write", "refused", "no file can be made"},
    {"shell", "refused", "nothing is executed"},
    {"pdftotext", "did", "but the helper"},
    {"kill", "refused", "no signals to others"},
    {"handle", "refused", "nor a handle on another process, which a signal could go to"},
    {"inherit", "refused", "the helper does not inherit the socket to the guardian"},
    {"uid", "refused", "nobody's uid, whoever started it"},
    {"root", "refused", "no way back"},
    {"descriptors", "refused", "64 descriptors, and no more"},
    {"large file", "worker_crashed", "a memory file beyond its size"},
    {"stack", "worker_crashed", "recursion without end"},
    {"fine", "fine", "the next file goes on again"},
    {"look", "worker_crashed", "no look into the guardian's memory: the call is deadly"},
    {"connect", "worker_crashed", "nor on a socket that is there"},
    {"unix", "worker_crashed", "no socket of another kind"},
    {"uring", "worker_crashed", "no other way to call the kernel"},
    {"namespace", "worker_crashed", "no root of its own"},
    {"own memory", "refused", "its own code cannot be written to through a file"},
    {"list", "refused", "no folder can be listed"},
    {"remove", "refused", "nothing can be removed"},
    {"another", "worker_crashed", "a reply to another request breaks the protocol"},
    {"impossible", "worker_crashed", "so does an impossible value"},
    {"shout", "worker_crashed", "and a reason that is no word"},
    {"fine", "fine", "after all of that"},
};

/// Runs every attempt; returns the first that went another way, or "".
std::string first_surprise(WorkerPool& pool) {
  const bool landlock = stands(pool, "landlock");
  for (const Attempt& attempt : kAttempts) {
    const bool by_landlock = attempt.name == "passwd" || attempt.name == "write" ||
                             attempt.name == "shell" || attempt.name == "own memory" ||
                             attempt.name == "list";
#ifdef HUXIN_SANITIZED
    if (attempt.name == "allocate" || attempt.name == "stack")
      continue;  // the sanitizers' own limits stand in the way
#endif
    if (by_landlock && !landlock) continue;
    const std::string became = ask(pool, attempt.name);
    if (became != attempt.reason) return attempt.name + " (" + attempt.why + ") became " + became;
  }
  return "";
}

}  // namespace

TEST_CASE(
    "whatever a worker is made to do, it is stopped, recorded, and the next file is inspected") {
  const auto pool = pool_of(options());
  CHECK(first_surprise(*pool) == "");
  CHECK(pool->figures().crashes >= 7);
  if (::geteuid() == 0) CHECK(stands(*pool, "uid "));
  CHECK(stands(*pool, "seccomp"));
}

TEST_CASE("without root the walls that need none stand, and the missing one is named") {
  if (::geteuid() != 0) SKIP("the case above has just shown it: this is not root");
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setresgid(65534, 65534, 65534) != 0 || ::setresuid(65534, 65534, 65534) != 0) ::_exit(4);
    if (::access(kWorker.c_str(), X_OK) != 0) ::_exit(5);
    const SystemClock clock;
    const auto pool = WorkerPool::start(options(), {}, clock);
    const bool told = pool && std::ranges::any_of((*pool)->missing(), [](const std::string& m) {
                        return m.starts_with("own uid");
                      });
    const std::string surprise = pool ? first_surprise(**pool) : pool.error().context;
    if (!surprise.empty()) fmt::print(stderr, "{}\n", surprise);
    ::_exit(surprise.empty() && told ? 0 : 6);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 5) SKIP("the build folder is closed to other users");
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a job that overruns is ended at its deadline, and its worker replaced") {
  const auto pool = pool_of(options());
  const auto start = std::chrono::steady_clock::now();
  CHECK(ask(*pool, "hang", 200ms) == "timeout");
  CHECK(std::chrono::steady_clock::now() - start < 2s);
  CHECK(ask(*pool, "fine") == "fine");
  CHECK(pool->figures().timeouts == 1);
}

TEST_CASE("a worker that talks without end is ended at its deadline, and its worker replaced") {
  const auto pool = pool_of(options());
  CHECK(ask(*pool, "flood", 300ms) == "timeout");
  CHECK(ask(*pool, "fine") == "fine");
}

TEST_CASE("a worker's memory is what its setup allows, besides the file") {
  const auto pool = pool_of(options());
  constexpr std::size_t kMiB = std::size_t{1} << 20U;
  for (const std::size_t mebibytes : {512U, 700U}) {
    REQUIRE(pool->reload({.budget = {.max_bytes = 7 * kMiB}, .max_memory = mebibytes * kMiB}));
#ifndef HUXIN_SANITIZED  // whose own memory cannot be limited
    CHECK(ask(*pool, "memory") == std::to_string((mebibytes + 7) * kMiB));
#endif
    CHECK(ask(*pool, "fine") == "fine");
  }
}

TEST_CASE("slow files in a row never leave a pool without workers") {
  const auto pool = pool_of(options());
  for (int i = 0; i < 6; ++i) CHECK(ask(*pool, "hang", kSlower * 400ms) == "timeout");
  const auto start = std::chrono::steady_clock::now();
  CHECK(ask(*pool, "fine") == "fine");
  CHECK(std::chrono::steady_clock::now() - start <
        kSlower * 1500ms);  // six crashes would cost 1.6 s and more
  CHECK(pool->figures().no_worker == 0);
}

TEST_CASE("an urgent job finds the worker that is kept for it while others hang") {
  const auto pool = pool_of(options(2));
  REQUIRE(ask(*pool, "fine") == "fine");  // the second worker is up
  std::atomic<bool> done = false;
  std::jthread hanging([&] {
    ask(*pool, "hang", 1500ms);
    done = true;
  });
  while (pool->figures().jobs < 2) std::this_thread::yield();
  CHECK(ask(*pool, "fine", 1s, true) == "fine");
  CHECK_FALSE(done);
}

TEST_CASE("many threads share a pool, and each gets its own answer") {
  const auto pool = pool_of(options(3));
  std::atomic<int> fine = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i)
          fine += ask(*pool, i % 10 == 9 ? "crash" : "fine") == "fine" ? 1 : 0;
      });
    }
  }
  CHECK(fine == 4 * 18);
}

TEST_CASE(
    "workers that crash in a row come back ever later, and the files in between are not "
    "inspected") {
  const auto pool = pool_of(options());
  for (int i = 0; i < 5; ++i) CHECK(ask(*pool, "crash") == "worker_crashed");
  CHECK(ask(*pool, "fine", 50ms) == "no_worker");
  CHECK(ask(*pool, "fine", 20s) == "fine");
  CHECK(pool->figures().no_worker == 1);
}

TEST_CASE("a new setup brings new workers without dropping a job, a bad one changes nothing") {
  const auto pool = pool_of(options(2));
  std::atomic<bool> stop = false;
  std::atomic<int> lost = 0;
  std::jthread busy([&] {
    while (!stop) lost += ask(*pool, "fine") == "fine" ? 0 : 1;
  });
  const auto before = pool->pids();
  CHECK(pool->reload({.min_confidence = 0.9, .budget = {.max_bytes = 1234}}).has_value());
  while (pool->figures().jobs < 50) std::this_thread::yield();
  stop = true;
  busy.join();
  CHECK(lost == 0);
  for (const pid_t pid : pool->pids()) CHECK(std::ranges::find(before, pid) == before.end());
  CHECK(ask(*pool, "max_bytes") == "1234");
}

TEST_CASE("a worker that cannot start says why") {
  const SystemClock clock;
  const auto unwilling = WorkerPool::start(options(1, {"unwilling"}), {}, clock);
  REQUIRE_FALSE(unwilling.has_value());
  CHECK(unwilling.error().context.contains("the detector does not compile"));
  const auto stillborn = WorkerPool::start(options(1, {"stillborn"}), {}, clock);
  REQUIRE_FALSE(stillborn.has_value());
  CHECK(stillborn.error().context.contains("exit 3"));
  PoolOptions absent = options();
  absent.command = {"/nonexistent"};
  CHECK_FALSE(WorkerPool::start(absent, {}, clock).has_value());
}

}  // namespace huxin::guard
