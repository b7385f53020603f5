#include "certs/host_name.hpp"

#include <array>

#include <catch2/catch_test_macros.hpp>

namespace huxin::certs {

TEST_CASE("host names and addresses are read as certificates compare them") {
  struct Row {
    const char* text;
    const char* read;
    std::size_t address_bytes;
  };
  constexpr std::array<Row, 8> kRows{{{"Mail.Example.COM", "mail.example.com", 0},
                                      {"example.com.", "example.com", 0},
                                      {"localhost", "localhost", 0},
                                      {"_dmarc.xn--fiqs8s", "_dmarc.xn--fiqs8s", 0},
                                      {"1.2.3.example", "1.2.3.example", 0},
                                      {"10.0.0.1", "10.0.0.1", 4},
                                      {"[FD00::1]", "fd00::1", 16},
                                      {"::1", "::1", 16}}};
  for (const Row& row : kRows) {
    INFO(row.text);
    const Result<HostName> host = parse_host_name(row.text);
    REQUIRE(host);
    CHECK(host->text == row.read);
    CHECK(host->address.size() == row.address_bytes);
  }
}

TEST_CASE("what is no host name is refused") {
  struct Row {
    std::string text;
    const char* why;
  };
  const std::array<Row, 14> rows{{{"", "empty"},
                                  {".", "the root zone"},
                                  {"a..b", "an empty label"},
                                  {"*.example.com", "a wildcard"},
                                  {"-a.example", "a leading hyphen"},
                                  {"a-.example", "a trailing hyphen"},
                                  {"a b", "a space"},
                                  {"a/b", "a path"},
                                  {"例子.example", "not in its ASCII form"},
                                  {"10.0.0.256", "neither name nor address"},
                                  {"[10.0.0.1]", "brackets around IPv4"},
                                  {std::string("a\0.example", 10), "a zero byte"},
                                  {std::string(64, 'a') + ".example", "a label over 63"},
                                  {std::string(300, 'a'), "over 253"}}};
  for (const Row& row : rows) {
    INFO(row.why);
    const Result<HostName> host = parse_host_name(row.text);
    REQUIRE_FALSE(host);
    CHECK(host.error().code == Errc::kInvalid);
  }
}

}  // namespace huxin::certs
