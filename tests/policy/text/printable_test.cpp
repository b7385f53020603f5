#include "policy/text/printable.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/text/utf8.hpp"

namespace huxin::text {
namespace {

TEST_CASE("a name from outside is one line of valid UTF-8, with what was hidden in it named") {
  struct Row {
    std::string_view name, printed, why;
  };
  using namespace std::string_view_literals;
  const Row rows[] = {
      {"客户 a!.xlsx"sv, "客户 a!.xlsx"sv, "an ordinary name stays"},
      {"a\nb\tc\rd"sv, "a\\nb\\tc\\x0dd"sv, "a second line"},
      {"a\0b"sv, "a\\x00b"sv, "an end in the middle"},
      {"\x1b[31mred\x7f"sv, "\\x1b[31mred\\x7f"sv, "a terminal's colours"},
      {"\u009b31m"sv, "\\u009b31m"sv, "the same by one character of C1"},
      {"报告\u202Efdp.exe"sv, "报告\\u202efdp.exe"sv, "writing turned around"},
      {"\u2066a\u2069\u061C\u200F"sv, "\\u2066a\\u2069\\u061c\\u200f"sv, "isolates and marks"},
      {"a\u2028b\u2029"sv, "a\\u2028b\\u2029"sv, "lines of another kind"},
      {"a\u200Bb\uFEFF\u00AD"sv, "a\\u200bb\\ufeff\\u00ad"sv, "what has no width"},
      {"\U000E0041x"sv, "\\U000e0041x"sv, "a tag"},
      {"\xFF\xC3"sv, "\\xff\\xc3"sv, "no UTF-8"},
      {"\xC0\xAF../"sv, "\\xc0\\xaf../"sv, "a slash written too long"},
      {"\xED\xA0\x80"sv, "\\xed\\xa0\\x80"sv, "half of a pair"},
      {"a\\nb"sv, "a\\nb"sv, "what is printable is left alone"},
      {"𠮷\u0301é"sv, "𠮷\u0301é"sv, "beyond the first plane, and accents"},
      {""sv, ""sv, "nothing"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    const std::string once = printable(row.name);
    CHECK(once == row.printed);
    CHECK(printable(once) == once);
    CHECK(valid_utf8_prefix(once) == once.size());
    std::string made(row.name);
    make_printable(made);
    CHECK(made == once);
  }
}

TEST_CASE("every character is either left as it is or named in ASCII") {
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code);
    const std::string printed = printable(text);
    if (printed == text) continue;
    if (!is_hidden(code) || !printed.starts_with('\\')) FAIL(static_cast<std::uint32_t>(code));
  }
}

}  // namespace
}  // namespace huxin::text
