#include "agent/cli/scan_run.hpp"

#include <unistd.h>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>

#include "agent/cli/display.hpp"
#include "agent/cli/explain_report.hpp"
#include "agent/cli/progress.hpp"
#include "agent/cli/scan_report.hpp"
#include "agent/cli/scan_targets.hpp"
#include "agent/extract/image/recognise.hpp"
#include "agent/guard/pool.hpp"
#include "agent/inspect/budget.hpp"
#include "agent/known_data.hpp"
#include "policy/rule/load.hpp"

namespace huxin::agent::cli {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{256}
                                  << 20U;  // people scan larger files than an open waits for
constexpr std::chrono::seconds kPatience{120};

/// How files are inspected: the policy's settings, or those of a person at a terminal.
struct Settings {
  extract::Budget budget{.max_bytes = kMaxBytes, .deadline = kPatience};
  std::size_t max_memory = rule::InspectionSettings{}.max_memory;
  double min_confidence = 0.5;
  std::size_t max_traces = 0;
};

Result<Settings> settings_of(const ScanOptions& options, const catalog::Catalog& catalog) {
  Settings settings;
  if (!options.policy.empty()) {
    const auto source = read_file(options.policy);
    if (!source) return std::unexpected(source.error());
    const rule::LoadReport report = rule::load_policy(*source, options.policy.string(), catalog);
    if (!report.ok())
      return fail(Errc::kInvalid, "{}", report.render(*source, options.policy.string()));
    const rule::InspectionSettings& inspection = report.policy->inspection;
    settings = {inspect::budget_of(inspection), inspection.max_memory, inspection.min_confidence};
  }
  if (std::isnan(options.min_confidence))
    return fail(Errc::kInvalid, "--min-confidence: not a number; give one from 0 to 1");
  if (options.explain) settings.max_traces = detect::kMaxTraces;
  if (options.min_confidence >= 0) settings.min_confidence = options.min_confidence;
  return settings;
}

/// Where compiled patterns are kept, so that the second scan starts at once; empty: nowhere.
std::filesystem::path cache_folder() {
  std::filesystem::path folder;
  const char* xdg = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (::geteuid() == 0) {
    folder = "/var/cache/huxin";
  } else if (xdg != nullptr && *xdg == '/') {
    folder = std::filesystem::path(xdg) / "huxin";
  } else if (home != nullptr && *home == '/') {
    folder = std::filesystem::path(home) / ".cache" / "huxin";
  }
  std::error_code error;
  if (folder.empty()) return folder;
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  return error ? std::filesystem::path() : folder;
}

Scanned not_scanned(const Target& target, std::string_view reason, std::string detail) {
  Scanned scanned{printable(target.path.native()), {}, std::move(detail)};
  scanned.result.outcome = {"unknown", extract::Coverage::kNotInspected, std::string(reason), 0};
  return scanned;
}

Scanned scan_one(inspect::Scanner& scanner, const Target& target, const Settings& settings) {
  if (!target.problem.empty()) return not_scanned(target, target.problem, target.detail);
  auto file = open_target(target, settings.budget.max_bytes);
  if (!file) {
    const bool special = file.error().code == Errc::kUnsupported;
    return not_scanned(target, special ? "special_file" : "unreadable", file.error().context);
  }
  std::string name = printable(target.path.filename().native());
  return {printable(target.path.native()),
          scanner.scan({.file = *std::move(file),
                        .name = std::move(name),
                        .deadline = settings.budget.deadline,
                        .max_traces = settings.max_traces}),
          ""};
}

/// Standard output. Once something of it was lost (a full disk, a reader that left) nothing more is
/// written; flush_standard_output tells of it at the end.
class Output {
 public:
  void write(std::string_view text) {
    if (lost_) return;
    lost_ = std::fwrite(text.data(), 1, text.size(), stdout) != text.size();
  }
  bool lost() const { return lost_; }

 private:
  std::atomic<bool> lost_ = false;
};

/// Gives finished files to `use` in the order in which they were found.
class InOrder {
 public:
  explicit InOrder(std::function<void(Scanned&&)> use) : use_(std::move(use)) {}

