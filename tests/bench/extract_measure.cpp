#include "tests/bench/extract_measure.hpp"

#include <fcntl.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "agent/guard/mapped_file.hpp"

namespace huxin::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr double kPatience = 2;  // seconds, for rounds after the first
constexpr std::chrono::seconds kDeadline{120};
constexpr std::size_t kMaxBytes = std::size_t{256} << 20U;

double since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

double processor_seconds() {
  double seconds = 0;
  for (const int whose : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(whose, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      seconds += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  }
  return seconds;
}

/// The least processor time of three rounds, or of those that fit.
template <class Work>
double best_of_three(const Work& work) {
  double best = 1e9;
  const auto start = SteadyClock::now();
  for (int round = 0; round < 3 && (round == 0 || since(start) < kPatience); ++round) {
    const double before = processor_seconds();
    work();
    best = std::min(best, processor_seconds() - before);
  }
  return best;
}

Fd open_file(const std::filesystem::path& path) {
  return Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(2);
}

/// A line of /proc/PID/status in MB: "VmHWM", "RssAnon".
double status_megabytes(pid_t pid, std::string_view name) {
  std::ifstream file(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name))
      return std::strtod(line.c_str() + line.find(':') + 1, nullptr) / 1024;
  }
  return 0;
}

/// Of a process and the programs that it runs.
double private_megabytes(pid_t pid) {
  double sum = status_megabytes(pid, "RssAnon") + status_megabytes(pid, "RssShmem");
  std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", pid));
  for (pid_t child = 0; children >> child;) sum += private_megabytes(child);
  return sum;
}

/// Looks at a process's memory every millisecond until it is gone.
class MemoryWatch {
 public:
  explicit MemoryWatch(pid_t pid)
      : thread_([this, pid](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            most_ = std::max(most_, private_megabytes(pid));
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          }
        }) {}
  double end() {
    thread_.request_stop();
    thread_.join();
    return most_;
  }

 private:
  double most_ = 0;
  std::jthread thread_;
};

}  // namespace

std::vector<LargeDocument> large_documents(const std::filesystem::path& folder) {
  std::ifstream lines(folder / "documents.tsv");
  std::vector<LargeDocument> documents;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string file, inner;
    LargeDocument document;
    std::getline(cells, document.format, '\t');
    std::getline(cells, file, '\t');
    std::getline(cells, document.written_by, '\t');
    std::getline(cells, inner, '\t');
    std::getline(cells, document.plain);
    document.path = folder / file;
    document.inner = std::strtoull(inner.c_str(), nullptr, 10);
    if (document.inner == 0) give_up("documents.tsv: " + line);
    documents.push_back(std::move(document));
  }
  if (documents.empty()) give_up((folder / "documents.tsv").string() + " is not there");
  return documents;
}

Extraction measure_extraction(const std::filesystem::path& path) {
  Extraction measured;
  const extract::Budget budget{.max_bytes = kMaxBytes, .deadline = kDeadline};
  measured.seconds = best_of_three([&] {
    const auto mapped = guard::MappedFile::map(open_file(path), budget.max_bytes);
    if (!mapped) give_up(mapped.error().context);
    measured.text = 0;
    measured.outcome = extract::extract(mapped->bytes(), path.filename().string(), budget,
                                        [&](text::Document&& document) {
                                          measured.text += document.text.size();
                                          return true;
                                        });
  });
  return measured;
}

double measure_plain(const LargeDocument& document) {
  if (document.plain.empty()) return 0;
  const std::string command =
      fmt::format("set -- '{}'; {} > /dev/null 2>&1", document.path.string(), document.plain);
  bool failed = false;
  const double seconds =
      best_of_three([&] { failed = std::system(command.c_str()) != 0 || failed; });
  return failed ? 0 : seconds;
}

std::unique_ptr<guard::WorkerPool> start_worker(const WorkerSource& source) {
  static const SystemClock clock;
  guard::PoolOptions options;
  options.workers = 1;
  options.command = {source.agent, "worker", "scan"};
  auto pool = guard::WorkerPool::start(
      options, {.cache = source.cache, .budget = {.max_bytes = kMaxBytes}}, clock);
  if (!pool) give_up(pool.error().context);
  return *std::move(pool);
}

Scan measure_scan(const WorkerSource& source, const std::filesystem::path& path,
                  const detect::Enough& enough) {
  const auto pool = start_worker(source);
  const pid_t worker = pool->pids().front();
  Scan scan;
  MemoryWatch watch(worker);
  const auto start = SteadyClock::now();
  scan.result = pool->scan({.file = open_file(path),
                            .name = path.filename().string(),
                            .deadline = kDeadline,
                            .enough = enough});
  scan.seconds = since(start);
  scan.peak_megabytes = status_megabytes(worker, "VmHWM");
  scan.private_megabytes = watch.end();
  return scan;
}

double files_per_second(guard::WorkerPool& pool, const std::filesystem::path& path) {
  constexpr int kRounds = 200;
  const auto inspect = [&] {
    return pool.scan({open_file(path), path.filename().string(), std::chrono::seconds(10)});
  };
  static_cast<void>(inspect());
  int rounds = 0;
  const auto start = SteadyClock::now();
  while (rounds < kRounds && since(start) < 0.5) {
    static_cast<void>(inspect());
    ++rounds;
  }
  return rounds / since(start);
}

}  // namespace huxin::bench
