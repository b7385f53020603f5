#include <catch2/catch_test_macros.hpp>

#include "collector/api/query.hpp"
#include "collector/store/role.hpp"

namespace huxin::api {
namespace {

http::Request asking(std::string query) {
  http::Request request;
  request.query = std::move(query);
  return request;
}

TEST_CASE("Parameters are taken by name; an empty one is as good as none") {
  Query query(
      asking("text=%E5%AE%A2%E6%88%B7+a&limit=20&open=true&from=2026-03-01T08:30:00Z&role="));
  CHECK(query.text("text") == "客户 a");
  CHECK(query.number("limit", 50, 1, 500) == 20);
  CHECK(query.number("offset", 7, 0, 500) == 7);
  CHECK(query.flag("open"));
  CHECK_FALSE(query.flag("shut"));
  CHECK(query.time("from") == *from_rfc3339("2026-03-01T08:30:00Z"));
  CHECK_FALSE(query.value("role", store::role_from));
  CHECK_FALSE(query.fault());
}

TEST_CASE("What is wrong with a query is told by the parameter's name") {
  struct Row {
    std::string query, names, why;
  };
  std::string many;
  for (int i = 0; i < 40; ++i) many += "p" + std::to_string(i) + "=1&";
  for (const Row& row :
       {Row{"limit=0", "limit", "below the least"}, Row{"limit=501", "limit", "over the most"},
        Row{"limit=1x", "limit", "no number"}, Row{"limit=-1", "limit", "negative"},
        Row{"open=yes", "open", "neither true nor false"}, Row{"from=today", "from", "no time"},
        Row{"role=king", "role", "no role"}, Row{"text=a&text=b", "text", "twice"},
        Row{"text=" + std::string(201, 'a'), "text", "too long"},
        Row{"other=1", "other", "nobody takes it"}, Row{"text=%4", "query", "a broken escape"},
        Row{"text=%0a", "query", "a control character"}, Row{many, "query", "too many"}}) {
    INFO(row.why);
    Query query(asking(row.query));
    query.text("text");
    query.number("limit", 50, 1, 500);
    query.flag("open");
    query.time("from");
    query.value("role", store::role_from);
    const auto fault = query.fault();
    REQUIRE(fault);
    CHECK(fault->status == 400);
    CHECK(fault->body.contains("bad_parameter"));
    CHECK(fault->body.contains(row.names));
  }
}

}  // namespace
}  // namespace huxin::api
