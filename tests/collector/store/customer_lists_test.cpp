#include "collector/store/customer_lists.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/store/store.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::store {
namespace {

using std::chrono::days;
constexpr Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4};

struct Fixture {
  test::TempDir folder;
  std::unique_ptr<Store> store = open_sealed_store(folder / "c.db", Secret(Bytes(32, 'k'))).value();
  CustomerLists& lists = store->customer_lists();

  Status import(std::vector<ListedCustomer> rows, bool replace = false,
                ListKind kind = ListKind::kAuthorisation) {
    return lists.import(kind, rows,
                        {.time = kNow,
                         .who = "hegui",
                         .file = "名单.csv",
                         .replaced = replace,
                         .entries = rows.size()});
  }
};

ListedCustomer customer(std::uint8_t who, Time from, Time until, std::string purpose = "贷款审批") {
  ListedCustomer made{.entry = {.from = from, .until = until, .purpose = std::move(purpose)}};
  made.entry.digest[0] = who;
  return made;
}

}  // namespace

TEST_CASE("A list is added to, replaced, counted, and kept apart from the other") {
  Fixture f;
  REQUIRE(f.import({customer(1, kNow - days(1), kNow + days(9)),
                    customer(2, kNow - days(9), kNow - days(1)),
                    customer(3, kNow + days(1), Time::max(), "开户")}));
  REQUIRE(f.import(
      {customer(1, kNow - days(1), kNow + days(9)), customer(1, kNow - days(1), kNow + days(99))}));
  REQUIRE(f.import({customer(7, kNow, Time::max(), "反洗钱调查")}, false, ListKind::kHold));
  const ListSummary summary = f.lists.summary(ListKind::kAuthorisation, kNow).value();
  CHECK(summary.entries == 4);  // the same row twice is one
  CHECK(summary.customers == 3);
  CHECK(summary.in_force == 2);
  CHECK(summary.over == 1);
  CHECK(summary.to_come == 1);
  REQUIRE(summary.purposes.size() == 2);
  CHECK(summary.purposes[0].purpose == "开户");
  CHECK(summary.purposes[0].last_end == Time::max());
  CHECK(summary.purposes[1].last_end == kNow + days(99));
  REQUIRE(summary.imports.size() == 2);
  CHECK(summary.imports[0].entries == 2);
  CHECK(summary.imports[0].who == "hegui");
  CHECK(summary.imports[0].file == "名单.csv");

  const bundle::DigestList list = f.lists.list(ListKind::kAuthorisation).value();
  CHECK(list.entries().size() == 4);
  CHECK(list.at(customer(1, kNow, kNow).entry.digest, kNow + days(50)) ==
        bundle::Standing::kInForce);
  CHECK(f.lists.list(ListKind::kHold).value().entries().size() == 1);

  REQUIRE(f.import({customer(5, kNow, kNow + days(1))}, true));
  CHECK(f.lists.list(ListKind::kAuthorisation).value().entries().size() == 1);
  CHECK(f.lists.list(ListKind::kHold).value().entries().size() == 1);
}

TEST_CASE("A list that would be too long is refused, and the one before stays") {
  Fixture f;
  REQUIRE(f.import({customer(1, kNow, kNow + days(1))}));
  std::vector<ListedCustomer> many;
  for (std::size_t i = 0; i <= bundle::DigestList::kMostEntries; ++i)
    many.push_back(customer(2, kNow, kNow + std::chrono::milliseconds(i + 1)));
  CHECK(f.import(many, true).error().code == Errc::kTooLarge);
  many.clear();
  for (int i = 0; i <= 1000; ++i)
    many.push_back(customer(3, kNow, kNow + days(1), std::to_string(i)));
  CHECK(f.import(many).error().code == Errc::kTooLarge);
  CHECK(f.lists.list(ListKind::kAuthorisation).value().entries().size() == 1);
  CHECK(f.lists.summary(ListKind::kAuthorisation, kNow).value().imports.size() == 1);
}

}  // namespace huxin::store
