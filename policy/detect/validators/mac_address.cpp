#include "policy/detect/validators/mac_address.hpp"

#include "policy/detect/ascii.hpp"

namespace huxin::detect {

bool is_mac_address(std::string_view text) {
  constexpr std::size_t kLength = 17;
  if (text.size() != kLength || (text[2] != ':' && text[2] != '-')) return false;
  bool zero = true;
  for (std::size_t i = 0; i < kLength; ++i) {
    if (i % 3 == 2) {
      if (text[i] != text[2]) return false;
      continue;
    }
    if (!is_ascii_hex(text[i])) return false;
    zero = zero && text[i] == '0';
  }
  constexpr std::string_view kEven = "02468aceACE";
  return !zero && kEven.contains(text[1]);
}

}  // namespace huxin::detect
