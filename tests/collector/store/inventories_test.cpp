#include "collector/store/inventories.hpp"

#include <catch2/catch_test_macros.hpp>

#include "certs/sealed_database.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

using test::must;

struct Fixture {
  test::TempDir folder;
  Time now = SystemClock().now();
  test::Bank bank;
  std::unique_ptr<store::Store> store =
      must(store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7))));
  test::Device east, west;

  Fixture() {
    east.enrol(*store, bank.authority(), now, "East");
    west.enrol(*store, bank.authority(), now, "West");
  }
  void tell(test::Device& device, std::uint64_t files, bool complete = true) {
    record::Payload payload;
    payload.mutable_inventory()->set_files(files);
    payload.mutable_inventory()->set_complete(complete);
    must(store->accept(device.id(), device.sha256(), device.batch({device.append(payload)}), now));
  }
};

TEST_CASE("The newest inventory of each terminal is found, and those before it in order") {
  Fixture f;
  CHECK(must(f.store->inventories().newest()).empty());
  f.tell(f.east, 10);
  f.tell(f.west, 20);
  f.tell(f.east, 11, false);
  const auto newest = must(f.store->inventories().newest());
  REQUIRE(newest.size() == 2);
  CHECK(newest[0].terminal == f.east.id());
  CHECK(newest[0].inventory.files() == 11);
  CHECK(newest[1].inventory.files() == 20);
  const auto history = must(f.store->inventories().of(f.east.id(), 10));
  REQUIRE(history.size() == 2);
  CHECK(history[0].inventory.files() == 11);
  CHECK_FALSE(history[0].inventory.complete());
  CHECK(history[1].inventory.files() == 10);
  CHECK(must(f.store->inventories().of(f.east.id(), 1)).size() == 1);
  CHECK(must(f.store->inventories().of("T-999999", 10)).empty());
  CHECK(must(f.store->verify()).faults.empty());
}

TEST_CASE("An inventory that is sent again is kept once") {
  Fixture f;
  record::Payload payload;
  payload.mutable_inventory()->set_files(7);
  const record::Batch batch = f.east.batch({f.east.append(payload)});
  for (int i = 0; i < 2; ++i) must(f.store->accept(f.east.id(), f.east.sha256(), batch, f.now));
  CHECK(must(f.store->inventories().of(f.east.id(), 10)).size() == 1);
}

TEST_CASE("Verifying finds an inventory that was taken off the list, and one that never came") {
  Fixture f;
  f.tell(f.east, 10);
  f.tell(f.west, 12);
  must(f.store->accept(f.west.id(), f.west.sha256(), f.west.batch_of_incidents(1), f.now));
  CHECK(must(f.store->verify()).faults.empty());
  auto db = must(certs::SealedDatabase::open(f.folder / "collector.db", Secret(Bytes(32, 7))));
  must(db.execute("DELETE FROM inventories WHERE terminal = '" + f.east.id() + "'"));
  must(
      db.execute("INSERT INTO inventories SELECT terminal, sequence FROM records WHERE kind <> 5"));
  std::vector<std::string> faults;
  for (const auto& fault : must(f.store->verify()).faults)
    faults.push_back(fault.terminal + ' ' + fault.what);
  CHECK(faults == std::vector<std::string>{f.east.id() + " inventory is not listed",
                                           f.west.id() + " listed inventory without a record"});
}

TEST_CASE("Losses are those of the newest heartbeat") {
  Fixture f;
  record::Heartbeat beat;
  (*beat.mutable_losses())["worker_crashes"] = 3;
  must(f.store->heartbeat(f.east.id(), beat, f.now));
  (*beat.mutable_losses())["worker_crashes"] = 4;
  must(f.store->heartbeat(f.east.id(), beat, f.now));
  CHECK(must(f.store->inventories().losses(f.east.id())) ==
        std::vector<std::pair<std::string, std::uint64_t>>{{"worker_crashes", 4}});
  CHECK(must(f.store->inventories().losses(f.west.id())).empty());
}

}  // namespace
}  // namespace huxin
