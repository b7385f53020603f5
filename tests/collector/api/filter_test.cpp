#include <catch2/catch_test_macros.hpp>

#include "collector/api/filter.hpp"

namespace huxin::api {
namespace {

TEST_CASE("A query string becomes a filter") {
  const auto filter = parse_filter(
      "from=2026-03-01T00:00:00Z&severity=S2&stage=use&channel=network&action=block&element=D01&"
      "domain=aml&"
      "text=%E5%AE%A2%E6%88%B7+a&branch=&limit=500&offset=50");
  REQUIRE(filter);
  CHECK(filter->from == Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)));
  CHECK(filter->severity == 2);
  CHECK(filter->stage == 2);
  CHECK(filter->channel == 4);
  CHECK(filter->action == 4);
  CHECK(filter->element == 1);
  CHECK(filter->text == "客户 a");
  CHECK(filter->limit == 500);
  CHECK(filter->offset == 50);
}

TEST_CASE("A wrong parameter is named") {
  struct Row {
    const char* query;
    const char* named;
  };
  for (const Row& row :
       {Row{"severity=S9", "severity"}, Row{"limit=0", "limit"}, Row{"limit=501", "limit"},
        Row{"offset=-1", "offset"}, Row{"offset=1e3", "offset"}, Row{"from=yesterday", "from"},
        Row{"element=X1", "element"}, Row{"evil=1", "evil"}, Row{"text=%zz", "query"},
        Row{"text=%4", "query"}, Row{"text=a%00b", "query"}, Row{"user=a&user=b", "user"}}) {
    INFO(row.query);
    const auto filter = parse_filter(row.query);
    REQUIRE_FALSE(filter);
    CHECK(filter.error().context.contains(row.named));
  }
  CHECK_FALSE(parse_filter("text=" + std::string(201, 'a')));
  CHECK(parse_filter(""));
  CHECK(parse_filter("&&"));
}

}  // namespace
}  // namespace huxin::api
