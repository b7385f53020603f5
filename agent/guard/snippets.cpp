#include "agent/guard/snippets.hpp"

#include <algorithm>

namespace huxin::guard {

namespace {

constexpr std::size_t kKept = std::size_t{32} << 20U;
constexpr std::size_t kCharacters = 120;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Where in the text the bytes stand that came from `original`, which lies in what all of it came
/// from: places only grow along a text.
Span derived_span(const text::Document& document, Span original) {
  const auto first_at = [&](std::size_t wanted) {
    std::size_t low = 0;
    std::size_t high = document.text.size();
    while (low < high) {
      const std::size_t middle = low + ((high - low) / 2);
      document.origin.original({middle, middle}).begin < wanted ? low = middle + 1 : high = middle;
    }
    return low;
  };
  return {first_at(original.begin), first_at(original.end)};
}

/// Widens a span by whole characters on both sides until it holds kCharacters.
Span widened(std::string_view text, Span span) {
  const auto inside = text.substr(span.begin, span.size());
  auto room = kCharacters - std::min<std::size_t>(
                                kCharacters, static_cast<std::size_t>(std::ranges::count_if(
                                                 inside, [](char c) { return !continues(c); })));
  const auto step_back = [&] {
    if (span.begin == 0) return false;
    do --span.begin;
    while (span.begin > 0 && continues(text[span.begin]));
    return true;
  };
  const auto step_on = [&] {
    if (span.end >= text.size()) return false;
    do ++span.end;
    while (span.end < text.size() && continues(text[span.end]));
    return true;
  };
  for (bool moved = true; moved && room > 0;) {
    moved = step_back();
    if (moved) --room;
    if (room > 0 && step_on()) {
      --room;
      moved = true;
    }
  }
  return span;
}

}  // namespace

void Snippets::keep(text::Document&& document) {
  if (kept_ + document.text.size() > kKept) return;
  kept_ += document.text.size();
  document.segments = {};  // only text and places are asked for
  Documents& documents = by_place_[document.where];
  const std::size_t end = document.text.size();
  const Span original{document.origin.original({0, 0}).begin,
                      document.origin.original({end, end}).begin};
  documents.push_back({std::move(document), original});
}

std::string Snippets::around(const detect::Finding& finding) const {
  // A mail's header is of the mail, and a file in it has a longer name: offsets begin anew in each.
  std::string place = finding.where;
  std::string snippet;
  for (std::size_t end = place.size(); snippet.empty() && end != std::string::npos;
       end = place.rfind('!')) {
    place.resize(end);
    if (const auto documents = by_place_.find(place); documents != by_place_.end())
      snippet = in(documents->second, finding.span);
  }
  std::ranges::replace_if(
      snippet, [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
  return snippet;
}

std::string Snippets::in(const Documents& documents, Span original) {
  if (original.size() == 0) return {};
  for (const Kept& kept : documents) {
    if (kept.original.begin > original.begin || kept.original.end < original.end) continue;
    const std::string& text = kept.document.text;
    const Span span = derived_span(kept.document, original);
    if (span.size() > 4 * kCharacters) continue;
    const Span wide = widened(text, span);
    return text.substr(wide.begin, wide.size());
  }
  return {};
}

}  // namespace huxin::guard
