#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text is an EUI-48 address (IEEE 802-2014, 8.2): six pairs of hexadecimal digits
/// that colons or hyphens part, all alike. One device's: neither a group's (the first byte is odd),
/// nor all zeros.
bool is_mac_address(std::string_view text);

}  // namespace huxin::detect
