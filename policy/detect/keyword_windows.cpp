#include "policy/detect/keyword_windows.hpp"

#include <algorithm>

namespace huxin::detect {
namespace {

// How far around a find its label may stand: a line before, its own, and a word behind.
constexpr std::size_t kBefore = 448;
constexpr std::size_t kBehind = 192;
constexpr std::size_t kNear = 512;        // windows nearer than this are one
constexpr std::size_t kFirstLine = 2048;  // of a file without segments: it may name its fields

// Makes one of a window and the next; false where that begins before it or is not near.
bool join(Span& window, const Span& next) {
  if (next.begin < window.begin || next.begin > window.end + kNear) return false;
  window.end = std::max(window.end, next.end);
  return true;
}

}  // namespace

// Where a find is, its labels are. The windows of a chunk are few, or all of it.
void KeywordWindows::gather(const Span& chunk) {
  const std::string_view text = layout_.text();
  auto& windows = state_.windows;
  windows.clear();
  const std::size_t reach = std::min(chunk.begin, kBefore);
  if (layout_.table() || state_.candidates.size() + state_.leads.size() > chunk.size() / kNear)
    return windows.push_back({chunk.begin - reach, std::min(chunk.end + kBehind, text.size())});
  const auto add = [&](const Span& found) {
    const Span window{found.begin - std::min(found.begin, kBefore),
                      std::min(found.end + kBehind, text.size())};
    if (windows.empty() || !join(windows.back(), window)) windows.push_back(window);
  };
  if (chunk.begin == 0) add({0, std::min(kFirstLine, text.size())});
  for (const Candidate& candidate : state_.candidates) add(candidate.span);
  for (const LeadingLabel& lead : state_.leads) add(lead.label.span);
  for (const KeywordHit& head : state_.heads) add(head.span);
  for (const Span& label : state_.vague) add(label);
  for (const InsertStatement& statement : state_.inserts) windows.push_back(statement.columns);
  std::ranges::sort(windows, {}, &Span::begin);
  std::size_t kept = 0;
  for (const Span& window : windows) {
    if (kept == 0 || !join(windows[kept - 1], window)) windows[kept++] = window;
  }
  windows.resize(kept);
}

Status KeywordWindows::match(const Span& chunk) {
  const std::string_view text = layout_.text();
  state_.keywords.clear();
  gather(chunk);
  for (const Span& window : state_.windows) {
    state_.hits.clear();
    const std::string_view part = text.substr(window.begin, window.size());
    if (auto scanned = engine_.words.scan(part, state_.word_scratch, state_.hits); !scanned)
      return scanned;
    for (const Hit& hit : state_.hits) {
      const std::size_t end = window.begin + hit.end;
      const Span span{end - engine_.vocabulary[hit.pattern].text.size(), end};
      if (stands_alone(text, span))
        state_.keywords.push_back({span, static_cast<std::uint16_t>(hit.pattern)});
    }
  }
  // Labels that are spaced out are no pattern's.
  for (const LeadingLabel& lead : state_.leads) {
    const KeywordHit& label = lead.label;
    if (label.span.size() != engine_.vocabulary[label.keyword].text.size())
      state_.keywords.push_back(label);
  }
  keep_longest(state_.keywords);
  return {};
}

}  // namespace huxin::detect
