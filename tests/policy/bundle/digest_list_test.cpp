#include "policy/bundle/digest_list.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/bundle/bundle.pb.h"

namespace huxin::bundle {
namespace {

constexpr Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4};
using std::chrono::days;

ValueDigest digest(std::uint8_t first) {
  ValueDigest made{};
  made[0] = first;
  return made;
}

DigestEntry entry(std::uint8_t first, Time from, Time until, std::string purpose = "贷款审批") {
  return {digest(first), from, until, std::move(purpose)};
}

Bytes written(const wire::DigestList& message) {
  const std::string text = message.SerializeAsString();
  return {text.begin(), text.end()};
}

wire::DigestList two_entries() {
  wire::DigestList message;
  message.set_digests(std::string(16, 'a') + std::string(16, 'b'));
  for (int i = 0; i < 2; ++i) {
    message.add_from_ms(10);
    message.add_until_ms(20);
    message.add_purpose_of(1);
  }
  message.add_purposes("x");
  return message;
}

}  // namespace

TEST_CASE("a list says who is on it now") {
  const DigestList list =
      DigestList::make({entry(3, kNow - days(2), kNow - days(1)), entry(1, kNow, kNow + days(1)),
                        entry(2, kNow + days(1), Time::max()),
                        entry(3, kNow - days(9), kNow + days(9)), entry(4, kNow - days(9), kNow)})
          .value();
  struct Row {
    std::uint8_t who;
    Standing standing;
    const char* why;
  };
  for (const Row& row : {Row{1, Standing::kInForce, "it begins now"},
                         Row{2, Standing::kNotInForce, "it has not begun"},
                         Row{3, Standing::kInForce, "one of two holds"},
                         Row{4, Standing::kNotInForce, "it ends now"},
                         Row{5, Standing::kAbsent, "nobody said so"}}) {
    INFO(row.why);
    CHECK(list.at(digest(row.who), kNow) == row.standing);
  }
  CHECK(list.at(Bytes{1}, kNow) == Standing::kAbsent);
  CHECK(list.at(Bytes(17, 1), kNow) == Standing::kAbsent);
  CHECK(DigestList().at(digest(1), kNow) == Standing::kAbsent);
}

TEST_CASE("a list comes back from its bytes as it was") {
  const DigestList list =
      DigestList::make({entry(2, kNow, Time::max(), "反洗钱调查"),
                        entry(1, kNow, kNow + days(1), ""), entry(1, kNow, kNow + days(1), ""),
                        entry(1, kNow - days(1), kNow)})
          .value();
  CHECK(list.entries().size() == 3);  // the same twice is once
  CHECK(DigestList::parse(list.serialise()).value().entries() == list.entries());
  CHECK(DigestList::parse({}).value().empty());
  CHECK(DigestList().serialise().empty());
}

TEST_CASE("a list over a limit, or one that ends before it begins, is not made") {
  CHECK(DigestList::make(
            std::vector<DigestEntry>(DigestList::kMostEntries + 1, entry(1, kNow, kNow + days(1))))
            .error()
            .code == Errc::kTooLarge);
  CHECK(DigestList::make({entry(1, kNow, kNow)}).error().code == Errc::kInvalid);
  CHECK(DigestList::make({entry(1, kNow, kNow + days(1), std::string(65, 'x'))}).error().code ==
        Errc::kTooLarge);
  std::vector<DigestEntry> many;
  for (int i = 0; i <= 1000; ++i) many.push_back(entry(1, kNow, kNow + days(1), std::to_string(i)));
  CHECK(DigestList::make(many).error().code == Errc::kTooLarge);
}

TEST_CASE("bytes that are no list are refused") {
  struct Row {
    const char* why;
    void (*spoil)(wire::DigestList&);
  };
  CHECK(DigestList::parse(written(two_entries())));
  for (const Row& row :
       {Row{"digests cut short", [](wire::DigestList& m) { m.mutable_digests()->pop_back(); }},
        Row{"an end is missing", [](wire::DigestList& m) { m.mutable_until_ms()->RemoveLast(); }},
        Row{"a purpose too many", [](wire::DigestList& m) { m.set_purpose_of(1, 2); }},
        Row{"out of order",
            [](wire::DigestList& m) {
              m.set_digests(std::string(16, 'b') + std::string(16, 'a'));
            }},
        Row{"it ends before it begins", [](wire::DigestList& m) { m.set_until_ms(0, 5); }},
        Row{"a long purpose",
            [](wire::DigestList& m) { m.set_purposes(0, std::string(65, 'x')); }}}) {
    INFO(row.why);
    wire::DigestList message = two_entries();
    row.spoil(message);
    CHECK(DigestList::parse(written(message)).error().code == Errc::kCorrupt);
  }
  CHECK(DigestList::parse(Bytes{0xFF}).error().code == Errc::kCorrupt);
}

}  // namespace huxin::bundle
