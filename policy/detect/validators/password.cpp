#include "policy/detect/validators/password.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>

#include "policy/base/byte_set.hpp"
#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLeast = 4;
constexpr std::size_t kMost = 64;
constexpr std::size_t kLeastDistinct = 3;
constexpr std::size_t kNameDigits = 1;    // at the end of a name that is one word
constexpr std::size_t kJoinedDigits = 2;  // …at the end of a word of a longer one
constexpr std::string_view kJoints = "_-./:|+&,=";
constexpr std::string_view kSigils = "$@:%&*!#~?-";
constexpr std::string_view kEndMarks = "?*:.%$=";  // of labels and of variables
constexpr std::string_view kInteriorSigns = "@#$!^";

bool is_printable(char c) { return c > ' ' && c < 0x7f; }
bool in_identifier(char c) { return is_ascii_alnum(c) || c == '_'; }

bool encloses(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t at = text.find(open);
  return at != std::string_view::npos &&
         text.find(close, at + open.size()) != std::string_view::npos;
}

bool is_placeholder(std::string_view text) {
  static constexpr auto kFragments = std::to_array<std::string_view>(
      {"${", "{{", "$(", "%(", "#{", "()", "[]", "***", "...", "xxx", "://", "%s", "%d"});
  // What all of these begin with, which few passwords have.
  static constexpr ByteSet kBegins = [] {
    ByteSet begins("<{[");
    for (const std::string_view fragment : kFragments) begins.add(fragment[0]);
    return begins;
  }();
  if (catalog::is_placeholder_word(text)) return true;
  if (!kBegins.any_in(text)) return false;
  return std::ranges::any_of(kFragments, [&](auto fragment) { return text.contains(fragment); }) ||
         encloses(text, "<", ">") || (encloses(text, "{", "}") && text.front() == '{') ||
         (text.front() == '[' && text.back() == ']');
}

// `a.b.c`, `a->b`, `A::b`: the parts of a path begin with letters.
bool is_path(std::string_view text) {
  static constexpr ByteSet kParts(".-:");
  if (!kParts.any_in(text)) return false;
  if (text.contains("->") || text.contains("::")) return true;
  bool begins = true;
  for (const char c : text) {
    if (c == '.' ? begins : !in_identifier(c)) return false;
    if (begins && is_ascii_digit(c)) return false;
    begins = c == '.';
  }
  return text.contains('.') && !begins;
}

// obj.password, var.db_password, form.value.pwd: where a program keeps it, not what it is.
bool keeps_elsewhere(std::string_view text) {
  static constexpr auto kRoots = std::to_array<std::string_view>(
      {"var",      "self",    "this",    "form", "env",  "process", "config",
       "settings", "options", "request", "req",  "args", "params",  "props",
       "local",    "module",  "secrets", "data", "user", "account", "os"});
  if (!is_path(text)) return false;
  return std::ranges::find(kRoots, text.substr(0, text.find('.'))) != kRoots.end() ||
         text.contains("->") || text.contains("::") || text.contains("password") ||
         text.contains("passwd") || text.contains("pwd");
}

// name(…) and name[…], whole or cut off behind what opens.
bool is_call(std::string_view text) {
  const std::size_t open = text.find_first_of("([");
  if (open == std::string_view::npos || open == 0 || !is_ascii_letter(text[0])) return false;
  const auto in_name = [](char c) {
    return in_identifier(c) || std::string_view(".:->").contains(c);
  };
  if (!std::ranges::all_of(text.substr(0, open), in_name)) return false;
  const char close = text[open] == '(' ? ')' : ']';
  return open + 1 == text.size() || text.find(close, open) != std::string_view::npos;
}

// 6-20, 8~16: how long it has to be.
bool is_range(std::string_view text) {
  const std::size_t dash = text.find_first_of("-~");
  return dash != std::string_view::npos && dash <= 2 && text.size() - dash <= 3 &&
         std::ranges::all_of(text.substr(0, dash), is_ascii_digit) &&
         std::ranges::all_of(text.substr(dash + 1), is_ascii_digit);
}

std::size_t distinct_characters(std::string_view text) {
  std::bitset<128> seen;
  for (const char c : text) seen.set(static_cast<unsigned char>(c) & 0x7fU);
  return seen.count();
}

// Half of its letters or more begin with a capital: XkQm, aBcD; newPassword has two such humps.
bool has_odd_case(std::string_view word) {
  std::size_t humps = 0;
  for (std::size_t i = 1; i < word.size(); ++i)
    humps += is_ascii_upper(word[i]) && is_ascii_lower(word[i - 1]) ? 1U : 0U;
  return humps >= 3 && (humps + 1) * 2 >= word.size();
}

