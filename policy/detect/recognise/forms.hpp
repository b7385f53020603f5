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

/// The number plate whose digits begin here: 京A12345, 沪AD12345, 京A·12345 (GA 36-2018; is_plate).
std::optional<Span> plate_around(std::string_view text, const Span& digits);

/// The MAC address of which `colon` is the first of five.
std::optional<Span> mac_address_at(std::string_view text, std::size_t colon);

}  // namespace huxin::detect
