#include "policy/detect/recognise/labelled.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/recognise/gap.hpp"
#include "policy/detect/recognise/written_form.hpp"
#include "policy/detect/validators/password.hpp"

namespace huxin::detect {
namespace {

bool is_separator(char c) { return c == ' ' || c == ',' || c == '|' || c == '\t' || c == ';'; }

std::size_t skip(std::string_view text, std::size_t at, std::size_t stop, bool (*test)(char)) {
  while (at < stop && test(text[at])) ++at;
  return at;
}

}  // namespace

// In a form's body, `&name=` starts the next field; elsewhere '&' may be part of a password.
static bool starts_next_field(std::string_view text, std::size_t at, std::size_t stop) {
  if (text[at] != '&') return false;
  const std::size_t name =
      skip(text, at + 1, stop, [](char c) { return is_ascii_alnum(c) || c == '_'; });
  return name > at + 1 && name < stop && text[name] == '=';
}

std::optional<Span> password_behind(std::string_view text, std::size_t at, std::size_t stop) {
  const LabelGap gap = skip_gap(text, at, stop);
  if (!gap.assigned) return std::nullopt;
  static constexpr std::string_view kEnds = " \t\r\n\"'<>,;";
  std::size_t end = gap.end;
  while (end < stop && end - gap.end <= 64 && static_cast<unsigned char>(text[end]) < 0x80 &&
         !kEnds.contains(text[end]) && !starts_next_field(text, end, stop)) {
    ++end;
  }
  if (!is_plausible_password(text.substr(gap.end, end - gap.end))) return std::nullopt;
  return Span{gap.end, end};
}

std::optional<Span> expiry_behind_card(std::string_view text, std::size_t at, std::size_t stop) {
  const std::size_t begin = skip(text, at, std::min(stop, at + 3), is_separator);
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
