#include "policy/detect/shape_counts.hpp"

#include <algorithm>

namespace huxin::detect {
namespace {

// Share of random numbers of the right length that pass: prefixes in use times, of cards, Luhn.
constexpr std::array<double, 3> kByChance{0.08, 0.025, 0.05};
constexpr double kMostDoubt = 0.5;
constexpr std::size_t kBlockGap = 512;  // bytes without a number that end a block of plain text

bool has_blank_line(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('\n') || rest.starts_with("\r\n")) return true;
  }
  return false;
}

}  // namespace

void ShapeCounts::clear() {
  columns_.clear();
  blocks_.clear();
  last_ = 0;
}

int ShapeCounts::class_of(Kind kind) {
  switch (kind) {
    case Kind::kMobile:
      return 0;
    case Kind::kUnionPayCard:
    case Kind::kInternationalCard:
      return 1;
    case Kind::kLandline:
      return 2;
    default:
      return -1;
  }
}

// Of plain text: the block that the offset stands in.
std::size_t ShapeCounts::column_of(const Layout& layout, std::size_t offset) const {
  if (layout.table()) {
    const auto segment = layout.segment_at(offset);
    return segment ? layout.segments()[*segment].column : kMaxColumns;
  }
  const auto next = std::ranges::upper_bound(blocks_, offset);
  return next == blocks_.begin() ? 0 : static_cast<std::size_t>(next - blocks_.begin()) - 1;
}

void ShapeCounts::begin_block(const Layout& layout, std::size_t begin) {
  const bool first = blocks_.empty();
  if (!first && (blocks_.size() >= kMaxColumns ||
                 (begin - last_ <= kBlockGap && !has_blank_line(layout.text({last_, begin}))))) {
    return;
  }
  blocks_.push_back(first ? 0 : begin);
}

ShapeCounts::Column* ShapeCounts::column(const Layout& layout, std::size_t offset) {
  const std::size_t index = column_of(layout, offset);
  if (index >= kMaxColumns) return nullptr;
  if (index >= columns_.size()) columns_.resize(index + 1);
  return &columns_[index];
}

void ShapeCounts::see(const Layout& layout, std::size_t begin, std::size_t digits) {
  if (digits > kLongest) return;
  if (!layout.table()) begin_block(layout, begin);
  last_ = begin + digits;
  if (Column* const here = column(layout, begin)) ++here->numbers[digits];
}

std::uint32_t ShapeCounts::numbers(std::size_t digits) const {
  std::uint32_t count = 0;
  for (const Column& column : columns_) count += digits <= kLongest ? column.numbers[digits] : 0;
  return count;
}

void ShapeCounts::add_doubts(const Layout& layout, std::span<Candidate> candidates) {
  const auto counted = [&](const Candidate& candidate) {
    return class_of(candidate.kind) >= 0 && candidate.span.size() <= kLongest;
  };
  for (const Candidate& candidate : candidates) {
    if (!counted(candidate)) continue;
    if (Column* const here = column(layout, candidate.span.begin))
      ++here->valid[static_cast<std::size_t>(class_of(candidate.kind))][candidate.span.size()];
  }
  for (Candidate& candidate : candidates) {
    const Column* const here = counted(candidate) ? column(layout, candidate.span.begin) : nullptr;
    if (here == nullptr) continue;
    const auto number = static_cast<std::size_t>(class_of(candidate.kind));
    const std::size_t length = candidate.span.size();
    const double valid = here->valid[number][length];
    const double others = here->numbers[length] - valid;
    if (others <= 0) continue;
    // As many as pass by chance beside those that do not.
    const double accidents = others * kByChance[number] / (1 - kByChance[number]);
    candidate.doubt += kMostDoubt * std::min(1.0, accidents / valid);
  }
}

}  // namespace huxin::detect
