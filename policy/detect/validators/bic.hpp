#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether 8 or 11 characters are a business identifier code (ISO 9362:2022): four capital
/// letters, a country of ISO 3166-1, two capitals or digits, and a branch of three.
bool is_bic(std::string_view text);

}  // namespace huxin::detect
