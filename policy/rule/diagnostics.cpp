#include "policy/rule/diagnostics.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace huxin::rule {
namespace {

constexpr std::size_t kShown = 40;

/// The number of letters to add, drop or change (Levenshtein), for short words.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

}  // namespace

void Diagnostics::add(Code code, Place place, std::string message) {
  const std::string_view name = to_string(code);
  any_error_ = any_error_ || name.starts_with('E');
  if (list_.size() > kMax) return;
  if (list_.size() == kMax) {
    code = Code::kMore;
    message = fmt::format("more than {} diagnostics; mend these first", kMax);
  }
  list_.push_back({std::string(to_string(code)), place.line, place.column, std::move(message)});
}

std::string in_quotes(std::string_view text) {
  std::string shown = "'";
  std::size_t end = std::min(text.size(), kShown);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  for (const char c : text.substr(0, end))
    shown += static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? '?' : c;
  return shown + (end < text.size() ? "…'" : "'");
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kShown) return {};
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, std::min<std::size_t>(word.size() / 3 + 1, 3)) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best.empty() ? std::string{} : fmt::format(" (did you mean '{}'?)", best);
}

}  // namespace huxin::rule
