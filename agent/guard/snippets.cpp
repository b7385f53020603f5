#include "agent/guard/snippets.hpp"

#include <algorithm>
#include <optional>

namespace huxin::guard {

namespace {

constexpr std::size_t kKept = std::size_t{32} << 20U;
constexpr std::size_t kCharacters = 120;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Where in the text the byte stands that came from `original`: places only grow along a text.
std::optional<Span> derived_span(const text::Document& document, Span original) {
  const auto place = [&](std::size_t at) { return document.origin.original({at, at}).begin; };
  const auto first_at = [&](std::size_t wanted) {
    std::size_t low = 0;
    std::size_t high = document.text.size();
    while (low < high) {
      const std::size_t middle = low + ((high - low) / 2);
      place(middle) < wanted ? low = middle + 1 : high = middle;
    }
    return low;
  };
  if (original.size() == 0 || place(0) > original.begin ||
      place(document.text.size()) < original.end)
    return std::nullopt;
  return Span{first_at(original.begin), first_at(original.end)};
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

bool holds(const text::Document& document, std::string_view place) {
  if (!place.starts_with(document.where)) return false;
  return place.size() == document.where.size() || place[document.where.size()] == '!';
}

}  // namespace

void Snippets::keep(text::Document&& document) {
  if (kept_ + document.text.size() > kKept) return;
  kept_ += document.text.size();
  document.segments = {};  // only text and places are asked for
  documents_.push_back(std::move(document));
}

std::string Snippets::around(const detect::Finding& finding) const {
  // A mail's header is of the mail, and a file in it has a longer name: offsets begin anew in each.
  std::string snippet;
  std::size_t longest = 0;
  for (const text::Document& document : documents_) {
    if (!holds(document, finding.where) || document.where.size() < longest) continue;
    if (!snippet.empty() && document.where.size() == longest) continue;
    const auto span = derived_span(document, finding.span);
    if (!span || span->size() > 4 * kCharacters) continue;
    const Span wide = widened(document.text, *span);
    snippet = document.text.substr(wide.begin, wide.size());
    longest = document.where.size();
  }
  std::ranges::replace_if(
      snippet, [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
  return snippet;
}

}  // namespace huxin::guard
