#include "collector/import/csv.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "collector/import/csv_cells.hpp"
#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::imports {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";
constexpr std::array<char, 3> kDelimiters{',', '\t', ';'};

bool names(std::string_view header, const CsvColumn& column) {
  const std::string text = folded(header);
  if (text.empty()) return false;
  return text == folded(column.name) || text == folded(column.zh) ||
         std::ranges::any_of(column.aliases,
                             [&](const std::string& alias) { return text == folded(alias); });
}

std::optional<std::size_t> wanted_at(std::string_view header, std::span<const CsvColumn> wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (names(header, wanted[i])) return i;
  }
  return std::nullopt;
}

/// The text and the line of the first byte that is none in its encoding (0: all is well).
struct Readable {
  std::string text;
  std::size_t bad_line = 0;
};

std::size_t line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
}

Readable readable(ByteView bytes) {
  std::string_view raw = as_text(bytes);
  if (raw.starts_with(kUtf8Mark)) raw.remove_prefix(kUtf8Mark.size());
  if (const std::size_t valid = text::valid_utf8_prefix(raw); valid == raw.size())
    return {std::string(raw), 0};
  text::Encoding encoding = text::Encoding::kGb18030;
  if (raw.starts_with(kUtf16LeMark)) encoding = text::Encoding::kUtf16le;
  if (raw.starts_with(kUtf16BeMark)) encoding = text::Encoding::kUtf16be;
  text::Decoded decoded = text::decode(bytes, encoding);
  const std::size_t bad = decoded.text.find(text::kReplacement);
  Readable out{std::move(decoded.text), 0};
  if (bad != std::string::npos || decoded.replaced > 0)
    out.bad_line = line_of(out.text, std::min(bad, out.text.size()));
  if (out.text.starts_with(kUtf8Mark)) out.text.erase(0, kUtf8Mark.size());
  return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

/// Reads one table; its steps in order.
class CsvReader {
 public:
  CsvReader(std::span<const CsvColumn> wanted, const CsvLimits& limits)
      : wanted_(wanted), limits_(limits) {
    table_.most_faults_ = limits.faults;
  }

  CsvTable read(ByteView bytes) {
    if (bytes.size() > limits_.bytes) {
      table_.fault(1, 0, fmt::format("文件超过{}字节", limits_.bytes),
                   fmt::format("the file has more than {} bytes", limits_.bytes));
      return std::move(table_);
    }
    const Readable source = readable(bytes);
    if (source.bad_line > 0) {
      table_.fault(source.bad_line, 0, "既不是 UTF-8 也不是 GB18030 文本；请另存为 CSV UTF-8",
                   "neither UTF-8 nor GB18030 text; save it as CSV UTF-8");
      return std::move(table_);
    }
    CsvCells cells(source.text, delimiter_of(source.text));
    if (header(cells)) body(cells);
    if (!table_.ok()) table_.rows_.clear();
    return std::move(table_);
  }

 private:
  /// The delimiter under which the first row names most of the wanted columns.
  char delimiter_of(std::string_view text) const {
    char best = kDelimiters.front();
    std::size_t most = 0;
    for (const char delimiter : kDelimiters) {
      CsvCells cells(text, delimiter);
      std::vector<CsvCell> row;
      if (cells.next(row, limits_.columns)) continue;
      const auto known = static_cast<std::size_t>(std::ranges::count_if(
          row, [&](const CsvCell& cell) { return wanted_at(cell.text, wanted_).has_value(); }));
      if (known > most) {
        most = known;
        best = delimiter;
      }
    }
    return best;
  }

  bool header(CsvCells& cells) {
    std::vector<CsvCell> row;
    if (const auto fault = cells.next(row, limits_.columns)) {
      table_.fault(fault->line, fault->column, fault->zh, fault->en);
      return false;
    }
    width_ = row.size();
    place_.assign(wanted_.size(), 0);
    for (const CsvCell& cell : row) {
      const auto at = wanted_at(cell.text, wanted_);
      if (!at) continue;
      if (place_[*at] != 0) {
        table_.fault(cell, fmt::format("“{}”列出现两次", wanted_[*at].zh),
                     fmt::format("column {} stands twice", wanted_[*at].name));
      }
      place_[*at] = cell.column;
    }
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (place_[i] != 0 || !wanted_[i].required) continue;
      table_.fault(1, 0, fmt::format("表头缺少“{}”列", wanted_[i].zh),
                   fmt::format("the header has no column {}", wanted_[i].name));
    }
    return table_.ok();
  }

  void body(CsvCells& cells) {
    std::vector<CsvCell> row;
    while (!cells.at_end()) {
      const std::size_t line = cells.line();
      if (const auto fault = cells.next(row, limits_.columns)) {
        table_.fault(fault->line, fault->column, fault->zh, fault->en);
        continue;
      }
      if (std::ranges::all_of(row, [](const CsvCell& c) { return trimmed(c.text).empty(); }))
        continue;
      if (table_.rows_.size() == limits_.rows) {
        table_.fault(line, 0, fmt::format("超过{}行；请分批导入", limits_.rows),
                     fmt::format("more than {} rows; import in parts", limits_.rows));
        return;
      }
      take(line, row);
    }
  }

  void take(std::size_t line, std::vector<CsvCell>& row) {
    while (row.size() > width_ && trimmed(row.back().text).empty()) row.pop_back();
    if (row.size() > width_) {
      table_.fault(line, width_ + 1, fmt::format("本行有{}列，表头只有{}列", row.size(), width_),
                   fmt::format("the row has {} cells, the header {}", row.size(), width_));
      return;
    }
    CsvRow out{line, {}};
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const std::size_t column = place_[i];
      CsvCell cell{{}, line, column};
      if (column > 0 && column <= row.size()) {
        cell = std::move(row[column - 1]);
        cell.text = trimmed(cell.text);
      }
      check(cell, wanted_[i]);
      out.cells.push_back(std::move(cell));
    }
    table_.rows_.push_back(std::move(out));
  }

  void check(const CsvCell& cell, const CsvColumn& column) {
    if (cell.text.empty() && column.required) {
      table_.fault(cell, fmt::format("“{}”为空", column.zh),
                   fmt::format("{} is empty", column.name));
    } else if (cell.text.size() > limits_.cell) {
      table_.fault(cell, fmt::format("“{}”超过{}字节", column.zh, limits_.cell),
                   fmt::format("{} has more than {} bytes", column.name, limits_.cell));
    } else if (std::ranges::any_of(cell.text, is_control)) {
      table_.fault(cell, fmt::format("“{}”含有控制字符或换行", column.zh),
                   fmt::format("{} holds control characters or line ends", column.name));
    }
  }

  std::span<const CsvColumn> wanted_;
  CsvLimits limits_;
  std::vector<std::size_t> place_;  ///< of each wanted column, the cell from 1; 0: none
  std::size_t width_ = 0;
  CsvTable table_;
};

CsvTable CsvTable::read(ByteView bytes, std::span<const CsvColumn> wanted,
                        const CsvLimits& limits) {
  return CsvReader(wanted, limits).read(bytes);
}

void CsvTable::fault(const CsvCell& cell, std::string zh, std::string en) {
  fault(cell.line, cell.column, std::move(zh), std::move(en));
}

void CsvTable::fault(std::size_t line, std::size_t column, std::string zh, std::string en) {
  if (faults_.size() < most_faults_) {
    faults_.push_back({line, column, std::move(zh), std::move(en)});
  } else {
    ++more_;
  }
}

std::string CsvTable::render(std::string_view origin) const {
  std::string out;
  for (const CsvFault& fault : faults_) {
    out += fmt::format("{}:{}:{}: {} / {}\n", origin, fault.line, fault.column, fault.zh, fault.en);
  }
  if (more_ > 0) {
    out += fmt::format("{}: 另有{}处错误 / {} more faults\n", origin, more_, more_);
  }
  return out;
}

}  // namespace huxin::imports
