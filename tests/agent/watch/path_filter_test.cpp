#include "agent/watch/path_filter.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::watch {

TEST_CASE("a path filter keeps what is below its folders and no glob leaves out") {
  const PathFilter filter({"/srv/branch", "/home/teller/"},
                          {"*.tmp", "/srv/branch/cache/*", "*/.~lock.*#"});
  struct Row {
    std::string_view path;
    bool wanted;
    std::string_view reason;
  };
  const Row rows[] = {
      {"/srv/branch/客户.xlsx", true, "below a folder"},
      {"/srv/branch", true, "the folder itself"},
      {"/srv/branches/a", false, "a name that only starts alike"},
      {"/home/teller/a/b/c", true, "a folder given with a slash at its end"},
      {"/srv/branch/a.tmp", false, "left out by its ending, '*' takes slashes too"},
      {"/srv/branch/cache/deep/er", false, "left out with all below"},
      {"/srv/branch/.~lock.a.ods#", false, "left out in the middle"},
      {"/etc/passwd", false, "elsewhere"},
      {"", false, "nothing"},
  };
  for (const Row& row : rows) {
    INFO(row.path << ": " << row.reason);
    CHECK(filter.wanted(row.path) == row.wanted);
  }
  CHECK(filter.prunes("/srv/branch/cache"));
  CHECK_FALSE(filter.prunes("/srv/branch/case"));
}

TEST_CASE("a name in another encoding becomes text with replacement characters") {
  struct Row {
    std::string_view bytes, text, reason;
  };
  const Row rows[] = {
      {"客户.xlsx", "客户.xlsx", "UTF-8 stays"},
      {"\xBF\xCD.txt", "\uFFFD\uFFFD.txt", "GBK bytes are no UTF-8"},
      {"\xE5\xAE", "\uFFFD\uFFFD", "cut short"},
      {"\xC0\xAF", "\uFFFD\uFFFD", "overlong slash"},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", "a surrogate"},
      {"\xF0\x9F\x98\x80", "\U0001F600", "four bytes"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    CHECK(to_utf8(row.bytes) == row.text);
  }
}

}  // namespace huxin::watch
