#include "policy/detect/layout.hpp"

#include <algorithm>

#include "policy/detect/context.hpp"

namespace huxin::detect {

Layout::Layout(const text::Document& document, std::vector<text::Segment>& buffer)
    : document_(document),
      normalised_(text::normalise(document.text)),
      text_(normalised_.view(document.text)),
      segments_(document.segments),
      table_(document.layout == text::Layout::kTable && !document.segments.empty()) {
  if (!normalised_.same && !document.segments.empty()) move_segments(buffer);
}

void Layout::move_segments(std::vector<text::Segment>& buffer) {
  buffer.assign(document_.segments.begin(), document_.segments.end());
  std::size_t at = 0;
  for (text::Segment& segment : buffer) {
    segment.span.begin = at = moved(segment.span.begin, at);
    segment.span.end = at = moved(segment.span.end, at);
  }
  segments_ = buffer;
}

// The first normalised offset that stands for a document offset or a later one; none before `from`.
// Gallops, since the answer is near.
std::size_t Layout::moved(std::size_t document_offset, std::size_t from) const {
  const auto reached = [&](std::size_t at) {
    return at >= text_.size() || normalised_.origin.original({at, at + 1}).begin >= document_offset;
  };
  std::size_t step = 1;
  std::size_t low = from;
  while (!reached(low + step)) {
    low += step;
    step *= 2;
  }
  if (reached(low)) return low;
  std::size_t high = low + step;
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (reached(middle) ? high : low) = middle;
  }
  return std::min(high, text_.size());
}

std::optional<std::size_t> Layout::segment_at(std::size_t offset) const {
  if (segments_.empty()) return std::nullopt;
  if (cursor_ >= segments_.size() || segments_[cursor_].span.begin > offset) cursor_ = 0;
  for (int i = 0; i < 8 && segments_[cursor_].span.end <= offset; ++i) {
    if (cursor_ + 1 >= segments_.size() || segments_[cursor_ + 1].span.begin > offset) break;
    ++cursor_;
  }
  if (segments_[cursor_].span.end <= offset || segments_[cursor_].span.begin > offset) {
    const auto after = std::ranges::upper_bound(
        segments_, offset, {}, [](const text::Segment& segment) { return segment.span.begin; });
    if (after == segments_.begin()) return std::nullopt;
    cursor_ = static_cast<std::size_t>(std::prev(after) - segments_.begin());
  }
  return offset < segments_[cursor_].span.end ? std::optional(cursor_) : std::nullopt;
}

Span Layout::scope_of(const Span& span) const {
  if (segments_.empty()) return line_around(text_, span, line_);
  const auto segment = segment_at(span.begin);
  if (segment && table_) return segments_[*segment].span;
  Span line = line_around(text_, span, line_);
  if (segment) {
    line.begin = std::max(line.begin, segments_[*segment].span.begin);
    line.end = std::min(line.end, segments_[*segment].span.end);
  }
  return line;
}

std::optional<std::size_t> Layout::left_of(std::size_t segment) const {
  if (segment == 0 || !same_row(segment, segment - 1)) return std::nullopt;
  return segment - 1;
}

Span Layout::in_document(const Span& span) const {
  return normalised_.same ? span : normalised_.origin.original(span);
}

Span Layout::in_original(const Span& span) const {
  return document_.origin.original(in_document(span));
}

}  // namespace huxin::detect
