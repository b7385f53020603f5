#include "tests/hostile/trial.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "policy/rule/policy.hpp"
#include "policy/text/printable.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::hostile {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

#ifdef HUXIN_SANITIZED  // all takes longer, and more memory
constexpr milliseconds kDeadline = 4 * rule::InspectionSettings{}.deadline;
constexpr double kMostMegabytes = 4096;
#else
constexpr milliseconds kDeadline = rule::InspectionSettings{}.deadline;
constexpr double kMostMegabytes = 112;  // of its own; 96 is the aim, and no moment the same
#endif
constexpr milliseconds kLate{1000};  // for two cores that are busy with something else

/// On disk, as a teller's files are, so that its pages are told from the worker's own memory.
Fd file_of(const test::TempDir& dir, std::string_view name, std::string_view content) {
  Fd file(::open(dir.write(name, content).c_str(), O_RDWR | O_CLOEXEC));
  if (!file) throw std::runtime_error("no file");
  return file;
}

std::string outcome_of(const inspect::ScanResult& result) {
  std::string outcome(extract::to_string(result.outcome.coverage));
  if (!result.outcome.reason.empty()) outcome += " " + result.outcome.reason;
  return outcome;
}

}  // namespace

Trial::Trial() {
  guard::PoolOptions options;
  options.workers = 1;
  options.command = {HUXIN_SCAN_WORKER};
  options.start_patience = std::chrono::seconds(110);
  auto pool = guard::WorkerPool::start(options, {.cache = test::pattern_cache()}, clock_);
  if (!pool) throw std::runtime_error(pool.error().context);
  pool_ = *std::move(pool);
}

Seen Trial::run(const Row& row) {
  Seen seen = run(row, kDeadline);
  const bool ran_out = std::ranges::any_of(seen.faults, [](const std::string& fault) {
    return fault.ends_with(" timeout") || fault.ends_with(" too_many_pictures");
  });
  return ran_out ? run(row, 12 * kDeadline) : seen;
}

Seen Trial::run(const Row& row, milliseconds deadline) {
  const test::TempDir dir;
  Seen seen;
  for (Input& input : row.make(dir)) {
    if (!input.file) input.file = file_of(dir, "input", std::exchange(input.content, {}));
    run(row, input, deadline, seen);
  }
  if (seen.outcomes.empty()) seen.faults.emplace_back("nothing was tried");
  if (!next_is_inspected()) seen.faults.emplace_back("the next file was not inspected");
  return seen;
}

void Trial::run(const Row& row, Input& input, milliseconds deadline, Seen& seen) {
  if (!input.refused.empty()) {
    const std::string outcome = "refused " + input.refused;
    ++seen.outcomes[outcome];
    if (std::ranges::find(row.allowed, outcome) == row.allowed.end())
      seen.faults.push_back(outcome);
    return;
  }
  const auto workers = pool_->pids();
  const pid_t worker = workers.empty() ? -1 : workers.front();
  PeakMemory memory(worker);
  const auto start = steady_clock::now();
  std::jthread meanwhile;
  if (input.meanwhile) meanwhile = std::jthread([&] { input.meanwhile(worker); });
  const auto result =
      pool_->scan({.file = std::move(input.file), .name = input.name, .deadline = deadline});
  const auto took = steady_clock::now() - start;
  seen.slowest = std::max<std::chrono::duration<double>>(seen.slowest, took);
  const PeakMemory::Megabytes peak = memory.end();
  seen.memory.resident = std::max(seen.memory.resident, peak.resident);
  seen.memory.own = std::max(seen.memory.own, peak.own);
  if (peak.own > kMostMegabytes) seen.faults.emplace_back("it took too much memory");
  if (took > deadline + kLate) seen.faults.emplace_back("it did not end by its deadline");
  look_at(result, row, seen);
}

void Trial::look_at(const inspect::ScanResult& result, const Row& row, Seen& seen) {
  const std::string outcome = outcome_of(result);
  ++seen.outcomes[outcome];
  if (std::ranges::find(row.allowed, outcome) == row.allowed.end()) seen.faults.push_back(outcome);
  for (const detect::Finding& finding : result.inspection.findings) {
    if (text::printable(finding.where) != finding.where)
      seen.faults.push_back("a place that is not printable: " + text::printable(finding.where));
  }
}

bool Trial::next_is_inspected() {
  const test::TempDir dir;
  const auto result = pool_->scan({.file = file_of(dir, "next.txt", "手机 13800138000\n"),
                                   .name = "next.txt",
                                   .deadline = std::chrono::seconds(60)});
  return result.outcome.coverage == extract::Coverage::kInspected &&
         result.inspection.findings_total == 1;
}

}  // namespace huxin::hostile
