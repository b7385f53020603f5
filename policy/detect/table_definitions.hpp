#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// The tables that a text of SQL defines (CREATE TABLE, ISO/IEC 9075-2, 11.3), for rows that are
/// inserted without naming columns. Reads the text once, as far as it is asked about. At most 256
/// tables, of at most 8 KiB; of one name, the first. One thread; borrows the text.
class TableDefinitions {
 public:
  /// What stands between the brackets of the definition of a table that stands before `at`; nullopt
  /// where there is none. `name` without quotes and schema, as it is written there.
  std::optional<Span> find(std::string_view text, std::string_view name, std::size_t at);

 private:
  struct Table {
    std::string_view name;
    Span columns;
  };

  void read(std::string_view text, std::size_t stop);

  std::vector<Table> tables_;
  std::size_t read_ = 0;  ///< up to here
};

/// The table that an INSERT or REPLACE names whose VALUES begins at `at`; empty where no name
/// stands right before that word.
std::string_view inserted_table(std::string_view text, std::size_t at);

/// One column of a definition: its name, and the text of its COMMENT, empty where it has none.
struct ColumnDefinition {
  Span name;
  Span comment;
};

/// Parts what stands between the brackets of a definition.
std::vector<ColumnDefinition> column_definitions(std::string_view text, const Span& columns);

}  // namespace huxin::detect
