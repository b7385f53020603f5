#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "collector/import/csv.hpp"
#include "policy/base/clock.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/known/exact_builder.hpp"

namespace huxin::imports {

/// What became of one column of a customer table. Empty cells are counted nowhere.
struct ValueColumn {
  std::size_t place = 0;  ///< from 1, as a spreadsheet counts
  std::string header;     ///< as the table has it
  catalog::ElementId element{};
  std::uint64_t taken = 0;
  std::uint64_t left_out = 0;  ///< cells that say there is no value: 无, N/A, -
  std::uint64_t refused = 0;   ///< cells that are no value of the element
};

/// What was read of a customer table. `faults.ok()`, or nothing is to be built of it.
struct CustomerValues {
  std::vector<ValueColumn> columns;   ///< those that were taken
  std::vector<std::string> left_out;  ///< headers of the others, at most 256
  std::uint64_t rows = 0;
  CsvTable faults;
  CsvTable refused;  ///< the cells that were left out, each by line and column, masked
};

/// How a customer table is to be read.
struct ValueOptions {
  /// Which element the column with a header holds ("客户号=D01"); only those are taken then. Empty:
  /// each header that names an element.
  std::span<const std::pair<std::string, catalog::ElementId>> named;
  bool skip_invalid = false;  ///< however many values of a column are refused
  Time now;                   ///< bounds birth dates
  std::function<void(std::size_t)> progress = [](std::size_t) {};  ///< told the bytes done
};

/// Reads a table of customers of any length, value by value, into a filter: each as findings carry
/// it, names and what else many people share beside every number of their row.
///
/// A value is taken as the first of its column's elements that it is one of by its own form
/// (column_elements, cell_value); another is refused, and left out. Where over a twentieth of a
/// column is refused, that is a fault, unless `skip_invalid`: such a column holds something else.
/// So is every row that has fewer or more cells than the header. Rows are read in pieces of some 4
/// MiB, so that memory does not grow with the table. UTF-8, UTF-16 with a mark or GB18030, decided
/// by the whole; delimiters and quotes as CsvTable.
///
/// kInvalid: no column with numbers, a named one that is not there or cannot be listed, bytes that
/// are no text; what the builder fails with; else what is wrong with the table is in its faults.
Result<CustomerValues> read_customer_values(ByteView table, const ValueOptions& options,
                                            const catalog::Catalog& catalog,
                                            known::ExactBuilder& into);

}  // namespace huxin::imports
