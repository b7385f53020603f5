#include "policy/detect/validators/written_form.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/card_expiry.hpp"
#include "policy/detect/validators/coordinate.hpp"
#include "policy/detect/validators/ip_address.hpp"
#include "policy/detect/validators/mac_address.hpp"

namespace huxin::detect {
namespace {

using catalog::Characters;

std::size_t run_length(std::string_view text, bool (*test)(char)) {
  std::size_t end = 0;
  while (end < text.size() && end < 40 && test(text[end])) ++end;
  return end;
}

bool is_decimal(char c) { return is_ascii_digit(c) || c == '.'; }
bool is_expiry(char c) { return is_ascii_digit(c) || c == '/' || c == '-'; }
bool is_mac(char c) { return is_ascii_hex(c) || c == ':' || c == '-'; }
bool is_v6(char c) { return is_ascii_hex(c) || c == ':'; }

std::size_t ip_length(std::string_view text) {
  std::size_t v4 = run_length(text, is_decimal);
  while (v4 > 0 && text[v4 - 1] == '.') --v4;  // a full stop behind it
  if (is_public_ip(text.substr(0, v4))) return v4;
  const std::size_t v6 = run_length(text, is_v6);
  return is_public_ip(text.substr(0, v6)) ? v6 : 0;
}

std::size_t length_of(Characters form, std::string_view text) {
  switch (form) {
    case Characters::kIpAddress:
      return ip_length(text);
    case Characters::kMacAddress: {
      const std::size_t length = run_length(text, is_mac);
      return is_mac_address(text.substr(0, length)) ? length : 0;
    }
    case Characters::kCardExpiry: {
      const std::size_t length = run_length(text, is_expiry);
      return is_card_expiry(text.substr(0, length)) ? length : 0;
    }
    case Characters::kDegrees: {
      const std::size_t length = run_length(text, is_decimal);
      return coordinate(text.substr(0, length)) != Coordinate::kNone ? length : 0;
    }
    default:
      return 0;
  }
}

}  // namespace

std::size_t written_length(Characters form, std::string_view text) {
  const std::size_t length = length_of(form, text);
  return length < text.size() && is_ascii_alnum(text[length]) ? 0 : length;
}

}  // namespace huxin::detect
