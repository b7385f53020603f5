#include "policy/detect/validators/password.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

bool is_printable(char c) { return c > ' ' && c < 0x7f; }

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return result;
}

bool is_placeholder(std::string_view text) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"null",     "none",         "nil",           "true",          "false",    "undefined",
       "string",   "password",     "passwd",        "pwd",           "required", "optional",
       "changeme", "yourpassword", "your_password", "your-password", "empty",    "input",
       "text",     "value",        "hidden",        "redacted",      "masked",   "secret",
       "enter",    "prompt",       "field",         "label",         "reset",    "forgot",
       "todo",     "void",         "char",          "const",         "this",     "self",
       "hash",     "type"});
  static constexpr auto kFragments =
      std::to_array<std::string_view>({"${", "{{", "}}", "$(", "%(", "<", ">", "()", "(", "[]",
                                       "env.", "***", "...", "xxx", "://"});
  return std::ranges::find(kWords, text) != kWords.end() ||
         std::ranges::any_of(kFragments, [&](auto fragment) { return text.contains(fragment); }) ||
         text.starts_with('$') || text.starts_with('%') || text.starts_with('@');
}

// obj.password, var.db_password, form.value.pwd: where a program keeps it, not what it is.
bool is_reference(std::string_view text) {
  static constexpr auto kRoots = std::to_array<std::string_view>(
      {"var",      "self",    "this",    "form", "env",  "process", "config",
       "settings", "options", "request", "req",  "args", "params",  "props",
       "local",    "module",  "secrets", "data", "user", "account"});
  const std::size_t dot = text.find('.');
  const auto in_identifier = [](char c) { return is_ascii_alnum(c) || c == '_' || c == '.'; };
  if (dot == std::string_view::npos || is_ascii_digit(text[0]) ||
      !std::ranges::all_of(text, in_identifier))
    return false;
  return std::ranges::find(kRoots, text.substr(0, dot)) != kRoots.end() ||
         text.contains("password") || text.contains("passwd") || text.contains("pwd");
}

std::size_t distinct_characters(std::string_view text) {
  std::bitset<128> seen;
  for (const char c : text) seen.set(static_cast<unsigned char>(c) & 0x7fU);
  return seen.count();
}

}  // namespace

bool is_plausible_password(std::string_view text) {
  if (text.size() < 4 || text.size() > 64 || !std::ranges::all_of(text, is_printable)) return false;
  if (is_placeholder(lower(text)) || is_reference(lower(text))) return false;
  return distinct_characters(text) >= 3;
}

}  // namespace huxin::detect
