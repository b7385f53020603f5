#include "certs/host_name.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace huxin::certs {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, is_name_character);
}

/// Digits alone in the last label would be an address that inet_pton refused ("10.0.0.256").
bool is_dns_name(std::string_view name) {
  if (name.empty() || name.size() > 253) return false;
  for (;;) {
    const std::size_t dot = name.find('.');
    const std::string_view label = name.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) return !std::ranges::all_of(label, is_digit);
    name.remove_prefix(dot + 1);
  }
}

Bytes parse_address(const std::string& text) {
  std::array<std::uint8_t, 16> address{};
  if (::inet_pton(AF_INET, text.c_str(), address.data()) == 1)
    return {address.begin(), address.begin() + 4};
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) == 1)
    return {address.begin(), address.end()};
  return {};
}

}  // namespace

Result<HostName> parse_host_name(std::string_view text) {
  const auto bad = [&] {
    return fail(Errc::kInvalid, "not a host name or address: '{}'", text.substr(0, 64));
  };
  if (text.size() > 256 || text.contains('\0')) return bad();
  HostName host;
  std::ranges::transform(text, std::back_inserter(host.text), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const bool bracketed =
      host.text.size() > 2 && host.text.front() == '[' && host.text.back() == ']';
  if (bracketed) host.text = host.text.substr(1, host.text.size() - 2);
  host.address = parse_address(host.text);
  if (bracketed && host.address.size() != 16) return bad();
  if (!host.address.empty()) return host;
  if (host.text.ends_with('.')) host.text.pop_back();
  if (!is_dns_name(host.text)) return bad();
  return host;
}

}  // namespace huxin::certs
