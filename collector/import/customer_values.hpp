#pragma once
#include <functional>
#include <string>
#include <vector>

#include "collector/import/csv.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/known/exact_builder.hpp"

namespace huxin::imports {

/// What became of one column of a customer table.
struct ValueColumn {
  std::size_t place = 0;  ///< from 1, as a spreadsheet counts
  std::string header;     ///< as the table has it
  catalog::ElementId element{};
  std::uint64_t taken = 0;
  std::uint64_t left_out = 0;  ///< too short to be a value; empty cells are not counted
};

/// What was read of a customer table. `faults.ok()`, or nothing is to be built of it.
struct CustomerValues {
  std::vector<ValueColumn> columns;   ///< those that were taken
  std::vector<std::string> left_out;  ///< headers of the others, at most 256
  std::uint64_t rows = 0;
  CsvTable faults;
};

/// Which element a header names: by its id (D01), its name (resident_id), its Chinese or English
/// name, or one of its keywords (身份证号); where several elements have the keyword, the first of
/// the catalogue. nullopt: none that a value can be found of. Case, blanks, '_', '-' and '*' do not
/// count.
std::optional<catalog::ElementId> element_of_header(std::string_view header,
                                                    const catalog::Catalog& catalog);

/// Reads a table of customers of any length, value by value, into a filter: each as findings carry
/// it, names and what else many people share beside every number of their row.
///
/// `named` says for headers which element they hold ("客户号=D01"), and that only those are taken;
/// empty: each header that names an element. Authentication data (C3) is never taken. Rows are
/// read in pieces of some 4 MiB, so that memory does not grow with the table. UTF-8 or GB18030,
/// decided by the whole; delimiters and quotes as CsvTable. `progress` is told the bytes done.
///
/// kInvalid: no column with numbers, or a `named` one that is not there; what the builder fails
/// with; else what is wrong with the table is in its faults.
Result<CustomerValues> read_customer_values(
    ByteView table, std::span<const std::pair<std::string, catalog::ElementId>> named,
    const catalog::Catalog& catalog, known::ExactBuilder& into,
    const std::function<void(std::size_t)>& progress);

}  // namespace huxin::imports
