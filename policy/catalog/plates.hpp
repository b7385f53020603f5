#pragma once
#include <string_view>

namespace huxin::catalog {

/// Says whether a character stands for a province on number plates: 京, 粤, and 粵 too (GA
/// 36-2018). UTF-8; anything but one listed character is none.
bool is_plate_province(std::string_view character);

/// Says whether a character may stand last on a number plate: 挂, 学, 警, 港, 澳.
bool is_plate_ending(std::string_view character);

}  // namespace huxin::catalog
