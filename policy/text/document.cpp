#include "policy/text/document.hpp"

#include <algorithm>
#include <string>

#include "policy/text/byte_search.hpp"

namespace huxin::text {
namespace {

// Goes on from an outer place to one inside it.
void enter(std::string& place, std::string_view inner) {
  if (!place.empty() && !inner.empty()) place += '!';
  place += inner;
}

}  // namespace

std::string column_name(std::uint32_t column) {
  std::string name;
  for (std::uint64_t left = std::uint64_t{column} + 1; left > 0; left = (left - 1) / 26) {
    name += static_cast<char>('A' + (left - 1) % 26);
  }
  std::ranges::reverse(name);
  return name;
}

const Segment* Document::segment_at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(
      segments, offset, {}, [](const Segment& segment) { return segment.span.begin; });
  if (after == segments.begin()) return nullptr;
  const Segment& segment = *std::prev(after);
  return offset < segment.span.end ? &segment : nullptr;
}

std::string Document::place(std::size_t offset) const { return PlaceFinder(*this).place(offset); }

std::size_t PlaceFinder::line_at(std::size_t offset) {
  offset = std::min(offset, document_.text.size());
  if (offset < counted_) counted_ = lines_ = 0;
  // From one to the next, which is faster than counting, as lines are; some bytes too far, so that
  // there is a block to look at.
  const std::string_view text =
      std::string_view(document_.text).substr(0, offset + ByteBlock::kSize);
  for (std::size_t end = find_next(text, '\n', counted_); end < offset;
       end = find_next(text, '\n', end + 1))
    ++lines_;
  counted_ = offset;
  return document_.first_line + lines_ + 1;
}

std::string PlaceFinder::place(std::size_t offset) {
  const Segment* const segment = document_.segment_at(offset);
  const bool grouped = segment != nullptr && segment->group < document_.groups.size() &&
                       !document_.groups[segment->group].empty();
  place_.resize(outer_);
  if (grouped) enter(place_, document_.groups[segment->group]);
  if (segment != nullptr && document_.layout == Layout::kTable) {
    enter(place_, column_name(segment->column));
    place_ += std::to_string(std::uint64_t{segment->row} + 1);
  } else if (!grouped) {
    enter(place_, "L");
    place_ += std::to_string(line_at(offset));
  }
  return place_;
}

}  // namespace huxin::text
