#include "agent/watch/network/http_rules.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace huxin::watch {
namespace {

http::request_header<> head(std::string_view fields, unsigned version = 11) {
  http::request_header<> made;
  made.method(http::verb::post);
  made.target("/");
  made.version(version);
  for (std::size_t at = 0; at < fields.size();) {
    const std::size_t end = fields.find('\n', at);
    const std::string_view line = fields.substr(at, end - at);
    const std::size_t colon = line.find(": ");
    made.insert(boost::core::string_view(line.data(), colon),
                boost::core::string_view(line.data() + colon + 2, line.size() - colon - 2));
    at = end + 1;
  }
  return made;
}

}  // namespace

TEST_CASE("a head with one meaning passes and any other does not") {
  struct Row {
    const char* fields;
    unsigned version, status;
    const char* reason;
  };
  const auto row = GENERATE(values<Row>({
      {"Host: a\nContent-Length: 5\n", 11, 0, "a length"},
      {"Host: a\nTransfer-Encoding: chunked\n", 11, 0, "chunks"},
      {"Host: a\nTransfer-Encoding: Chunked\n", 11, 0, "coding names know no case"},
      {"Host: a\n", 11, 0, "no body"},
      {"Accept: x\n", 10, 0, "HTTP/1.0 needs no host"},
      {"Host: a\nContent-Length: 5\nTransfer-Encoding: chunked\n", 11, 400, "both"},
      {"Host: a\nContent-Length: 5\nContent-Length: 5\n", 11, 400,
       "a length twice, though the same"},
      {"Host: a\nContent-Length: -1\n", 11, 400, "a sign"},
      {"Host: a\nContent-Length: 0x10\n", 11, 400, "another base"},
      {"Host: a\nContent-Length: 99999999999999999999\n", 11, 400, "more than 64 bits"},
      {"Host: a\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n", 11, 400,
       "chunks twice"},
      {"Host: a\nTransfer-Encoding: identity\n", 11, 501, "a coding that is gone"},
      {"Host: a\nTransfer-Encoding: chunked, gzip\n", 11, 501, "chunked is not last"},
      {"Host: a\nTransfer-Encoding: chunked\n", 10, 400, "chunks in HTTP/1.0"},
      {"Host: a\nHost: b\n", 11, 400, "two hosts"},
      {"Accept: x\n", 11, 400, "no host"},
      {"Host: a\n", 12, 505, "HTTP/1.2"},
  }));
  INFO(row.reason);
  const auto fault = fault_of(head(row.fields, row.version));
  CHECK((fault ? fault->status : 0) == row.status);
}

TEST_CASE("what is said outside a body is the decoded address and the fields of no protocol") {
  struct Row {
    const char *target, *fields, *spoken;
    const char* reason;
  };
  const auto row = GENERATE(values<Row>({
      {"/", "Host: upload.test\n", "", "nothing is said"},
      {"/short", "Host: upload.test\n", "", "too short to hold anything"},
      {"/%E5%BC%A0%E4%B8%89", "", "/张三", "a decoded path"},
      {"/a?q=%E5%BC%A0+%E4%B8%89", "", "q=张 三", "a query, as forms encode it"},
      {"/a+b+c+d", "", "/a+b+c+d", "a plus is one in a path"},
      {"/1234567%4", "", "/1234567%4", "half an escape stays"},
      {"/1234567%zz", "", "/1234567%zz", "no escape at all stays"},
      {"/1234567%41", "", "/1234567A", "an escape at the end"},
      {"/", "X-Id: 13800138000\n", "X-Id: 13800138000", "a field of its own"},
      {"/", "X-Id: %31%33%38%30\n", "X-Id: 1380", "an encoded field"},
      {"/", "ACCEPT-Language: zh-CN,zh;q=0.9\nSec-Ch-Ua: something\n", "", "a browser's own"},
      {"/", "Cookie: session=1234567890\n", "", "what the server gave out"},
      {"/", "X-On: 1\n", "", "too short a value"},
  }));
  INFO(row.reason);
  auto asked = head(row.fields);
  asked.target(row.target);
  CHECK(spoken_outside_body(asked) == row.spoken);
}

TEST_CASE("the host is taken without its port and in lower case") {
  struct Row {
    const char *field, *host;
  };
  const auto row = GENERATE(values<Row>({{"WWW.Bank.Example", "www.bank.example"},
                                         {"a.example:8443", "a.example"},
                                         {"10.0.0.1:80", "10.0.0.1"},
                                         {"[fd99::2]:80", "fd99::2"},
                                         {"[fd99::2]", "fd99::2"},
                                         {"a b", ""},
                                         {"<script>", ""},
                                         {"..", ""}}));
  CHECK(host_of(head(std::string("Host: ") + row.field + "\n")) == row.host);
}

TEST_CASE("a target is split into a path fit for records and the query as it is") {
  struct Row {
    std::string_view target;
    const char *path, *query;
  };
  const auto row = GENERATE(values<Row>({{"/a/b?c=d?e", "/a/b", "c=d?e"},
                                         {"/", "/", ""},
                                         {"http://host/x?y", "/x", "y"},
                                         {"http://host?y", "/", "y"},
                                         {"http://host", "/", ""},
                                         {"/r?to=http://x/", "/r", "to=http://x/"},
                                         {"*", "/*", ""},
                                         {"10.0.0.1:443", "/10.0.0.1:443", ""},
                                         {"/\xe5\xae\xa2\n", "/%E5%AE%A2%0A", ""}}));
  INFO(row.target);
  const Target target = split_target(row.target);
  CHECK(target.path == row.path);
  CHECK(target.query == row.query);
  CHECK(split_target("/" + std::string(100'000, 'x')).path.size() <= 2050);
}

TEST_CASE("the page says its reason in two languages and runs nothing of it") {
  const std::string page = make_page(403, "含<b>客户</b>", "bad & worse");
  CHECK(page.starts_with("HTTP/1.1 403 Forbidden\r\n"));
  CHECK(page.contains("含&lt;b&gt;客户&lt;/b&gt;"));
  CHECK(page.contains("bad &amp; worse"));
  const std::string body = page.substr(page.find("\r\n\r\n") + 4);
  CHECK(page.contains("Content-Length: " + std::to_string(body.size()) + "\r\n"));
}

TEST_CASE("the page says what became of the request and whom to ask") {
  const auto says = [](unsigned status, std::string_view zh, std::string_view en) {
    const std::string page = make_page(status, "原因", "reason");
    return page.contains(zh) && page.contains(en);
  };
  CHECK(says(403, "本次发送已被阻止", "ask your branch's security officer"));
  CHECK(says(502, "无法安全地连接", "ask your IT department"));
  for (const unsigned status : {400U, 421U, 431U, 501U, 503U, 505U}) {
    CAPTURE(status);
    CHECK(says(status, "请求没有发送", "Try again"));
    CHECK_FALSE(says(status, "已被阻止", "blocked"));
  }
}

TEST_CASE("header values keep only what is printable") {
  CHECK(printable("text/plain; x=\"\xff\n\"", 100) == "text/plain; x=\"??\"");
  CHECK(printable("abcdef", 3) == "abc");
}

}  // namespace huxin::watch
