#include "policy/retention/table.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::retention {
namespace {

const std::string kGood =
    "notice_zh: 仅供参考\n"
    "notice_en: a reference\n"
    "records:\n"
    "  - id: statements\n"
    "    zh: 流水\n"
    "    en: statements\n"
    "    keep: 10 years\n"
    "    basis: statute\n"
    "    starts_zh: 交易后\n"
    "    starts_en: after the transaction\n"
    "    means:\n"
    "      - [D65, D64]\n"
    "    source: \"反洗钱法 34\"\n"
    "    checked: 2026-11-23\n";

}  // namespace

TEST_CASE("the shipped table loads, and every entry has its source and date") {
  const Table& table = Table::builtin();
  CHECK(table.records().size() == 16);
  for (const Record& record : table.records()) {
    INFO(record.id);
    CHECK_FALSE(record.source.empty());
    CHECK(record.checked.size() == 10);
    CHECK_FALSE(record.zh.empty());
    CHECK_FALSE(record.en.empty());
  }
  CHECK(table.find("customer_identification")->keep ==
        Term{.unit = Term::Unit::kYears, .count = 10});
  CHECK(table.find("card_authentication")->at_once);
  CHECK(table.find("recordings")->keep == Term{.unit = Term::Unit::kMonths, .count = 6});
  CHECK(table.find("nothing") == nullptr);
  CHECK(table.notice_zh().contains("仅供参考"));
}

TEST_CASE("a table with a fault is refused whole, by line and column") {
  CHECK(Table::parse(kGood, "t.yaml"));
  struct Row {
    const char* reason;
    const char* from;
    const char* to;
    const char* said;
  };
  const Row rows[] = {
      {"a term that is none", "keep: 10 years", "keep: ten years", "t.yaml:7:11: "},
      {"a term of nothing", "keep: 10 years", "keep: 0 years", "t.yaml:7:11: "},
      {"a term in weeks", "keep: 10 years", "keep: 10 weeks", "t.yaml:7:11: "},
      {"a term beyond reason", "keep: 10 years", "keep: 1001 years", "t.yaml:7:11: "},
      {"an unknown basis", "basis: statute", "basis: custom", "t.yaml:8:12: "},
      {"an element that is none", "[D65, D64]", "[D65, X64]", "t.yaml:12:15: "},
      {"elements without a group", "- [D65, D64]", "- D65", "t.yaml:12:9: "},
      {"an empty group", "[D65, D64]", "[]", "t.yaml:12:9: "},
      {"a date that is none", "2026-11-23", "2026-13-23", "t.yaml:14:14: "},
      {"a key misspelt", "source:", "sauce:", "t.yaml:13:5: "},
      {"a key missing", "    zh: 流水\n", "", "t.yaml:4:5: "},
      {"kept for years and not at all", "basis: statute", "basis: statute\n    at_once: true",
       "t.yaml:4:5: "},
      {"not YAML", "records:", "records: [", "t.yaml:"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    std::string text = kGood;
    REQUIRE(text.contains(row.from));
    text.replace(text.find(row.from), std::string_view(row.from).size(), row.to);
    const auto parsed = Table::parse(text, "t.yaml");
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::kInvalid);
    INFO(parsed.error().context);
    CHECK(parsed.error().context.starts_with(row.said));
  }
  const auto twice = Table::parse(kGood + kGood.substr(kGood.find("  - id")), "t.yaml");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().context.contains("'statements' stands here twice"));
  CHECK(Table::parse(std::string((1U << 20U) + 1, ' '), "t.yaml").error().code == Errc::kTooLarge);
}

}  // namespace huxin::retention
