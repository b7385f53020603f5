#include "policy/detect/validators/ip_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace huxin::detect {
namespace {

struct Range {
  std::uint32_t base;
  int bits;
};
constexpr std::uint32_t address(unsigned a, unsigned b, unsigned c = 0) {
  return a << 24U | b << 16U | c << 8U;
}
constexpr std::array<Range, 15> kSpecial{{{address(0, 0), 8},
                                          {address(10, 0), 8},
                                          {address(100, 64), 10},
                                          {address(127, 0), 8},
                                          {address(169, 254), 16},
                                          {address(172, 16), 12},
                                          {address(192, 0, 0), 24},
                                          {address(192, 0, 2), 24},
                                          {address(192, 88, 99), 24},
                                          {address(192, 168), 16},
                                          {address(198, 18), 15},
                                          {address(198, 51, 100), 24},
                                          {address(203, 0, 113), 24},
                                          {address(224, 0), 4},
                                          {address(240, 0), 4}}};

bool is_special(std::uint32_t ip) {
  return std::ranges::any_of(kSpecial, [ip](const Range& range) {
    return (ip ^ range.base) >> (32U - static_cast<unsigned>(range.bits)) == 0;
  });
}

// 2001:db8::/32 is for documentation, 2001::/23 and 2002::/16 for protocols and tunnels.
bool is_public_v6(const in6_addr& ip) {
  const unsigned first = static_cast<unsigned>(ip.s6_addr[0]) << 8U | ip.s6_addr[1];
  const unsigned second = static_cast<unsigned>(ip.s6_addr[2]) << 8U | ip.s6_addr[3];
  if (first >> 13U != 1 || first == 0x2002 || first == 0x3FFF) return false;
  return first != 0x2001 || (second >= 0x200 && second != 0xDB8);
}

}  // namespace

bool is_public_ip(std::string_view text) {
  if (text.size() < 7 || text.size() > 39) return false;
  const std::string whole(text);
  in_addr v4{};
  if (inet_pton(AF_INET, whole.c_str(), &v4) == 1) return !is_special(ntohl(v4.s_addr));
  in6_addr v6{};
  return inet_pton(AF_INET6, whole.c_str(), &v6) == 1 && is_public_v6(v6);
}

}  // namespace huxin::detect