// A word that a name is made of.
bool is_name_part(std::string_view part, std::size_t most_digits) {
  if (catalog::is_technical_word(ascii_lowered(part))) return true;
  std::size_t stem = part.size();
  while (stem > 0 && is_ascii_digit(part[stem - 1])) --stem;
  return part.size() - stem <= most_digits &&
         std::ranges::all_of(part.substr(0, stem), is_ascii_letter) &&
         !has_odd_case(part.substr(0, stem));
}

// Takes what labels, variables and pointers have before and behind their name.
std::string_view without_sigils(std::string_view text) {
  while (!text.empty() && kSigils.contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && kEndMarks.contains(text.back())) text.remove_suffix(1);
  return text;
}

bool is_name(std::string_view text) {
  const std::string_view name = without_sigils(text);
  const bool joined = name.find_first_of(kJoints) != std::string_view::npos;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find_first_of(kJoints, at), name.size());
    if (!is_name_part(name.substr(at, end - at), joined ? kJoinedDigits : kNameDigits))
      return false;
    at = end + 1;
  }
  return true;
}

// P@ssword is one, Welcome! and user@example.com are none.
bool has_interior_sign(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (kInteriorSigns.contains(text[i]) && is_ascii_letter(text[i - 1]) &&
        is_ascii_letter(text[i + 1]))
      return !(text[i] == '@' && text.find('.', i) != std::string_view::npos);
  }
  return false;
}

// 0x1F, 12.5: a number of a program.
bool is_number(std::string_view text) {
  if (text.starts_with("0x")) return std::ranges::all_of(text.substr(2), is_ascii_hex);
  return text.contains('.') &&
         std::ranges::all_of(text, [](char c) { return is_ascii_digit(c) || c == '.'; });
}

// 1234.5ms, 120-350ms, 0.0123%: what was measured.
bool is_measure(std::string_view text) {
  const std::size_t unit = std::min(text.find_first_not_of("0123456789.,-~"), text.size());
  const std::string_view behind = text.substr(unit);
  if (behind.size() > 3 || text.substr(0, unit).find_first_of(".,-~") == std::string_view::npos)
    return false;
  return behind == "%" || std::ranges::all_of(behind, is_ascii_letter);
}

bool is_file_path(std::string_view text) {
  return text.starts_with("/") || text.starts_with("./") || text.starts_with("../") ||
         text.starts_with("~/") ||
         (text.size() > 2 && is_ascii_letter(text[0]) && text.substr(1, 2) == ":\\");
}

// Of what is a plausible password: no number, path or name of a program.
bool is_literal(std::string_view text) {
  if (is_number(text) || is_file_path(text)) return false;
  if (std::ranges::all_of(text, is_ascii_digit)) return true;
  if (std::ranges::none_of(text, is_ascii_digit)) {
    const std::string_view name = without_sigils(text);
    return has_odd_case(name) || has_interior_sign(name);
  }
  return !is_name(text);
}

}  // namespace

bool is_plausible_password(std::string_view text) {
  if (text.size() < kLeast || text.size() > kMost || !std::ranges::all_of(text, is_printable))
    return false;
  const std::string small = ascii_lowered(text);
  if (is_placeholder(small) || keeps_elsewhere(small) || is_call(text) || is_range(text))
    return false;
  return distinct_characters(text) >= kLeastDistinct;
}

bool is_secret_literal(std::string_view text) {
  return is_plausible_password(text) && is_literal(text);
}

bool is_strong_password(std::string_view text) {
  constexpr std::size_t kStrong = 8;
  constexpr std::string_view kOfAddresses = "=/:";
  if (text.size() < kStrong || text.find_first_of(kOfAddresses) != std::string_view::npos ||
      !is_secret_literal(text))
    return false;
  const auto has = [&](bool (*is)(char)) { return std::ranges::any_of(text, is); };
  const std::size_t at = text.find('@');  // li@bank.cn
  if (at != std::string_view::npos && text.find('.', at) != std::string_view::npos) return false;
  return has(is_ascii_digit) && has(is_ascii_lower) &&
         (has(is_ascii_upper) || text.find_first_of(kInteriorSigns) != std::string_view::npos);
}

bool is_tabled_password(std::string_view text) {
  if (!is_plausible_password(text) || is_measure(text)) return false;
  return is_literal(text) || (std::ranges::any_of(text, is_ascii_lower) &&
                              std::ranges::adjacent_find(text, [](char before, char c) {
                                return is_ascii_letter(before) && is_ascii_upper(c);
                              }) != text.end());
}

}  // namespace huxin::detect
