// Any bytes as a list of customers: rows only of a table that is ok, no entry that ends before it
// begins, and a list that terminals would take.
#include <cstdint>
#include <cstdlib>

#include "collector/import/customer_list.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  static const Bytes kKey(32, 7);
  const auto read = imports::read_customers({data, size}, kKey, Time(std::chrono::days(20'000)),
                                            std::chrono::hours(8));
  if (!read.table.ok() && !read.rows.empty()) std::abort();
  if (read.table.ok() && read.rows.size() != read.table.rows().size()) std::abort();
  std::vector<bundle::DigestEntry> entries;
  for (const auto& row : read.rows) {
    if (row.entry.until <= row.entry.from) std::abort();
    entries.push_back(row.entry);
  }
  if (entries.size() < 1000 && !bundle::DigestList::make(entries)) std::abort();
  return 0;
}