  void done(std::size_t index, Scanned&& scanned) {
    const std::scoped_lock lock(mutex_);
    waiting_.emplace(index, std::move(scanned));
    for (auto next = waiting_.find(next_); next != waiting_.end(); next = waiting_.find(next_)) {
      use_(std::move(next->second));
      waiting_.erase(next);
      ++next_;
    }
  }

 private:
  std::mutex mutex_;
  std::function<void(Scanned&&)> use_;
  std::map<std::size_t, Scanned> waiting_;
  std::size_t next_ = 0;
};

void scan_all(inspect::Scanner& scanner, const std::vector<Target>& targets,
              const Settings& settings, std::size_t jobs, const Output& output,
              const std::function<void(Scanned&&)>& use) {
  InOrder results(use);
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> threads;
  for (std::size_t job = 0; job < jobs; ++job) {
    threads.emplace_back([&] {
      for (std::size_t i = next++; i < targets.size() && !output.lost(); i = next++)
        results.done(i, scan_one(scanner, targets[i], settings));
    });
  }
}

std::size_t job_count(const ScanOptions& options, std::size_t files) {
  const std::size_t wanted =
      options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  return std::clamp<std::size_t>(files, 1, wanted);
}

/// What the bundle on this terminal knows; nothing elsewhere, and where it cannot be had, which is
/// said.
guard::KnownData known_here(const std::filesystem::path& state) {
  auto known = stored_known_data(State{state});
  if (known) return *std::move(known);
  const std::string said =
      fmt::format("未用本行客户名单 The bank's list of customers is not used: {}\n",
                  printable(known.error().context));
  std::fputs(said.c_str(), stderr);
  return {};
}

Result<std::unique_ptr<guard::WorkerPool>> start_pool(const Settings& settings, std::size_t jobs,
                                                      guard::KnownData known, const Clock& clock) {
  guard::PoolOptions options;
  options.workers = jobs;
  options.keep_one_for_urgent = false;
  return guard::WorkerPool::start(options,
                                  {.min_confidence = settings.min_confidence,
                                   .cache = cache_folder(),
                                   .budget = settings.budget,
                                   .max_memory = settings.max_memory,
                                   .known = std::move(known)},
                                  clock);
}

/// Says at once what every picture would say.
void tell_missing(const Settings& settings) {
  if (!settings.budget.pictures.text) return;
  const std::vector<std::string> missing = extract::missing_for_recognition();
  if (missing.empty()) return;
  const std::string said =
      fmt::format("图片中的文字无法识别，缺少 Text in pictures is not recognised, missing: {}\n",
                  fmt::join(missing, ", "));
  std::fputs(said.c_str(), stderr);
}

std::string heading(const ScanOptions& options) {
  if (options.json) return {};
  return options.explain ? explain_heading() : table_heading();
}

std::string report(const Scanned& scanned, const catalog::Catalog& catalog,
                   const ScanOptions& options) {
  const auto write = options.explain ? (options.json ? explain_json : explain_rows)
                                     : (options.json ? to_json : to_rows);
  return write(scanned, catalog, options.reveal);
}

}  // namespace

Result<ScanAnswer> run_scan(const ScanOptions& options) {
  const auto catalog = catalog::Catalog::builtin();
  const auto settings = settings_of(options, *catalog);
  if (!settings) return std::unexpected(settings.error());
  Totals totals;
  const std::vector<Target> targets = find_targets(options.paths, totals.links);
  const std::size_t jobs = job_count(options, targets.size());
  const SystemClock clock;
  auto pool = start_pool(*settings, jobs, known_here(options.state), clock);
  if (!pool) return std::unexpected(pool.error());
  tell_missing(*settings);

  Progress progress(targets.size(), !options.json);
  const auto start = std::chrono::steady_clock::now();
  Output output;
  output.write(heading(options));
  scan_all(**pool, targets, *settings, jobs, output, [&](Scanned&& scanned) {
    totals.add(scanned);
    progress.hide();
    output.write(report(scanned, *catalog, options));
    progress.show(totals.files, scanned.path);
  });
  progress.hide();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (!options.json) output.write(summary(totals));
  pool->reset();  // so that the workers' memory is in the figures
  if (options.stats) std::fputs(stats(totals, took.count()).c_str(), stderr);
  return ScanAnswer{totals.with_findings > 0, totals.errors};
}

}  // namespace huxin::agent::cli
