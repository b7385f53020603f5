#pragma once
#include <string_view>

namespace huxin::detect {

/// Measures the magnetic track 2 (ISO/IEC 7813) that `text` starts with: `;` PAN `=` YYMM, service
/// code and discretionary digits, `?`, at most 40 characters; without sentinels, as in EMV tag 57,
/// `D` may separate. The PAN passes Luhn and the month is 1 to 12. 0: there is none.
std::size_t track2_length(std::string_view text);

/// The PAN inside a track 2 that track2_length measured.
std::string_view track2_pan(std::string_view track);

}  // namespace huxin::detect
