#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace huxin::record {

/// Writes the band that the first amount in a text lies in, in yuan: "10万-50万" for 25万元,
/// 250,000.00 and ¥250000 alike; "<1万" and "≥1亿" at the ends. Understands thousands separators,
/// decimals and the units 百, 千, 万, 百万, 千万 and 亿. nullopt when there is no amount, or one
/// that is too long to be any.
std::optional<std::string> amount_band(std::string_view utf8);

}  // namespace huxin::record
