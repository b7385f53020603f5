#include "collector/store/known_data.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/store/store.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::store {
namespace {

constexpr Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4};

struct Fixture {
  test::TempDir folder;
  std::unique_ptr<Store> store = open_sealed_store(folder / "c.db", Secret(Bytes(32, 'k'))).value();
  KnownData& known = store->known_data();
};

}  // namespace

TEST_CASE("What the bank knows is kept, one file of each kind, until another takes its place") {
  Fixture f;
  CHECK(f.known.file(KnownKind::kExact)->empty());
  CHECK_FALSE(f.known.build(KnownKind::kExact)->has_value());
  const Bytes first(100'000, 1), second(5, 2), prints(7, 3);
  REQUIRE(f.known.save(KnownKind::kExact, first, {kNow, "uid:0", "customers.csv", 40}));
  REQUIRE(f.known.save(KnownKind::kPrints, prints, {kNow, "uid:0", "papers", 2}));
  CHECK(f.known.file(KnownKind::kExact).value() == first);
  REQUIRE(f.known.save(KnownKind::kExact, second, {kNow, "uid:7", "newer.csv", 41}));
  CHECK(f.known.file(KnownKind::kExact).value() == second);
  CHECK(f.known.file(KnownKind::kPrints).value() == prints);
  const KnownBuild how = f.known.build(KnownKind::kExact).value().value();
  CHECK(how.time == kNow);
  CHECK(how.who == "uid:7");
  CHECK(how.file == "newer.csv");
  CHECK(how.entries == 41);
  CHECK(how.bytes == 5);
  REQUIRE(f.known.drop(KnownKind::kExact));
  REQUIRE(f.known.drop(KnownKind::kExact));
  CHECK(f.known.file(KnownKind::kExact)->empty());
  CHECK(f.known.file(KnownKind::kPrints).value() == prints);
}

TEST_CASE("Large bundles of long ago keep their digest alone, small ones are kept for good") {
  Fixture f;
  const auto publish = [&](std::uint64_t serial, std::size_t size) {
    REQUIRE(f.store->publish_bundle(
        {Bytes(size, 1), Bytes{static_cast<std::uint8_t>(serial)}, "v", serial}, kNow));
  };
  constexpr std::size_t kLarge = (std::size_t{1} << 20U) + 1;
  for (std::uint64_t serial = 1; serial <= 30; ++serial) publish(serial, kLarge);
  CHECK(f.store->current_bundle().value()->bundle.size() == kLarge);
  std::error_code error;
  // Thirty of them would be 31 MB.
  CHECK(std::filesystem::file_size(f.folder / "c.db", error) < 20 * kLarge);
}

}  // namespace huxin::store
