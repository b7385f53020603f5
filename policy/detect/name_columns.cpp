#include "policy/detect/name_columns.hpp"

#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {

void NameColumns::look(const Layout& layout, const Span& chunk) {
  columns_.clear();
  const auto segments = layout.segments();
  for (; cell_ < segments.size() && segments[cell_].span.begin < chunk.end; ++cell_) {
    const std::uint32_t number = segments[cell_].column;
    if (number >= kMaxColumns) continue;
    if (number >= columns_.size()) columns_.resize(number + 1);
    Column& column = columns_[number];
    const std::string_view value = layout.text(segments[cell_].span);
    if (column.cells >= kLook || value.empty()) continue;
    ++column.cells;
    if (is_common_person_name(value)) ++column.names;
  }
}

bool NameColumns::holds_names(std::uint32_t column) const {
  if (column >= columns_.size()) return false;
  const Column& seen = columns_[column];
  return seen.names >= kLeast && seen.names * 10 >= seen.cells * 9;
}

}  // namespace huxin::detect
