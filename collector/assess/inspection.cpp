#include "collector/assess/inspection.hpp"

#include <algorithm>
#include <ranges>

namespace huxin::assess {
namespace {

struct Name {
  std::string_view code, zh;
};
constexpr std::array<Name, 4> kVerdicts{
    {{"pass", "合格"}, {"partial", "部分合格"}, {"fail", "不合格"}, {"na", "不适用"}}};

}  // namespace

std::string_view to_string(Verdict verdict) {
  return kVerdicts.at(static_cast<std::size_t>(verdict)).code;
}
std::string_view in_chinese(Verdict verdict) {
  return kVerdicts.at(static_cast<std::size_t>(verdict)).zh;
}

Result<Verdict> verdict_from(std::string_view text) {
  const auto* const found = std::ranges::find(kVerdicts, text, &Name::code);
  if (found == kVerdicts.end()) {
    return fail(Errc::kInvalid, "'{}' is not one of pass, partial, fail, na", text.substr(0, 32));
  }
  return static_cast<Verdict>(found - kVerdicts.begin());
}

const Answer* Inspection::answer(int item) const {
  for (const Answer& entry : answers | std::views::reverse) {
    if (entry.item == item) return &entry;
  }
  return nullptr;
}

bool Rectification::late(Time moment) const {
  const Time end = day_begin(due + 1);
  return moment >= end && !(reported && *reported < end);
}

std::vector<Mark> standing(const std::vector<Mark>& marks) {
  std::vector<Mark> left;
  for (const Mark& mark : marks) {
    const bool withdrawn =
        std::ranges::any_of(marks, [&](const Mark& other) { return other.withdraws == mark.id; });
    if (!mark.withdraws && !withdrawn) left.push_back(mark);
  }
  return left;
}

}  // namespace huxin::assess
