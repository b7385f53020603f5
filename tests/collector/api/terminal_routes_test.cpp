#include "collector/api/terminal_routes.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include "tests/collector/support/device.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::api {
namespace {

using namespace std::chrono_literals;
using test::must;
namespace json = boost::json;

struct Fixture {
  test::TempDir folder;
  test::FakeClock clock{SystemClock().now()};
  test::Bank bank;
  std::unique_ptr<store::Store> store =
      must(store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7))));
  http::Tally tally;
  TerminalRoutes room{Desk{*store, clock, tally}};
  test::Device east, other;

  Fixture() {
    east.enrol(*store, bank.authority(), clock.now(), "East");
    other.enrol(*store, bank.authority(), clock.now(), "East");
    must(store->publish_bundle({Bytes(3, 1), Bytes(32, 2), "2026.2", 1}, clock.now()));
    record::Heartbeat beat;
    beat.set_policy_version("2026.2");
    (*beat.mutable_channels())["file"] = "ok";
    (*beat.mutable_losses())["worker_crashes"] = 2;
    must(store->heartbeat(east.id(), beat, clock.now()));
  }
  void tell(const record::Inventory& inventory) {
    record::Payload payload;
    *payload.mutable_inventory() = inventory;
    must(store->accept(east.id(), east.sha256(), east.batch({east.append(payload)}), clock.now()));
  }
  std::pair<unsigned, json::value> get(std::string_view pattern, store::Roles roles,
                                       std::vector<std::string> parameters = {}) {
    const http::Request request{.method = "GET"};
    Call call{request, std::move(parameters), "token", {}};
    call.user.roles = roles;
    for (const Route& route : room.routes()) {
      if (route.path != pattern) continue;
      const http::Response response = route.answer(call);
      return {response.status, json::parse(response.body)};
    }
    throw std::runtime_error("no such route");
  }
};

record::Inventory told() {
  record::Inventory inventory;
  inventory.set_run(std::string(16, 'r'));
  inventory.set_started_ms(1'800'000'000'000);
  inventory.set_ended_ms(1'800'000'060'000);
  inventory.set_complete(true);
  inventory.set_files(200);
  inventory.set_unchanged(150);
  inventory.set_with_findings(12);
  inventory.set_customers(340);
  inventory.set_overdue(1);
  for (const auto& [element, files] : {std::pair{1U, 9U}, std::pair{71U, 2U}}) {
    auto& count = *inventory.add_counts();
    count.set_element(element);
    count.set_findings(files);
  }
  (*inventory.mutable_levels())["C2"] = 10;
  (*inventory.mutable_levels())["C3"] = 2;
  (*inventory.mutable_not_inspected())["encrypted"] = 7;
  (*inventory.mutable_not_inspected())["timeout"] = 3;
  return inventory;
}

using enum store::Role;

TEST_CASE("A terminal tells what it runs, what it lost and what lies on it") {
  Fixture f;
  f.tell(told());
  const auto [status, shown] = f.get("/terminals/{id}", {kOfficer}, {f.east.id()});
  REQUIRE(status == 200);
  CHECK(shown.at("branch") == "East");
  CHECK(shown.at("policy_current") == true);
  CHECK(shown.at("losses") == json::array{{{"kind", "worker_crashes"}, {"count", 2}}});
  const json::value& inventory = shown.at("inventories").at(0);
  CHECK(inventory.at("files") == 200);
  CHECK(inventory.at("inspected") == 190);
  CHECK(inventory.at("overdue") == 1);
  CHECK(inventory.at("ended") == "2027-01-15T08:01:00.000Z");
  CHECK(inventory.at("not_inspected").at(0) == json::value{{"reason", "encrypted"}, {"files", 7}});
  CHECK(inventory.at("levels").at(2) == json::value{{"level", "C3"}, {"files", 2}});
  CHECK(f.get("/terminals/{id}", {kOfficer}, {"T-999999"}).first == 404);
  CHECK(f.get("/terminals/{id}", {kOfficer}, {std::string(65, 'T')}).first == 400);
}

