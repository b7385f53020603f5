#include <catch2/catch_test_macros.hpp>

#include "collector/cli/text.hpp"

namespace huxin::collector::cli {
namespace {

TEST_CASE("Columns line up whatever the script") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("客户") == 4);
  CHECK(display_width("e\u0301") == 1);
  const std::string text = table({"a", "b"}, {{"客户名单", "1"}, {"x", "2"}});
  CHECK(text == "a         b\n客户名单  1\nx         2\n");
}

TEST_CASE("Hostile text cannot drive the terminal") {
  CHECK(printable("a\x1b[31mb\nc\u202Ed\xff") == "a\\x1b[31mb\\nc\\u202ed\\xff");
  CHECK(printable("客户 a.xlsx") == "客户 a.xlsx");
}

TEST_CASE("Long paths keep both ends") {
  CHECK(shorten("/home/li/客户.xlsx", 40) == "/home/li/客户.xlsx");
  const std::string cut = shorten("/home/li.wei/文档/二零二六年/三月/南京路支行/客户名单.xlsx", 30);
  CHECK(display_width(cut) <= 30);
  CHECK(cut.starts_with("/home"));
  CHECK(cut.ends_with(".xlsx"));
}

}  // namespace
}  // namespace huxin::collector::cli
