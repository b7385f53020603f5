#include "policy/detect/validators/value_form.hpp"

#include <algorithm>
#include <optional>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

using catalog::Characters;
using catalog::ValueForm;

bool are(Characters characters, std::string_view body) {
  switch (characters) {
    case Characters::kDigits:
      return std::ranges::all_of(body, is_ascii_digit);
    case Characters::kAlphanumerics:
      return std::ranges::all_of(body, is_ascii_alnum) && std::ranges::any_of(body, is_ascii_digit);
    case Characters::kHex:
      return std::ranges::all_of(
          body, [](char c) { return is_ascii_digit(c) || (c >= 'A' && c <= 'F'); });
    case Characters::kCapitals:
      return std::ranges::all_of(body,
                                 [](char c) { return is_ascii_digit(c) || is_ascii_upper(c); });
    case Characters::kWord:
      return !body.empty() && std::ranges::all_of(body, [](char c) {
        return is_ascii_alnum(c) || c == '_' || c == '-';
      });
    default:  // is written in one way: see written_length
      return false;
  }
}

// Length of the form's prefix that a value begins with; nullopt when it begins with none of them.
std::optional<std::size_t> prefix_length(const ValueForm& form, std::string_view value) {
  if (form.prefixes.empty()) return 0;
  const auto may_begin = [&](const std::string& prefix) {  // most are ruled out by a byte
    return prefix.empty() || (!value.empty() && prefix[0] == value[0]);
  };
  for (const std::string& prefix : form.prefixes) {
    if (may_begin(prefix) && value.starts_with(prefix)) return prefix.size();
  }
  return std::nullopt;
}

}  // namespace

bool has_form(const ValueForm& form, std::string_view value) {
  if (value.size() < form.least || value.size() > form.most) return false;
  if (form.characters == Characters::kWord && is_ascii_digit(value[0])) return false;
  const auto prefix = prefix_length(form, value);
  return prefix && are(form.characters, value.substr(*prefix));
}

}  // namespace huxin::detect
