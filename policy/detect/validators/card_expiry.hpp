#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text is a card's expiry as cards and dumps write it: MM/YY, MM-YY, MM/YYYY, or
/// the four digits MMYY or YYMM (ISO/IEC 7813). Years 2015 to 2049: other ones are dates.
bool is_card_expiry(std::string_view text);

}  // namespace huxin::detect