TEST_CASE("Files with suspicious transaction reports count as if nothing was found in them") {
  Fixture f;
  record::Inventory inventory = told();
  record::Inventory& general = *inventory.mutable_general();
  general.set_with_findings(10);
  general.set_customers(338);
  auto& count = *general.add_counts();
  count.set_element(1);
  count.set_findings(8);
  (*general.mutable_levels())["C2"] = 8;
  (*general.mutable_levels())["C3"] = 2;
  f.tell(inventory);
  struct Row {
    store::Roles roles;
    int with_findings, customers, first, second_level;
  };
  for (const Row& row : {Row{{kOfficer}, 10, 338, 8, 8}, Row{{kCompliance}, 10, 338, 8, 8},
                         Row{{kAmlReviewer}, 12, 340, 9, 10}}) {
    const json::value shown =
        f.get("/terminals/{id}", row.roles, {f.east.id()}).second.at("inventories").at(0);
    CHECK(shown.at("files") == 200);
    CHECK(shown.at("with_findings") == row.with_findings);
    CHECK(shown.at("customers") == row.customers);
    CHECK(shown.at("elements").at(0).at("files") == row.first);
    CHECK(shown.at("levels").at(1).at("files") == row.second_level);
    const json::value coverage = f.get("/coverage", row.roles).second;
    CHECK(coverage.at("branches").at(0).at("with_findings") == row.with_findings);
    CHECK(coverage.at("terminals").at(0).at("customers") == row.customers);
  }
}

TEST_CASE("That a terminal holds suspicious transaction reports is for their reviewers alone") {
  Fixture f;
  f.tell(told());
  const auto elements = [&](store::Roles roles) {
    return f.get("/terminals/{id}", roles, {f.east.id()})
        .second.at("inventories")
        .at(0)
        .at("elements")
        .as_array()
        .size();
  };
  for (const store::Role role : {kOfficer, kReviewer, kCompliance, kSystemAdmin, kSecurityAdmin}) {
    INFO(store::to_string(role));
    CHECK(elements({role}) == 1);
  }
  CHECK(elements({kAmlReviewer}) == 2);
}

TEST_CASE(
    "Branches sum up their terminals: who is silent, whose policy is old, how much was seen") {
  Fixture f;
  f.tell(told());
  const json::value overview = f.get("/coverage", {kCompliance}).second;
  CHECK(overview.at("current_policy") == "2026.2");
  REQUIRE(overview.at("branches").as_array().size() == 1);
  const json::value& branch = overview.at("branches").at(0);
  CHECK(branch.at("branch") == "East");
  CHECK(branch.at("terminals") == 2);
  CHECK(branch.at("live") == 1);
  CHECK(branch.at("silent") == 1);
  CHECK(branch.at("policy_current") == 1);
  CHECK(branch.at("inventoried") == 1);
  CHECK(branch.at("inspected") == 190);
  const json::value& second = overview.at("terminals").at(1);
  CHECK(second.at("state") == "silent");
  CHECK(second.at("inventory").is_null());
  CHECK(second.at("policy_current") == false);
  f.clock.advance(16min);
  CHECK(f.get("/coverage", {kCompliance}).second.at("branches").at(0).at("silent") == 2);
}

TEST_CASE("Whatever a terminal claims, the figures stay figures") {
  Fixture f;
  record::Inventory odd = told();
  odd.set_files(3);
  odd.set_customers(UINT64_MAX);
  odd.set_ended_ms(INT64_MAX);
  odd.set_started_ms(INT64_MIN);
  (*odd.mutable_not_inspected())["<script>" + std::string(500, 'x')] = UINT64_MAX;
  for (int i = 0; i < 200; ++i) (*odd.mutable_not_inspected())[fmt::format("r{}", i)] = 1;
  auto& count = *odd.add_counts();
  count.set_element(UINT32_MAX);
  f.tell(odd);
  const json::value inventory =
      f.get("/terminals/{id}", {kOfficer}, {f.east.id()}).second.at("inventories").at(0);
  CHECK(inventory.at("inspected") == 0);
  CHECK(inventory.at("not_inspected").as_array().size() == 64);
  CHECK(inventory.at("not_inspected").at(0).at("reason").as_string().size() == 64);
  CHECK(inventory.at("elements").as_array().size() == 1);
  CHECK(inventory.at("customers").to_number<std::uint64_t>() == std::uint64_t{1} << 53U);
  CHECK(inventory.at("ended") == "9999-12-31T00:00:00.000Z");
}

}  // namespace
}  // namespace huxin::api
