#include "policy/rule/glob.hpp"

#include <chrono>
#include <string>

#include <catch2/catch_test_macros.hpp>

namespace huxin::rule {
namespace {

struct Row {
  std::string_view pattern, text;
  bool match;
  std::string_view why;
};

}  // namespace

TEST_CASE("a glob takes the whole text, with * for any run and ? for one character") {
  static constexpr Row kRows[] = {
      {"", "", true, "nothing is nothing"},
      {"", "a", false, "the whole text is wanted"},
      {"*", "", true, "a run may be empty"},
      {"*", "a/b", true, "a run crosses slashes"},
      {"/home/*/Desktop/*.xlsx", "/home/li/Desktop/客户.xlsx", true, "two runs"},
      {"/home/*/Desktop/*.xlsx", "/home/li/Desktop/客户.xls", false, "another end"},
      {"客户?.csv", "客户甲.csv", true, "one character is one code point"},
      {"客户?.csv", "客户甲乙.csv", false, "two characters are not one"},
      {"??", "甲", false, "the bytes of one character are not two"},
      {"*a*b*c", "xxaxxbxxc", true, "the last run may be long"},
      {"*a*b*c", "xxaxxcxxb", false, "out of order"},
      {"a*", "b", false, "another beginning"},
      {"*.xlsx*", "a.xlsx", true, "trailing runs may be empty"},
      {"A", "a", false, "case counts"},
  };
  for (const Row& row : kRows) {
    INFO(row.pattern << " on " << row.text << ": " << row.why);
    CHECK(glob_match(row.pattern, row.text) == row.match);
  }
}

TEST_CASE("a network destination is matched by host, never by what its path looks like") {
  static constexpr Row kRows[] = {
      {"*.bank.internal", "files.bank.internal:443/upload", true, "port and path do not count"},
      {"*.bank.internal", "FILES.Bank.Internal", true, "nor does case"},
      {"*.bank.internal", "files.bank.internal.", true, "nor a trailing dot"},
      {"*.bank.internal", "evil.example/a.bank.internal", false, "a path is no host"},
      {"*.bank.internal", "evil.example:443/?x=.bank.internal", false, "nor is a query"},
      {"*.bank.internal/*", "evil.example/a.bank.internal/", false,
       "not even beside a path pattern"},
      {"*.bank.internal", "files.bank.internal@evil.example/", false,
       "user information is no host"},
      {"*.bank.internal", "bank.internal", false, "the dot is asked for"},
      {"up.example/api/*", "up.example:8443/api/v1", true, "path matched, port not asked for"},
      {"up.example/api/*", "up.example:8443/web", false, "another path"},
      {"up.example:8443", "up.example:8443/web", true, "port asked for"},
      {"up.example:8443", "up.example:443/web", false, "another port"},
      {"10.0.0.*", "10.0.0.7:80", true, "addresses are hosts"},
      {"[2001:db8::1]", "[2001:db8::1]", true, "an address of version 6"},
      {"up.example", "https://up.example/x", true, "a scheme does not count"},
  };
  for (const Row& row : kRows) {
    INFO(row.pattern << " on " << row.text << ": " << row.why);
    CHECK(host_match(row.pattern, row.text) == row.match);
  }
}

TEST_CASE("a process is matched by file name unless the pattern has a folder") {
  CHECK(process_match("curl", "/usr/bin/curl"));
  CHECK(process_match("*fox", "/opt/firefox/firefox"));
  CHECK_FALSE(process_match("bin/*", "/usr/bin/curl"));
  CHECK(process_match("/usr/*/curl", "/usr/bin/curl"));
  CHECK_FALSE(process_match("/usr/*/curl", "/tmp/curl"));
}

TEST_CASE("a hostile pattern takes steps in proportion to pattern times text") {
  std::string pattern;
  for (int i = 0; i < 250; ++i) pattern += "a*";
  const std::string text(4096, 'a');
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(glob_match(pattern + "b", text));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

}  // namespace huxin::rule
