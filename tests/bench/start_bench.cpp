// Prints what it takes to get ready to inspect, in time and memory: part by part in this process,
// and for the real scan worker in its cage.
//
//   bench_start [HUXIN_AGENT]
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "agent/guard/pool.hpp"
#include "policy/detect/detector.hpp"
#include "policy/detect/pattern_set.hpp"
#include "policy/detect/vocabulary.hpp"

extern char** environ;

namespace huxin {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kStarts = 9;  // of which the median is told
constexpr double kMostMilliseconds = 50, kMostMegabytes = 25;

double since(SteadyClock::time_point start) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

/// Memory that a process shares with nobody, in MB.
double private_megabytes(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/smaps_rollup", pid));
  double kilobytes = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Private_"))
      kilobytes += std::strtod(line.c_str() + line.find(':') + 1, nullptr);
  }
  return kilobytes / 1024;
}

template <class T>
T must(Result<T> result) {
  if (result) return *std::move(result);
  fmt::print(stderr, "{}\n", result.error().context);
  std::exit(2);
}

/// Runs one step, tells what it took, and returns what it made, so that its memory stays.
template <class Step>
auto step(std::string_view name, Step&& run) {
  const double before = private_megabytes(::getpid());
  const auto start = SteadyClock::now();
  auto made = run();
  const double took = since(start);
  fmt::print("| {} | {:.1f} | {:.1f} |\n", name, took,
             std::max(0.0, private_megabytes(::getpid()) - before));
  return made;
}

void print_parts(const std::filesystem::path& cache) {
  fmt::print("| part | ms | private MB |\n|---|---|---|\n");
  const auto catalog = step("catalogue", [] { return catalog::Catalog::builtin(); });
  detect::KindSet all;
  for (std::size_t i = 0; i < detect::kKinds; ++i) all.add(static_cast<detect::Kind>(i));
  const auto words = step("vocabulary", [&] { return detect::Vocabulary(*catalog, all); });
  const auto open = [&](const std::vector<detect::Pattern>& patterns) {
    return [&] { return must(detect::PatternSet::open(patterns, cache)); };
  };
  const auto anchors = words.anchors();
  const auto keywords = words.words();
  static_cast<void>(step(fmt::format("{} anchors, compiled", anchors.size()), open(anchors)));
  static_cast<void>(step(fmt::format("{} words, compiled", keywords.size()), open(keywords)));
  const auto anchor_set = step("anchors, cached", open(anchors));
  const auto word_set = step("words, cached", open(keywords));
}

/// The whole detector, from a cache that is there.
std::shared_ptr<const detect::Detector> print_detector(const std::filesystem::path& cache) {
  const detect::DetectorOptions options{.cache = cache};
  must(detect::Detector::build(catalog::Catalog::builtin(), options));
  auto made = step("detector, cached", [&] {
    return must(detect::Detector::build(catalog::Catalog::builtin(), options));
  });
  static_cast<void>(step("context of a thread", [&] { return made->context(); }));
  return made;
}

/// From the start of a program to its end, in ms.
double run_program(const std::string& program) {
  std::string name = program;
  std::string version = "--version";
  char* arguments[] = {name.data(), version.data(), nullptr};
  const auto start = SteadyClock::now();
  pid_t pid = 0;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const int failed = ::posix_spawn(&pid, name.c_str(), &actions, nullptr, arguments, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) std::exit(2);
  int status = 0;
  ::waitpid(pid, &status, 0);
  return since(start);
}

struct Start {
  double milliseconds = 0, megabytes = 0;
};

/// One worker, from its start until it is ready in its cage.
Start start_worker(const std::string& agent, const std::filesystem::path& cache) {
  static const SystemClock clock;
  guard::PoolOptions options;
  options.workers = 1;
  options.command = {agent, "worker", "scan"};
  const auto start = SteadyClock::now();
  const auto pool = must(guard::WorkerPool::start(options, {.cache = cache}, clock));
  return {since(start), private_megabytes(pool->pids().front())};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

bool print_worker(const std::string& agent, const std::filesystem::path& cache) {
  const Start first = start_worker(agent, cache);
  std::vector<double> milliseconds, bare;
  Start cached;
  for (int i = 0; i < kStarts; ++i) {
    cached = start_worker(agent, cache);
    milliseconds.push_back(cached.milliseconds);
    bare.push_back(run_program(agent));
  }
  const double ready = median(milliseconds);
  const double program = median(bare);
  fmt::print("\n| scan worker in its cage, start to ready | ms | private MB |\n|---|---|---|\n");
  fmt::print("| first, compiles | {:.0f} | {:.1f} |\n", first.milliseconds, first.megabytes);
  fmt::print("| with a cache, median of {} | {:.0f} | {:.1f} |\n", kStarts, ready,
             cached.megabytes);
  fmt::print("| the program alone (--version) | {:.0f} | |\n", program);
  fmt::print("| ratio | {:.1f} | |\n", ready / program);
  return ready <= kMostMilliseconds && cached.megabytes <= kMostMegabytes;
}

int print_all(const std::string& agent) {
  std::string folder = std::filesystem::temp_directory_path() / "huxin-start-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 2;
  const std::filesystem::path home = folder;
  print_parts(home / "parts");
  print_detector(home / "detector");
  const bool met = print_worker(agent, home / "worker");
  std::filesystem::remove_all(home);
  fmt::print("\naims: {} ms, {} MB: {}\n", kMostMilliseconds, kMostMegabytes,
             met ? "met" : "NOT met");
  return met ? 0 : 1;
}

}  // namespace
}  // namespace huxin

int main(int count, char** arguments) {
  return huxin::print_all(count > 1 ? arguments[1] : HUXIN_BINARY_DIR "/bin/huxin-agent");
}
