// Every format has a clean twin among the golden documents, written by the same software, and
// nothing is found in it.
#include <fcntl.h>

#include <set>

#include <catch2/catch_test_macros.hpp>

#include "agent/guard/pool.hpp"
#include "tests/support/golden_documents.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::guard {
namespace {

using namespace std::chrono_literals;
using test::Holds;

const std::string kFolder = HUXIN_SOURCE_DIR "/tests/golden";

std::unique_ptr<WorkerPool> real_pool() {
  static const SystemClock clock;
  PoolOptions options;
  options.workers = 1;
  options.command = {HUXIN_BINARY_DIR "/tests/agent/scan_worker"};
  options.start_patience = 110s;
  auto pool = WorkerPool::start(options, {.cache = test::pattern_cache()}, clock);
  if (!pool) FAIL(pool.error().context);
  return *std::move(pool);
}

inspect::ScanResult scan(WorkerPool& pool, const std::string& document) {
  const std::string path = kFolder + "/" + document;
  return pool.scan({Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), document, 60s});
}

std::string places_of(const inspect::ScanResult& result) {
  std::string places;
  for (const detect::Finding& finding : result.inspection.findings)
    places += fmt::format("{} {}\n", catalog::to_string(finding.element), finding.where);
  return places;
}

}  // namespace

TEST_CASE("of every format there is a clean twin, and nothing is found in it") {
  const auto pool = real_pool();
  std::set<std::string> planted;
  std::set<std::string> clean;
  for (const test::GoldenDocument& document : test::golden_documents(kFolder)) {
    if (document.holds == Holds::kEncrypted) continue;
    const auto result = scan(*pool, document.file);
    INFO(document.file << ": " << result.outcome.reason << "\n" << places_of(result));
    CHECK(result.outcome.coverage == extract::Coverage::kInspected);
    CHECK((result.inspection.findings_total > 0) == (document.holds == Holds::kPlanted));
    (document.holds == Holds::kPlanted ? planted : clean).insert(document.format);
  }
  CHECK(clean == planted);
}

}  // namespace huxin::guard
