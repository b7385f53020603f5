#include "policy/detect/validators/password.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>

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

std::size_t distinct_characters(std::string_view text) {
  std::bitset<128> seen;
  for (const char c : text) seen.set(static_cast<unsigned char>(c) & 0x7fU);
  return seen.count();
}

}  // namespace

bool is_plausible_password(std::string_view text) {
  if (text.size() < 4 || text.size() > 64 || !std::ranges::all_of(text, is_printable)) return false;
  if (is_placeholder(lower(text))) return false;
  return distinct_characters(text) >= 3;
}

}  // namespace huxin::detect
