#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace huxin::extract {

/// Writes a cell's number as people read it: whole numbers in full, also those beyond 2^53, whose
/// last digits are gone and become zeros; others with the 15 digits a spreadsheet shows. Empty for
/// what is no number.
std::string shown_number(double value);

/// The double of a number in eight bytes, and of an RkNumber ([MS-XLS] 2.5.217).
double from_bits(std::uint64_t bits);
double from_rk(std::uint32_t rk);

/// The name of an error, "#N/A" ([MS-XLS] 2.5.10); empty for none.
std::string_view error_name(std::uint8_t code);

}  // namespace huxin::extract
