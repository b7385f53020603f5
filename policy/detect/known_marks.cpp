#include "policy/detect/known_marks.hpp"

#include <algorithm>

#include "policy/detect/same_value.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMostNumbers = 4;
constexpr std::size_t kMostUnproved = 8;

template <class T>
void keep_nearest(std::vector<T>& nearest, T&& another, std::size_t most) {
  if (nearest.size() == most) nearest.erase(nearest.begin());
  nearest.push_back(std::move(another));
}

void mark(Finding& finding) {
  finding.known = true;
  finding.confidence = known::confidence_after_hit(finding.confidence);
}

}  // namespace

bool KnownMarks::look_up(std::vector<Finding>& findings, catalog::ElementId element,
                         std::string_view value, Gap gap) {
  if (gap >= Gap::kBlank) {
    numbers_.clear();
    unproved_.clear();
  }
  known::Value compared = comparable(element, value);
  const bool is_known = known::is_shared(element) ? see_shared(std::move(compared), findings.size())
                                                  : see_number(findings, std::move(compared));
  if (is_known) ++total_;
  return is_known;
}

bool KnownMarks::see_number(std::vector<Finding>& findings, known::Value&& value) {
  if (!filter_->contains(value)) return false;
  std::erase_if(unproved_, [&](const Unproved& each) {
    if (!filter_->contains(each.value, value)) return false;
    if (each.index < findings.size()) mark(findings[each.index]);
    ++total_;
    return true;
  });
  keep_nearest(numbers_, std::move(value), kMostNumbers);
  return true;
}

bool KnownMarks::see_shared(known::Value&& value, std::size_t index) {
  const bool proved = std::ranges::any_of(
      numbers_, [&](const known::Value& number) { return filter_->contains(value, number); });
  if (!proved) keep_nearest(unproved_, Unproved{std::move(value), index}, kMostUnproved);
  return proved;
}

}  // namespace huxin::detect
