#include "policy/detect/recognise/grouping.hpp"

#include <algorithm>
#include <array>

namespace huxin::detect {
namespace {

bool ties(char separator) { return separator == '-' || separator == '.'; }

bool all_of_size(std::span<const Group> groups, std::size_t size) {
  return std::ranges::all_of(groups, [size](const Group& group) { return group.size() == size; });
}

bool sized(std::span<const Group> groups, std::initializer_list<std::size_t> sizes) {
  return std::ranges::equal(groups, sizes, {}, &Group::size);
}

}  // namespace

Grouping grouping(std::string_view text, const NumberRun& run, std::size_t first,
                  std::size_t last) {
  const auto& groups = run.groups;
  const bool left = first > 0 && ties(text[groups[first].begin - 1]);
  const bool right = last + 1 < groups.size() && ties(text[groups[last].end]);
  return {.groups = std::span(groups).subspan(first, last - first + 1),
          .whole_run = first == 0 && last + 1 == groups.size() && !run.goes_on,
          .tied_before = left,
          .tied_behind = right};
}

bool is_mobile_grouping(const Grouping& grouping) {
  const auto groups = grouping.groups;
  return grouping.single() || all_of_size(groups, 1) || sized(groups, {3, 4, 4}) ||
         sized(groups, {3, 8}) || sized(groups, {4, 4, 3}) || sized(groups, {4, 3, 4}) ||
         sized(groups, {3, 3, 5}) || sized(groups, {1, 1, 1, 4, 4});
}

bool is_card_grouping(const Grouping& grouping) {
  const auto groups = grouping.groups;
  if (grouping.single() || all_of_size(groups, 1) || sized(groups, {4, 6, 5})) return true;
  if (groups.size() == 2) return groups[0].size() == 6 && groups[1].size() >= 9;
  const std::size_t size = groups[0].size();
  return size >= 4 && size <= 6 && all_of_size(groups.first(groups.size() - 1), size) &&
         groups.back().size() <= size;
}

bool is_decimal(std::string_view text, const Grouping& grouping) {
  if (grouping.groups.size() != 2 || text[grouping.groups[0].end] != '.') return false;
  const Group& whole = grouping.groups[0];
  return text[whole.begin] != '0' || whole.size() < 3;  // 010.62345678 is no number of them
}

}  // namespace huxin::detect
