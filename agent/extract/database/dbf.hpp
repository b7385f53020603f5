#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// A column of a DBF table.
struct DbfField {
  std::string name;  ///< bytes as they are
  char type = 'C';
  std::size_t offset = 0;  ///< within a record, whose first byte says whether it is deleted
  std::size_t length = 0;  ///< bytes
};

/// What stands in front of the records of a DBF table: dBASE III and IV, FoxBASE, FoxPro and Visual
/// FoxPro (dBASE's "Table File Structure", FoxPro's "Table Structure"); not dBASE II and 7.
struct DbfHeader {
  std::uint32_t records = 0;  ///< as the header counts them
  std::size_t length = 0;     ///< where the first record begins
  std::size_t record_length = 0;
  std::uint8_t driver = 0;  ///< the language driver's number; 0: not said
  bool fox = false;         ///< Visual FoxPro: numbers are binary in some types
  bool encrypted = false;   ///< dBASE IV's own encryption
  std::vector<DbfField> fields;
};

/// Reads the header at the front of a table; nullopt unless all of it fits together: version, date,
/// fields of known types that fill a record, and the mark behind them.
std::optional<DbfHeader> dbf_header(ByteView head);

}  // namespace huxin::extract
