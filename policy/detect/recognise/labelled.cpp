#include "policy/detect/recognise/labelled.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/written_form.hpp"

namespace huxin::detect {
namespace {

bool is_separator(char c) { return c == ' ' || c == ',' || c == '|' || c == '\t' || c == ';'; }

std::size_t skip(std::string_view text, std::size_t at, std::size_t stop, bool (*test)(char)) {
  while (at < stop && test(text[at])) ++at;
  return at;
}

// What may stand between a card number and its expiry: a separator, a bracket, and `exp`.
std::size_t behind_expiry_word(std::string_view text, std::size_t at, std::size_t stop) {
  constexpr std::string_view kWords[] = {"expiry date", "exp date", "expires",
                                         "expiry",      "exp",      "valid thru"};
  std::size_t begin =
      skip(text, at, std::min(stop, at + 3), [](char c) { return is_separator(c) || c == '('; });
  if (begin == at) return at;
  for (const std::string_view word : kWords) {
    if (!std::ranges::equal(text.substr(begin, word.size()), word, {}, ascii_lower)) continue;
    begin += word.size();
    return skip(text, begin, std::min(stop, begin + 2),
                [](char c) { return c == ' ' || c == ':' || c == '.'; });
  }
  return begin;
}

}  // namespace

std::optional<Span> expiry_behind_card(std::string_view text, std::size_t at, std::size_t stop) {
  const std::size_t begin = behind_expiry_word(text, at, stop);
  if (begin == at || begin + 5 > stop || text[begin + 2] != '/') return std::nullopt;
  const std::size_t length =
      written_length(catalog::Characters::kCardExpiry, text.substr(begin, stop - begin));
  return length == 0 ? std::nullopt : std::optional(Span{begin, begin + length});
}

std::optional<Span> security_code_behind_card(std::string_view text, std::size_t at,
                                              std::size_t stop) {
  const std::size_t month = skip(text, at, std::min(stop, at + 3), is_separator);
  if (month == at || month + 4 > stop) return std::nullopt;
  const std::size_t month_end = skip(text, month, stop, is_ascii_digit);
  std::size_t expiry_end = month_end;
  if (month_end - month == 2 && month_end < stop &&
      (text[month_end] == '/' || text[month_end] == '|')) {
    expiry_end = skip(text, month_end + 1, stop, is_ascii_digit);
    const std::size_t year = expiry_end - month_end - 1;
    if (year != 2 && year != 4) return std::nullopt;
  } else if (month_end - month != 4) {
    return std::nullopt;
  }
  const std::string_view mm = text.substr(month, 2);
  if (expiry_end - month >= 5 && (mm < "01" || mm > "12")) return std::nullopt;
  const std::size_t begin = skip(text, expiry_end, std::min(stop, expiry_end + 3), is_separator);
  const std::size_t end = skip(text, begin, stop, is_ascii_digit);
  if (begin == expiry_end || end - begin != 3) return std::nullopt;
  if (end < text.size() && is_ascii_alnum(text[end])) return std::nullopt;
  return Span{begin, end};
}

}  // namespace huxin::detect
