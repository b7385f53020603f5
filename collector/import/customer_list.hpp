#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "collector/import/csv.hpp"
#include "policy/base/clock.hpp"
#include "policy/bundle/digest_list.hpp"

namespace huxin::imports {

/// Customers read from a table, by keyed digest, with what is wrong in it. `table.ok()` or nothing
/// is to be imported. rows is empty unless the table is ok.
struct CustomerTable {
  struct Row {
    bundle::DigestEntry entry;
    std::string reference;
  };
  CsvTable table;
  std::vector<Row> rows;
};

/// Reads a list of customers with the columns id_number 身份证号, from 生效日期, until 失效日期
/// (the last day; empty: without end), purpose 用途 and reference 编号 (the last three may be
/// missing). Days are the bank's, `local_offset` from UTC.
///
/// A number is taken that is one of a resident (D01), a residence permit (D03) or a permanent
/// resident's card (D04), 18 characters with their check digit; it is digested under `digest_key`
/// and forgotten. At most DigestList::kMostEntries rows. `from` begins at midnight; `until` is
/// included, so that an entry ends a day later. A purpose or reference that holds an identity
/// number is a fault, since both are kept as they are. `now` decides which birth dates are
/// possible.
CustomerTable read_customers(ByteView bytes, ByteView digest_key, Time now,
                             std::chrono::minutes local_offset);

}  // namespace huxin::imports
