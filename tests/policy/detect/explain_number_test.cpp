#include "policy/detect/explain_number.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/catalog/explain_terms.hpp"

namespace huxin::detect {
namespace {

using namespace std::chrono;
constexpr Date kToday = 2026y / March / 1;

/// "D01:unknown_division+mod_11_2_fails D40:luhn_fails"; "-" for no element.
std::string written(const std::vector<FailedCheck>& checks) {
  std::string text;
  for (const FailedCheck& check : checks) {
    if (!text.empty()) text += ' ';
    text += check.kind ? to_string(element_of(*check.kind)) : "-";
    char mark = ':';
    for (const Reason reason : check.reasons) {
      text += mark;
      text += catalog::explain_term("reason", static_cast<std::uint32_t>(reason)).code;
      mark = '+';
    }
  }
  return text;
}

struct Row {
  const char* text;
  const char* told;
  const char* why;
};

TEST_CASE("each check that a number fails is told of the element that it suggests") {
  const Row rows[] = {
      {"11010519491231002X", "D01", "nothing fails"},
      {"119999194912310021", "D01:unknown_division", "no such division"},
      {"110105199902300023", "D01:impossible_date", "30 February"},
      {"110105209901010020", "D01:impossible_date", "not born yet"},
      {"110105194912310021", "D01:mod_11_2_fails", "one digit for another"},
      {"110105194912310022", "D01:mod_11_2_fails", "only the check is wrong"},
      {"810000199402310020", "D03:impossible_date D40:luhn_fails",
       "a permit has no division to check; 8100 is a card"},
      {"911124198108030025", "D04:mod_11_2_fails D59:mod_31_fails", "two that begin with 9"},
      {"110105991332001", "D02:impossible_date", "fifteen digits, month 13"},
      {"14213800138", "D27:unallocated_prefix", "142"},
      {"8614213800138", "D27:unallocated_prefix", "with its country"},
      {"01112345678", "D29:unknown_area_code", "011"},
      {"01012345678", "D29:no_subscriber_number", "none begins with 1"},
      {"0102345678", "D29:no_subscriber_number", "Beijing has eight digits"},
      {"6200000000000006", "D40:luhn_fails", "UnionPay"},
      {"4111111111111112", "D41:luhn_fails", "Visa"},
      {"9000000000000001", "D40:unknown_scheme", "passes Luhn, but nobody issues it"},
      {"0000000000000000", "D40:unknown_scheme+one_digit_repeated", "zeros"},
      {"Q12345678", "D06:unknown_series", "a letter and eight digits"},
      {"91350100M000100Y44", "D59:mod_31_fails", "wrong check character"},
      {"91990100M000100Y4U", "D59:unknown_province", "99"},
      {"91350100O000100Y43", "D59:unused_letter", "O for 0"},
      {"GB82WEST1234569876543", "D58:iban_length", "one short"},
      {"gb82west12345698765433", "D58:mod_97_10_fails", "in small letters"},
      {"1234567", "", "suggests nothing"},
      {"", "", "empty"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(written(check_number(row.text, kToday)) == row.told);
  }
}

std::string told(std::string_view text) {
  NumberRun run;
  read_run(text, text.find_first_of("0123456789"), 0, run);
  const auto number = explain_number(text, run, 0, run.groups.size() - 1, kToday);
  return number ? written(number->checks) : "nothing";
}

TEST_CASE("a number that passes is told by how its groups lie, and by what touches it") {
  const Row rows[] = {
      {"13800.138000", "D27:decimal", "a dot between digits"},
      {"1-3800138-000", "D27:irregular_grouping", "nobody writes it so"},
      {"A13800138000B", "D27:part_of_longer_code", "letters on both sides"},
      {"XX11010519491231002", "nothing", "letters beside what is none by itself"},
      {"abc6200000000000005", "D40:part_of_longer_code", "a card inside a hash"},
      {"1712345678", "-:no_element", "a time in seconds"},
      {"12345678901234567890123456789012345678901", "-:no_element", "too long for any"},
      {"2024-03-15", "nothing", "a date suggests nothing by more than its length"},
      {"9000 0000 0000 0001", "nothing", "nor do groups of no scheme"},
      {"123456", "nothing", "too short"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(told(row.text) == row.told);
  }
}

TEST_CASE("every reason has a code and words in both languages") {
  for (std::uint32_t number = 1; number <= static_cast<std::uint32_t>(Reason::kCommonDigits);
       ++number) {
    CAPTURE(number);
    CHECK(catalog::explain_term("reason", number).code != "unknown");
  }
  const auto beyond = static_cast<std::uint32_t>(Reason::kCommonDigits) + 1;
  CHECK(catalog::explain_term("reason", beyond).code == "unknown");
  CHECK(catalog::explain_term("fate", 255).zh == "未知");
}

}  // namespace
}  // namespace huxin::detect
