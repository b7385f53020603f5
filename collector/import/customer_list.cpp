#include "collector/import/customer_list.hpp"

#include <algorithm>
#include <optional>

#include "collector/import/date.hpp"
#include "policy/detect/validators/residence_permit.hpp"
#include "policy/detect/validators/resident_id.hpp"
#include "policy/record/chain.hpp"

namespace huxin::imports {
namespace {

constexpr std::size_t kLongestReference = 64;

enum Column : std::size_t { kId, kFrom, kUntil, kPurpose, kReference };

const std::vector<CsvColumn>& columns() {
  static const std::vector<CsvColumn> kColumns{
      {.name = "id_number",
       .zh = "身份证号",
       .aliases = {"身份证号码", "证件号码", "证件号", "公民身份号码", "id", "id no"}},
      {.name = "from",
       .zh = "生效日期",
       .aliases = {"授权日期", "起始日期", "开始日期", "授权起始日期", "生效日"}},
      {.name = "until",
       .zh = "失效日期",
       .aliases = {"截止日期", "到期日期", "授权截止日期", "失效日", "有效期至"},
       .required = false},
      {.name = "purpose", .zh = "用途", .aliases = {"授权用途", "事由", "原因"}, .required = false},
      {.name = "reference",
       .zh = "编号",
       .aliases = {"授权编号", "授权书编号", "案件编号", "合同号"},
       .required = false}};
  return kColumns;
}

/// Which element a number is; empty: none that identifies a customer here.
std::string_view element_of(std::string_view id, detect::Date today) {
  if (detect::is_resident_id(id, today)) return "D01";
  if (detect::is_residence_permit(id, today)) return "D03";
  if (detect::is_permanent_residence_card(id, today)) return "D04";
  return {};
}

bool holds_identity(std::string_view text, detect::Date today) {
  for (std::size_t at = 0; at + 18 <= text.size(); ++at) {
    if (!element_of(text.substr(at, 18), today).empty()) return true;
  }
  return false;
}

class Reader {
 public:
  Reader(ByteView digest_key, Time now, std::chrono::minutes local_offset)
      : digest_key_(digest_key),
        offset_(local_offset),
        today_(std::chrono::floor<std::chrono::days>(now + local_offset)) {}

  CustomerTable read(ByteView bytes) {
    CsvLimits limits;
    limits.rows = bundle::DigestList::kMostEntries;
    CustomerTable out{CsvTable::read(bytes, columns(), limits), {}};
    if (!out.table.ok()) return out;
    for (const CsvRow& row : out.table.rows()) {
      if (auto taken = take(row, out.table)) out.rows.push_back(*std::move(taken));
    }
    if (!out.table.ok()) out.rows.clear();
    return out;
  }

 private:
  std::optional<CustomerTable::Row> take(const CsvRow& row, CsvTable& table) const {
    CustomerTable::Row out;
    const bool known = digest(row.cells[kId], table, out.entry);
    const bool dated = dates(row, table, out.entry);
    const bool named = texts(row, table, out);
    if (!known || !dated || !named) return std::nullopt;
    return out;
  }

  bool digest(const CsvCell& cell, CsvTable& table, bundle::DigestEntry& entry) const {
    std::string id = cell.text;
    if (!id.empty() && id.back() == 'x') id.back() = 'X';
    const std::string_view element = element_of(id, detect::Date(today_));
    if (element.empty()) {
      table.fault(cell, "不是有效的 18 位身份证件号码（电子表格中该列须为文本格式）",
                  "not a valid identity number of 18 characters (in a spreadsheet the column must "
                  "be text)");
      return false;
    }
    std::ranges::copy(record::value_digest(digest_key_, element, id), entry.digest.begin());
    return true;
  }

  Time midnight(std::chrono::sys_days day) const { return Time(day) - offset_; }

  bool dates(const CsvRow& row, CsvTable& table, bundle::DigestEntry& entry) const {
    const auto day_at = [&](const CsvCell& cell) {
      const auto day = date_from(cell.text);
      if (!day) {
        table.fault(cell, "不是日期，应如 2026-03-01", "not a day like 2026-03-01");
      }
      return day;
    };
    const auto from = day_at(row.cells[kFrom]);
    if (from) entry.from = midnight(*from);
    if (row.cells[kUntil].text.empty()) return from.has_value();
    const auto until = day_at(row.cells[kUntil]);
    if (!from || !until) return false;
    if (std::chrono::sys_days(*until) < std::chrono::sys_days(*from)) {
      table.fault(row.cells[kUntil], "失效日期早于生效日期", "ends before it begins");
      return false;
    }
    entry.until = midnight(std::chrono::sys_days(*until) + std::chrono::days(1));
    return true;
  }

  bool texts(const CsvRow& row, CsvTable& table, CustomerTable::Row& out) const {
    bool fit = true;
    const auto take_text = [&](const CsvCell& cell, std::size_t most, std::string& into) {
      if (cell.text.size() > most) {
        table.fault(cell, fmt::format("超过{}字节", most), fmt::format("over {} bytes", most));
        fit = false;
      }
      if (holds_identity(cell.text, detect::Date(today_))) {
        table.fault(cell, "含有身份证件号码；本列会被保存",
                    "holds an identity number, and is kept");
        fit = false;
      }
      into = cell.text;
    };
    take_text(row.cells[kPurpose], bundle::DigestList::kLongestPurpose, out.entry.purpose);
    take_text(row.cells[kReference], kLongestReference, out.reference);
    return fit;
  }

  ByteView digest_key_;
  std::chrono::minutes offset_;
  std::chrono::sys_days today_;
};

}  // namespace

CustomerTable read_customers(ByteView bytes, ByteView digest_key, Time now,
                             std::chrono::minutes local_offset) {
  return Reader(digest_key, now, local_offset).read(bytes);
}

}  // namespace huxin::imports
