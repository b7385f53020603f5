// Any bytes as an imported table: a table that is ok has rows of the wanted width, with whole UTF-8
// in its cells, and one that is not ok has none.
#include <cstdint>
#include <cstdlib>

#include "collector/import/csv.hpp"
#include "collector/import/date.hpp"
#include "policy/text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  static const std::vector<imports::CsvColumn> kWanted{
      {.name = "id_number", .zh = "身份证号", .aliases = {"证件号码"}},
      {.name = "from", .zh = "生效日期", .aliases = {}},
      {.name = "note", .zh = "备注", .aliases = {}, .required = false}};
  const auto table = imports::CsvTable::read({data, size}, kWanted, {.rows = 1000, .faults = 10});
  if (!table.ok() && !table.rows().empty()) std::abort();
  if (table.faults().size() > 10) std::abort();
  for (const imports::CsvRow& row : table.rows()) {
    if (row.line == 0 || row.cells.size() != kWanted.size()) std::abort();
    for (const imports::CsvCell& cell : row.cells) {
      if (text::valid_utf8_prefix(cell.text) != cell.text.size()) std::abort();
      imports::date_from(cell.text);
    }
  }
  if (table.render("x").empty() != table.ok()) std::abort();
  return 0;
}
