#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// An `INSERT INTO table (columns) VALUES (row), (row)…`, or REPLACE, of SQL (ISO/IEC
/// 9075-2, 14.11). Half-open, bytes of the text.
struct InsertStatement {
  Span columns;          ///< what stands between the brackets of the column list
  std::size_t rows = 0;  ///< behind VALUES
  bool defined = false;  ///< `columns` is the table's definition, see TableDefinitions
};

/// Reads the statement whose VALUES begins at `at`, if that word does; nullopt when no column list
/// stands before it, or one of more than 2 KiB.
std::optional<InsertStatement> read_insert(std::string_view text, std::size_t at);

/// Where a value stands in its row.
struct RowField {
  std::size_t row = 0;       ///< where the row's bracket opens
  std::uint32_t column = 0;  ///< 0-based
};

/// Finds the field of a row that holds `offset`: counts the commas back to the row's bracket that
/// are outside quotes. nullopt when none opens within 1 KiB, or nothing like a row's does.
std::optional<RowField> row_field(std::string_view text, std::size_t offset);

/// The end of the field that begins at `begin`: the next comma or closing bracket outside quotes,
/// no further than `stop`.
std::size_t row_field_end(std::string_view text, std::size_t begin, std::size_t stop);

}  // namespace huxin::detect
