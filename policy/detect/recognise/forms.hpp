#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

// Codes told by what stands around their digits. Each gives the whole code; offsets are bytes of
// the normalised text, and `digits` is a run of them there.

/// The number of an officer's or a soldier's card around its digits: 南字第1234567号, four to eight
/// digits behind a Han character and 字第.
std::optional<Span> military_id_around(std::string_view text, const Span& digits);

/// The number plate whose first digits begin here: 京A12345, 沪AD12345, 京A·12345 (see plate_at).
/// One in small letters, or with a space behind the province, is more doubtful.
struct PlateAround {
  Span span;
  double doubt = 0;
};
std::optional<PlateAround> plate_around(std::string_view text, const Span& digits);

/// The MAC address of which `colon` is the first of five.
std::optional<Span> mac_address_at(std::string_view text, std::size_t colon);

}  // namespace huxin::detect
