#include "policy/detect/latin_names.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/latin_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxLine = 512;  // bytes
constexpr int kMost = 2;

// Behind a mark, two spaces, or a word in small letters: no word of a longer name before it.
bool may_begin(std::string_view line, std::size_t at) {
  if (at == 0) return true;
  const char before = line[at - 1];
  if (before != ' ') return !is_ascii_alnum(before) && before != '-' && before != '_';
  const std::size_t end = line.substr(0, at).find_last_not_of(' ');
  if (end == std::string_view::npos || at - end > 2) return true;
  if (!is_ascii_letter(line[end])) return !is_ascii_digit(line[end]);
  std::size_t word = end;
  while (word > 0 && is_ascii_letter(line[word - 1])) --word;
  return is_ascii_lower(line[word]);
}

// Words of a sentence that goes on behind somebody: to act, of Hangzhou.
bool is_small_word(std::string_view rest) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"to", "of", "and", "or", "with", "has", "was", "will", "holder", "hereby"});
  const std::size_t end =
      std::min(rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), rest.size());
  return std::ranges::find(kWords, rest.substr(0, end)) != kWords.end();
}

// Before a mark, two spaces, or a small word: no word goes on with it.
bool may_end(std::string_view line, std::size_t at) {
  if (at >= line.size()) return true;
  if (line[at] != ' ') return !is_ascii_alnum(line[at]) && line[at] != '-' && line[at] != '.';
  const std::size_t next = std::min(line.find_first_not_of(' ', at), line.size());
  return next >= line.size() || next > at + 1 || !is_ascii_alnum(line[next]) ||
         is_small_word(line.substr(next));
}

// Hong Kong, Chao Yang, Bei Jing; Xing Ming: places and labels, as a person's name is written.
bool is_nobody(std::string_view name) {
  std::string letters;
  for (std::size_t at = 0; at <= name.size(); ++at) {
    const char c = at < name.size() ? name[at] : ',';
    if (is_ascii_letter(c)) letters += ascii_lower(c);
    if (c != ',') continue;
    if (catalog::is_latin_place(letters) || catalog::is_pinyin_alike(letters)) return true;
    letters.clear();
  }
  return false;
}

// Whether a name may begin in what the record's elements leave of a part of its line.
bool may_hold_name(std::string_view text, const Span& part, std::span<const Candidate> record) {
  const auto has_capital = [&](std::size_t begin, std::size_t end) {
    return begin < end && std::ranges::any_of(text.substr(begin, end - begin), is_ascii_upper);
  };
  std::size_t at = part.begin;
  for (const Candidate& element : record) {
    if (has_capital(at, std::min(element.span.begin, part.end))) return true;
    at = std::max(at, element.span.end);
  }
  return has_capital(at, part.end);
}

}  // namespace

void latin_names_beside(std::span<const Candidate> record, const Layout& layout, double confidence,
                        std::vector<Candidate>& names) {
  if (!layout.segments().empty()) return;
  Span around = layout.scope_of(record.front().span);
  around.end = std::min(around.end, around.begin + kMaxLine);
  if (!may_hold_name(layout.text(), around, record)) return;
  const std::string_view line = layout.text(around);
  int found = 0;
  for (std::size_t at = 0; at < line.size() && found < kMost;) {
    const bool begins = is_ascii_upper(line[at]) && may_begin(line, at);
    const auto name = begins ? latin_name(line, at, line.size()) : std::nullopt;
    const bool taken =
        name && std::ranges::any_of(record, [&](const Candidate& each) {
          return each.span.overlaps({around.begin + name->begin, around.begin + name->end});
        });
    if (name && !taken && may_end(line, name->end) &&
        !is_nobody(line.substr(name->begin, name->size()))) {
      names.push_back({.span = {around.begin + name->begin, around.begin + name->end},
                       .kind = Kind::kLatinName,
                       .confidence = confidence});
      ++found;
    }
    at = name ? name->end : at + 1;
  }
}

void latin_names_alone(std::span<const Span> lines, const Layout& layout, double confidence,
                       std::vector<Candidate>& names) {
  const std::string_view text = layout.text();
  for (const Span& line : lines) {
    if (line.size() == 0) continue;
    const Span whole = trimmed(text, line);
    const auto name = latin_name(text, whole.begin, whole.end);
    if (!name || name->end != whole.end || is_nobody(layout.text(whole))) continue;
    names.push_back({.span = whole, .kind = Kind::kLatinName, .confidence = confidence});
  }
}

}  // namespace huxin::detect
