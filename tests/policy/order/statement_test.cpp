#include "policy/order/statement.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::order {
namespace {

const Time kNow = from_rfc3339("2026-03-01T08:30:00.123Z").value();

Statement sample() {
  return {
      .id = "00112233445566778899aabbccddeeff",
      .order = "0101",
      .terminal = "T-1",
      .hostname = "柜面-3",
      .executor = "li.na",
      .supervisor = "wang.wei",
      .reason = "期满",
      .method = "overwrite",
      .started = kNow,
      .ended = kNow + std::chrono::seconds(2),
      .items = {{.path = "/a/\"客户\"\n.xlsx",
                 .incident = "",
                 .bytes = 9,
                 .digest = "aa",
                 .method = "overwrite",
                 .fate = Fate::kDestroyed,
                 .note = ""}},
      .residue = {{.path = "/tmp/x", .kind = "temporary", .result = "reported"}},
      .residue_unlisted = 3,
      .clocks = {{.path = "/a", .record = "r", .source = "s", .verdict = "delete", .until = ""}},
      .note = "n"};
}

}  // namespace

TEST_CASE("a statement comes back as it was written") {
  CHECK(statement_from(to_json(sample()).value()).value() == sample());
}

TEST_CASE("a statement with a member missing, unknown or of another type is none, by name") {
  const std::string good = to_json(sample()).value();
  struct Row {
    const char* from;
    const char* to;
    const char* named;
  };
  const Row rows[] = {
      {"\"terminal\":\"T-1\",", "", "statement.terminal"},
      {"\"terminal\":\"T-1\"", "\"terminal\":1", "statement.terminal"},
      {"\"note\":\"n\"", "\"note\":\"n\",\"more\":1", "not known"},
      {"\"bytes\":9", "\"bytes\":-9", "items.bytes"},
      {"\"bytes\":9", "\"bytes\":\"9\"", "items.bytes"},
      {"\"result\":\"destroyed\"", "\"result\":\"burnt\"", "items.result"},
      {"\"started\":\"2026", "\"started\":\"x026", "statement.started"},
      {"\"residue\":[", "\"residue\":[1,", "residue"},
      {"\"kind\":\"temporary\",", "", "residue.kind"},
      {"\"clocks\":[{", "\"clocks\":[{\"x\":1,", "clocks"},
  };
  for (const Row& row : rows) {
    INFO(row.to);
    std::string text = good;
    REQUIRE(text.contains(row.from));
    text.replace(text.find(row.from), std::string_view(row.from).size(), row.to);
    const auto read = statement_from(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::kInvalid);
    CHECK(read.error().context.contains(row.named));
  }
  CHECK_FALSE(statement_from(""));
  CHECK_FALSE(statement_from("[]"));
  CHECK_FALSE(statement_from(good + "x"));
  Statement bad = sample();
  bad.hostname = "\xff";
  CHECK(to_json(bad).error().code == Errc::kInvalid);
  bad.hostname.assign(kLargestStatement, 'x');
  CHECK(to_json(bad).error().code == Errc::kTooLarge);
}

TEST_CASE("a statement answers one order") {
  const Order order{.id = Bytes(2, 1),
                    .terminal = "T-1",
                    .issued = kNow,
                    .expires = kNow + std::chrono::days(1),
                    .reason = "期满",
                    .executor = "li.na",
                    .supervisor = "wang.wei",
                    .what = Destroy{.targets = {{"/a/\"客户\"\n.xlsx", {}}}}};
  CHECK(agree(sample(), order));
  const auto differs = [&](void (*spoil)(Statement&)) {
    Statement statement = sample();
    spoil(statement);
    return agree(statement, order).error().code == Errc::kCorrupt;
  };
  CHECK(differs([](Statement& s) { s.order = "0102"; }));
  CHECK(differs([](Statement& s) { s.terminal = "T-2"; }));
  CHECK(differs([](Statement& s) { s.executor = "x"; }));
  CHECK(differs([](Statement& s) { s.supervisor = "x"; }));
  CHECK(differs([](Statement& s) { s.reason = "x"; }));
  CHECK(differs([](Statement& s) { s.method = "unlink"; }));
  CHECK(differs([](Statement& s) { s.items.clear(); }));
  CHECK(differs([](Statement& s) { s.items[0].path = "/b"; }));
  CHECK(differs([](Statement& s) { s.items[0].incident = "00"; }));
  CHECK(differs([](Statement& s) { s.items.push_back(s.items[0]); }));
  Order given = order;
  given.what = Release{};
  CHECK_FALSE(agree(sample(), given));
}

}  // namespace huxin::order
