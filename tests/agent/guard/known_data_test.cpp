// What the bank knows reaches the real worker in its real cage.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "agent/guard/pool.hpp"
#include "agent/inspect/known_files.hpp"
#include "policy/known/exact_builder.hpp"
#include "policy/known/key.hpp"
#include "policy/known/prints_builder.hpp"
#include "tests/support/pattern_cache.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::guard {
namespace {

using namespace std::chrono_literals;

const SystemClock kClock;
const Bytes kBankKey(32, 5);

/// A list with 13800138000 alone, built so that 13900139000 is no false hit.
Bytes customers() {
  known::ExactBuilder builder(kBankKey, Bytes(known::ExactHeader::kSaltSize, 1), 1);
  if (!builder.add(known::Value{catalog::ElementId{27}, "13800138000"})) return {};
  return builder.build().value();
}

KnownData data_of(ByteView exact, ByteView prints = {}) {
  const auto files = inspect::KnownFiles::make(exact, prints).value();
  const auto key_of = [](std::string_view purpose, const Bytes& salt) {
    return known::to_bytes(known::derive_key(kBankKey, purpose, salt));
  };
  return {.file = files.file,
          .exact_bytes = files.exact_bytes,
          .prints_bytes = files.prints_bytes,
          .exact_key = key_of(known::kExactPurpose, files.exact_salt),
          .prints_key = key_of(known::kPrintsPurpose, files.prints_salt)};
}

/// Text of that many paragraphs, no two of which are alike.
std::string minutes(unsigned first, unsigned count) {
  std::string text;
  for (unsigned i = first; i < first + count; ++i)
    text += fmt::format("Paragraph {} of the minutes: {:x} and {:x} were decided.\n", i,
                        i * 2654435761U, (i + 7) * 40503U * 2654435761U);
  return text;
}

Result<std::unique_ptr<WorkerPool>> start(KnownData known) {
  PoolOptions options;
  options.workers = 1;
  options.command = {HUXIN_BINARY_DIR "/tests/agent/scan_worker"};
  options.start_patience = 110s;
  return WorkerPool::start(options, {.cache = test::pattern_cache(), .known = std::move(known)},
                           kClock);
}

Fd content(std::string_view bytes) {
  Fd file(::memfd_create("content", MFD_CLOEXEC));
  if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    return {};
  return file;
}

}  // namespace

TEST_CASE("a worker knows the bank's customers by the file that all workers share") {
  auto pool = start(data_of(customers()));
  REQUIRE(pool);
  const auto seen = (*pool)->scan({content("手机 13800138000\n手机 13900139000\n"), "a.txt", 60s});
  REQUIRE(seen.inspection.findings.size() == 2);
  CHECK(seen.inspection.findings[0].known);
  CHECK(seen.inspection.findings[0].confidence > 0.99);
  CHECK_FALSE(seen.inspection.findings[1].known);
  CHECK(seen.inspection.known_total == 1);
}

TEST_CASE("workers of a new setup know by its list, and by none where it has none") {
  auto pool = start({});
  REQUIRE(pool);
  const auto known_now = [&] {
    return (*pool)->scan({content("手机 13800138000\n"), "a.txt", 60s}).inspection.known_total;
  };
  CHECK(known_now() == 0);
  REQUIRE((*pool)->reload({.cache = test::pattern_cache(), .known = data_of(customers())}));
  CHECK(known_now() == 1);
  REQUIRE((*pool)->reload({.cache = test::pattern_cache()}));
  CHECK(known_now() == 0);
}

TEST_CASE("a worker refuses to start with less than it was promised") {
  KnownData data = data_of(customers());
  ++data.exact_bytes;
  const auto longer = start(data);
  REQUIRE_FALSE(longer);
  CHECK(longer.error().context.contains("are wanted"));
  data = data_of(customers());
  data.exact_key.pop_back();
  CHECK(start(data).error().context.contains("digest key"));
}

TEST_CASE("a worker recognises a piece of one of the bank's documents, beside its customers") {
  known::PrintsBuilder builder(kBankKey);
  REQUIRE(builder.add("credit/minutes.docx", minutes(0, 100)));
  known::PrintsReport report;
  const Bytes prints = builder.build(report).value();
  auto pool = start(data_of(customers(), prints));
  REQUIRE(pool);
  const auto scan = [&](const std::string& text) {
    return (*pool)->scan({content(text), "memo.txt", 60s}).inspection;
  };
  const auto seen = scan(minutes(500, 20) + minutes(30, 40) + "手机 13800138000\n");
  REQUIRE(seen.documents.size() == 1);
  CHECK(seen.documents[0].name == "credit/minutes.docx");
  CHECK(seen.documents[0].share >= 0.4);
  CHECK(seen.documents[0].share < 0.5);
  CHECK(seen.documents[0].where == "memo.txt");
  CHECK(seen.known_total == 1);
  CHECK(scan(minutes(500, 100)).documents.empty());  // the next file begins anew
}

TEST_CASE("what the bank knows cannot be changed by whoever holds its descriptor") {
  const auto files = inspect::KnownFiles::make(customers(), {}).value();
  CHECK(::pwrite(files.file->get(), "x", 1, 0) == -1);
  CHECK(::ftruncate(files.file->get(), 0) == -1);
  CHECK(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, files.file->get(), 0) ==
        MAP_FAILED);
}

TEST_CASE("a broken list is not taken at all") {
  Bytes broken = customers();
  broken.back() ^= 1U;
  CHECK(inspect::KnownFiles::make(broken, {}).error().code == Errc::kCorrupt);
  CHECK(inspect::KnownFiles::make({}, broken).error().code == Errc::kCorrupt);
  CHECK(inspect::KnownFiles::make({}, {})->file == nullptr);
}

}  // namespace huxin::guard
