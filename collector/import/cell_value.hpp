#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "collector/import/column_elements.hpp"
#include "policy/detect/validators/birth_date.hpp"
#include "policy/known/value_digest.hpp"

namespace huxin::imports {

/// What became of a cell.
enum class CellFate : std::uint8_t {
  kEmpty,       ///< nothing is in it
  kNone,        ///< it says that there is no value: 无, N/A, -, 0
  kTaken,       ///< a value of one of the column's elements
  kRefused,     ///< no value of any of them: a check digit, a length, a prefix is wrong
  kScientific,  ///< 1.39E+10: a spreadsheet has lost the digits
};

struct CellValue {
  CellFate fate = CellFate::kEmpty;
  known::Value value;  ///< where it was taken
};

/// Reads a cell as a value of the first of `elements` that it is one of by its own form, as
/// findings carry it and terminals compare it. `today` bounds dates. Valid UTF-8.
CellValue read_cell(std::string_view cell, const ColumnElements& elements, detect::Date today);

/// What may be said of a refused cell: its first and last character with stars between, whatever
/// the column should have held; all stars where it is too short or long for that.
std::string masked_cell(std::string_view cell);

}  // namespace huxin::imports
