#include "agent/extract/text/json_rows.hpp"

#include <algorithm>
#include <utility>

namespace huxin::extract {

namespace {

constexpr std::size_t kMaxCells = 256;
constexpr std::size_t kMaxBytes = std::size_t{16} << 10U;
constexpr std::size_t kMaxHeader = 60;  // bytes of one name

}  // namespace

void JsonRows::begin(std::string group, std::string label, bool inside) {
  give_up();
  held_ = Row{.group = std::move(group), .label = std::move(label), .cells = {}, .inside = inside};
}

bool JsonRows::take(std::string_view value, bool text) {
  if (!held_) return false;
  held_->bytes += value.size();
  held_->texts = held_->texts && text;
  held_->cells.emplace_back(value);
  if (held_->cells.size() > kMaxCells || held_->bytes > kMaxBytes) give_up();
  return true;
}

void JsonRows::give_up() {
  if (!held_) return;
  const Row row = *std::exchange(held_, std::nullopt);
  if (row.cells.empty()) return;
  settle_heading();
  write_lines(row);
}

void JsonRows::end() {
  if (!held_) return;
  const bool row = heading_ && held_->inside && held_->cells.size() == heading_->cells.size();
  if (!row && !reads_like_heading(*held_)) return give_up();
  const Row ended = *std::exchange(held_, std::nullopt);
  if (row) return write_cells(ended);
  settle_heading();
  heading_ = ended;
  pending_ = true;
  table_ = false;
}

bool JsonRows::reads_like_heading(const Row& row) const {
  std::string all;
  for (const std::string& cell : row.cells) {
    if (cell.empty() || cell.size() > kMaxHeader) return false;
    all.append(cell).push_back('\t');
  }
  return row.texts && row.cells.size() >= 2 && extract::reads_like_heading(all);
}

void JsonRows::write_lines(const Row& row) {
  writer_.group(row.group);
  for (const std::string& cell : row.cells) {
    if (!cell.empty()) writer_.paragraph(row.label.empty() ? cell : row.label + ": " + cell);
  }
}

void JsonRows::write_cells(const Row& row) {
  const auto write = [&](const Row& cells) {
    writer_.group(cells.group);
    for (std::uint32_t column = 0; column < cells.cells.size(); ++column)
      writer_.cell(row_, column, cells.cells[column]);
    ++row_;
  };
  if (!std::exchange(table_, true)) {
    writer_.end_table();
    row_ = 0;
    write({.group = row.group, .label = {}, .cells = heading_->cells});
    pending_ = false;
  }
  write(row);
}

void JsonRows::settle_heading() {
  if (heading_ && std::exchange(pending_, false)) write_lines(*heading_);
}

}  // namespace huxin::extract
