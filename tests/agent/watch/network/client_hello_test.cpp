#include "agent/watch/network/client_hello.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace huxin::watch {
namespace {

void put(Bytes& out, std::size_t value, std::size_t width) {
  for (std::size_t i = width; i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put_vector(Bytes& out, std::size_t width, const Bytes& content) {
  put(out, content.size(), width);
  out.insert(out.end(), content.begin(), content.end());
}

Bytes text(std::string_view characters) { return {characters.begin(), characters.end()}; }

/// A ClientHello as RFC 8446 lays it out, in records of at most `record` bytes.
Bytes hello(std::string_view name, const std::vector<std::string>& protocols,
            std::size_t record = 16384) {
  Bytes names;
  put(names, 0, 1);
  put_vector(names, 2, text(name));
  Bytes sni;
  put_vector(sni, 2, names);
  Bytes list;
  for (const std::string& protocol : protocols) put_vector(list, 1, text(protocol));
  Bytes alpn;
  put_vector(alpn, 2, list);
  Bytes extensions;
  put(extensions, 0, 2);
  put_vector(extensions, 2, sni);
  put(extensions, 16, 2);
  put_vector(extensions, 2, alpn);
  Bytes body(2 + 32, 3);
  put_vector(body, 1, Bytes(32, 7));
  put_vector(body, 2, {0x13, 0x01});
  put_vector(body, 1, {0});
  put_vector(body, 2, extensions);
  Bytes message;
  put(message, 1, 1);
  put_vector(message, 3, body);
  Bytes records;
  for (std::size_t at = 0; at < message.size(); at += record) {
    put(records, 0x160301, 3);
    const std::size_t end = std::min(at + record, message.size());
    put_vector(records, 2,
               Bytes(message.begin() + static_cast<std::ptrdiff_t>(at),
                     message.begin() + static_cast<std::ptrdiff_t>(end)));
  }
  return records;
}

}  // namespace

TEST_CASE("a ClientHello gives its server name in lower case and its protocols") {
  const Sniffed sniffed = sniff(hello("WWW.Bank.example", {"h2", "http/1.1"}));
  REQUIRE(sniffed.opening == Opening::kTls);
  CHECK(sniffed.hello.server_name == "www.bank.example");
  CHECK(sniffed.hello.protocols == std::vector<std::string>{"h2", "http/1.1"});
}

TEST_CASE("a ClientHello spread over records of any size is read the same") {
  const std::size_t record = GENERATE(1U, 3U, 4U, 5U, 50U, 100U);
  const Sniffed sniffed = sniff(hello("a.example", {"http/1.1"}, record));
  REQUIRE(sniffed.opening == Opening::kTls);
  CHECK(sniffed.hello.server_name == "a.example");
}

TEST_CASE("every proper prefix of a ClientHello asks for more and none is misread") {
  const Bytes whole = hello("a.example", {"h2"}, 40);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO("length " << length);
    CHECK(sniff(ByteView(whole).first(length)).opening == Opening::kNeedMore);
  }
}

TEST_CASE("a server name that is no host name is left out") {
  const auto name =
      GENERATE(as<std::string>{}, "a b", "evil/../x", "host\n", "..", "\xe6\x8a\xa4.cn");
  CHECK(sniff(hello(name, {})).hello.server_name.empty());
}

TEST_CASE("the first bytes tell the protocol") {
  struct Row {
    std::string_view bytes;
    Opening opening;
    const char* reason;
  };
  const auto row = GENERATE(values<Row>({
      {"", Opening::kNeedMore, "nothing said yet"},
      {"G", Opening::kNeedMore, "may become GET"},
      {"GET", Opening::kNeedMore, "no target yet"},
      {"GET /", Opening::kHttp, "origin form"},
      {"OPTIONS *", Opening::kHttp, "asterisk form"},
      {"POST http://a/", Opening::kHttp, "absolute form"},
      {"CONNECT 10.0.0.1:443", Opening::kHttp, "authority form"},
      {"M-SEARCH *", Opening::kHttp, "methods may hold a hyphen"},
      {"SSH-2.0-OpenSSH\r\n", Opening::kUnknown, "SSH banner"},
      {"get / HTTP/1.1", Opening::kUnknown, "methods are in capitals"},
      {"EHLO\r\n", Opening::kUnknown, "SMTP"},
      {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", Opening::kUnknown, "no method is that long"},
      {"\x16\x02\x00", Opening::kUnknown, "a TLS record of version 2"},
      {std::string_view("\x16\x03\x01\x00\x00", 5), Opening::kUnknown, "an empty handshake record"},
      {std::string_view("\x16\x03\x01\x00\x04\x02\x00\x00\x00", 9), Opening::kUnknown,
       "a ServerHello"},
      {std::string_view("\x16\x03\x01\x00\x04\x01\xff\xff\xff", 9), Opening::kUnknown,
       "a ClientHello of 16 MiB"},
      {std::string_view("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03", 10), Opening::kUnknown,
       "a ClientHello cut short"},
      {std::string_view("\x80\x2e\x01\x03\x01", 5), Opening::kUnknown, "SSL 2 form"},
  }));
  INFO(row.reason);
  CHECK(sniff(as_bytes(row.bytes)).opening == row.opening);
}

}  // namespace huxin::watch
