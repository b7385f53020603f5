#include "policy/detect/recognise/password.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/recognise/gap.hpp"
#include "policy/detect/validators/password.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLongest = 64;
constexpr std::size_t kLine = 256;       // bytes before a label in which a quote may open
constexpr std::size_t kLeastNumber = 6;  // digits of a bare number that a program is given
constexpr std::string_view kEnds = " \t\r\n\"'`<>,;";
constexpr std::string_view kOperators = "?+*=!";
constexpr std::string_view kStringPrefixes = "bBrRuUL@";

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// A label that ends with letters of ASCII may be a name in a program.
bool is_programs(std::string_view text, const Span& label) { return is_ascii(text[label.end - 1]); }

// `password>`: whether the tag is of that name; attributes have spaces or equals signs before.
bool names_tag(std::string_view text, const Span& label) {
  std::size_t at = label.begin;
  const auto in_name = [](char c) {
    return is_ascii_alnum(c) || c == '_' || c == '-' || c == ':' || c == '.';
  };
  while (at > 0 && label.begin - at < kLongest && in_name(text[at - 1])) --at;
  return at > 0 && text[at - 1] == '<';
}

// What opens behind the sign of assignment holds no password of its own: {type: …}, [a, b].
bool opens_more(std::string_view gap) {
  const std::size_t sign = gap.find_first_of(":=");
  return sign != std::string_view::npos &&
         gap.find_first_of("{[(<", sign) != std::string_view::npos;
}

// In a form's body, `&name=` starts the next field; elsewhere '&' may be part of a password.
bool starts_next_field(std::string_view text, std::size_t at, std::size_t stop) {
  if (text[at] != '&') return false;
  std::size_t name = at + 1;
  while (name < stop && (is_ascii_alnum(text[name]) || text[name] == '_')) ++name;
  return name > at + 1 && name < stop && text[name] == '=';
}

struct Literal {
  Span span;
  bool quoted = false;
};

// What stands between quotes; nullopt where they do not close on the line.
std::optional<Literal> quoted(std::string_view text, std::size_t begin, std::size_t stop) {
  const std::size_t end =
      text.substr(0, std::min(stop, begin + kLongest + 1)).find(text[begin - 1], begin);
  if (end == std::string_view::npos) return std::nullopt;
  return Literal{{begin, end}, true};
}

// A word: up to a space or mark, or to a bracket that closes what opened before it.
Span bare(std::string_view text, std::size_t begin, std::size_t stop) {
  int open = 0;
  std::size_t end = begin;
  for (; end < stop && end - begin <= kLongest; ++end) {
    const char c = text[end];
    if (!is_ascii(c) || kEnds.contains(c) || starts_next_field(text, end, stop)) break;
    if (c == '(' || c == '[' || c == '{') ++open;
    if ((c == ')' || c == ']' || c == '}') && --open < 0) break;
  }
  return {begin, end};
}

std::optional<Literal> literal_at(std::string_view text, std::size_t begin, std::size_t stop) {
  if (begin >= stop) return std::nullopt;
  if (begin > 0 && is_quote(text[begin - 1])) {
    if (const auto literal = quoted(text, begin, stop)) return literal;
  }
  std::size_t quote = begin;
  while (quote < stop && quote - begin < 2 && kStringPrefixes.contains(text[quote])) ++quote;
  if (quote < stop && is_quote(text[quote])) return quoted(text, quote + 1, stop);
  return Literal{bare(text, begin, stop), false};
}

// -d "user=li&password=…": the quote behind a word is the one that opened before its label.
bool closes(std::string_view text, const Span& label, char quote) {
  const std::size_t floor = label.begin - std::min(label.begin, kLine);
  const std::string_view before = text.substr(floor, label.begin - floor);
  const std::size_t line = before.rfind('\n');
  return std::ranges::count(before.substr(line == std::string_view::npos ? 0 : line), quote) % 2 ==
         1;
}

// An operator behind a word, or a quote right behind it: it is part of an expression.
bool goes_on(std::string_view text, const Span& label, const Span& word, std::size_t stop) {
  if (word.end < stop && is_quote(text[word.end])) return !closes(text, label, text[word.end]);
  std::size_t at = word.end;
  while (at < stop && text[at] == ' ') ++at;
  return at < stop && (kOperators.contains(text[at]) || text.substr(at, 2) == "||");
}

// What people write: a bracket that opens behind it is the sentence's; SHA256加密 is a method.
std::optional<Span> written(std::string_view text, Span span) {
  while (span.size() > 0 && std::string_view("([{").contains(text[span.end - 1])) --span.end;
  const std::string_view value = text.substr(span.begin, span.size());
  const bool method = is_han(text.substr(span.end)) && !is_secret_literal(value) &&
                      std::ranges::any_of(value, is_ascii_digit);
  return is_plausible_password(value) && !method ? std::optional(span) : std::nullopt;
}

// 登录密码 Abc_973768: nothing says that it is one but how it looks. SHA256算法 is a word's part.
std::optional<Span> strong(std::string_view text, const Span& word) {
  const bool apart = !is_han(text.substr(word.end));
  return apart && is_strong_password(text.substr(word.begin, word.size())) ? std::optional(word)
                                                                           : std::nullopt;
}

}  // namespace

std::optional<Span> password_behind(std::string_view text, const Span& label, std::size_t stop) {
  const LabelGap gap = skip_gap(text, label.end, stop);
  if (gap.end >= stop) return std::nullopt;
  const bool program = is_programs(text, label);
  if (!gap.assigned && (program || !gap.separated)) return std::nullopt;
  if (!gap.assigned) return strong(text, bare(text, gap.end, stop));
  if (text[label.end] == '>' && !names_tag(text, label)) return std::nullopt;
  if (program && opens_more(text.substr(label.end, gap.end - label.end))) return std::nullopt;
  const auto literal = literal_at(text, gap.end, stop);
  if (!literal) return std::nullopt;
  const std::string_view value = text.substr(literal->span.begin, literal->span.size());
  if (!program) return written(text, literal->span);
  if (!is_secret_literal(value)) return std::nullopt;
  const bool number = std::ranges::all_of(value, is_ascii_digit);
  if (!literal->quoted && number && value.size() < kLeastNumber) return std::nullopt;
  if (!literal->quoted && goes_on(text, label, literal->span, stop)) return std::nullopt;
  return literal->span;
}

}  // namespace huxin::detect
