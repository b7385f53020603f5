#include "policy/catalog/labels.hpp"

#include <array>
#include <iterator>

namespace huxin::catalog {
namespace {

struct Row {
  std::string_view label;
  std::string_view what;
};
constexpr Row kRows[] = {
#include "policy/catalog/foreign_labels.inc"
};

constexpr auto kLabels = [] {
  std::array<std::string_view, std::size(kRows)> labels;
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = kRows[i].label;
  return labels;
}();

}  // namespace

std::span<const std::string_view> foreign_labels() { return kLabels; }

}  // namespace huxin::catalog
