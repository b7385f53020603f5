#include "policy/order/refusal.hpp"

#include <vector>

#include <catch2/catch_test_macros.hpp>

namespace huxin::order {
namespace {

Item item(const char* path, Fate fate) {
  Item made;
  made.path = path;
  made.fate = fate;
  return made;
}

ClockReading clock(const char* path, const char* verdict) {
  return {.path = path, .record = "r", .source = "s", .verdict = verdict, .until = ""};
}

TEST_CASE("A statement's refusal is the gravest among its targets") {
  struct Row {
    const char* why;
    std::vector<Item> items;
    std::vector<ClockReading> clocks;
    Refusal refusal;
  };
  for (const Row& row : {
           Row{"all went", {item("a", Fate::kDestroyed)}, {clock("a", "delete")}, Refusal::kNone},
           Row{"failed is not refused", {item("a", Fate::kFailed)}, {}, Refusal::kNone},
           Row{"a term runs",
               {item("a", Fate::kRefused)},
               {clock("a", "delete"), clock("a", "freeze")},
               Refusal::kTerm},
           Row{"a hold goes before a term",
               {item("a", Fate::kRefused)},
               {clock("a", "freeze"), clock("a", "hold")},
               Refusal::kHold},
           Row{"the clocks were not asked: the file itself was in the way",
               {item("a", Fate::kRefused)},
               {},
               Refusal::kFile},
           Row{"no clock runs for it: what changed meanwhile is the file's matter",
               {item("a", Fate::kRefused)},
               {clock("a", "delete")},
               Refusal::kFile},
           Row{"another target's term is not this one's",
               {item("a", Fate::kRefused), item("b", Fate::kDestroyed)},
               {clock("b", "freeze")},
               Refusal::kFile},
           Row{"one of several",
               {item("a", Fate::kDestroyed), item("b", Fate::kRefused), item("c", Fate::kRefused)},
               {clock("a", "delete"), clock("c", "freeze")},
               Refusal::kTerm},
       }) {
    INFO(row.why);
    Statement statement;
    statement.items = row.items;
    statement.clocks = row.clocks;
    CHECK(refusal_of(statement) == row.refusal);
  }
}

TEST_CASE("A refusal's word comes back, and an unknown one is none") {
  for (const Refusal refusal : kAllRefusals) CHECK(refusal_from(to_string(refusal)) == refusal);
  for (const char* other : {"Term", "retention", "hold ", "0"})
    CHECK(refusal_from(other) == Refusal::kNone);
}

}  // namespace
}  // namespace huxin::order
