// What a policy says of limits is what stops the real worker in its real cage.
#include <sys/mman.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "agent/guard/pool.hpp"
#include "agent/inspect/budget.hpp"
#include "policy/rule/load.hpp"
#include "tests/support/pattern_cache.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::guard {
namespace {

using namespace std::chrono_literals;
using test::zip_of;

const SystemClock kClock;

rule::InspectionSettings settings_of(std::string_view limit) {
  const std::string yaml = fmt::format(
      "policy: {{id: t, version: '1', mode: enforce}}\ninspection: {{{}}}\nrules: []\n", limit);
  const auto report = rule::load_policy(yaml, "test.yaml", *catalog::Catalog::builtin());
  INFO(report.render(yaml, "test.yaml"));
  REQUIRE(report.ok());
  return report.policy->inspection;
}

WorkerSetup setup_of(const rule::InspectionSettings& settings) {
  return {.cache = test::pattern_cache(),
          .budget = inspect::budget_of(settings),
          .max_memory = settings.max_memory};
}

std::unique_ptr<WorkerPool> pool_of(const WorkerSetup& setup) {
  PoolOptions options;
  options.workers = 1;
  options.command = {HUXIN_BINARY_DIR "/tests/agent/scan_worker"};
  options.start_patience = 110s;
  auto pool = WorkerPool::start(options, setup, kClock);
  if (!pool) FAIL(pool.error().context);
  return *std::move(pool);
}

std::string reason_of(WorkerPool& pool, const std::string& content,
                      std::chrono::milliseconds deadline) {
  Fd file(::memfd_create("content", MFD_CLOEXEC));
  REQUIRE(::write(file.get(), content.data(), content.size()) ==
          static_cast<ssize_t>(content.size()));
  return pool.scan({std::move(file), "content", deadline}).outcome.reason;
}

/// Text that packs some thirtyfold.
std::string lines(std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; text.size() < bytes; ++i)
    text += fmt::format("本行业务办理正常，没有需要登记的内容。第 {} 行\n", i);
  return text;
}

std::string zip_in_zips(int levels) {
  std::string content = zip_of({{"a.txt", "one"}});
  for (int i = 1; i < levels; ++i) content = zip_of({{"next.zip", content}});
  return content;
}

}  // namespace

TEST_CASE("every limit that a policy sets is the one that acts in a real worker") {
  struct Row {
    std::string_view limit;
    std::string content;
    std::string_view reason;
  };
  const std::string text = lines(std::size_t{3} << 20U);
  const Row rows[] = {
      {"max_bytes: 1KiB", "<html><p>" + lines(2000), "too_large"},
      {"max_output: 1MiB", zip_of({{"a.txt", text}}), "too_large"},
      {"max_ratio: 10", zip_of({{"a.txt", text}}), "bomb"},
      {"max_entries: 2", zip_of({{"a", "1"}, {"b", "2"}, {"c", "3"}}), "too_many_entries"},
      {"max_depth: 1", zip_in_zips(2), "too_deep"},
      {"deadline: 50ms", lines(std::size_t{60} << 20U), "timeout"},
  };
  const rule::InspectionSettings usual;
  const auto pool = pool_of(setup_of(usual));
  for (const Row& row : rows) {
    INFO(row.limit);
    CHECK(reason_of(*pool, row.content, 60s).empty());
    const rule::InspectionSettings settings = settings_of(row.limit);
    REQUIRE(pool->reload(setup_of(settings)));
    CHECK(reason_of(*pool, row.content, settings.deadline) == row.reason);
    REQUIRE(pool->reload(setup_of(usual)));
  }
}

TEST_CASE("archives as deep as a policy may allow are read to their end") {
  const auto pool = pool_of(setup_of(settings_of("max_depth: 32")));
  CHECK(reason_of(*pool, zip_in_zips(32), 60s).empty());
  CHECK(reason_of(*pool, zip_in_zips(33), 60s) == "too_deep");
}

TEST_CASE("a worker starts in the least memory that a policy may give it, and reads documents") {
  const auto pool = pool_of(setup_of(settings_of("max_memory: 512MiB")));
  for (const std::string name : {"nested.zip", "letter.pdf", "book.xls", "customers.db"}) {
    INFO(name);
    const auto content = read_file(HUXIN_SOURCE_DIR "/tests/golden/" + name);
    REQUIRE(content);
    CHECK(reason_of(*pool, *content, 60s).empty());
  }
}

TEST_CASE("a file as large as a policy allows is mapped whatever memory the worker has") {
  const rule::InspectionSettings settings = settings_of("max_bytes: 4GiB, max_memory: 512MiB");
  const auto pool = pool_of(setup_of(settings));
  Fd sparse(::memfd_create("sparse", MFD_CLOEXEC));
  REQUIRE(::ftruncate(sparse.get(), off_t{3} << 30) == 0);
  const auto result = pool->scan({std::move(sparse), "sparse", 5s});
  CHECK(result.outcome.reason == "unsupported");
  CHECK(result.outcome.bytes == std::uint64_t{3} << 30U);
}

}  // namespace huxin::guard
