#include "policy/record/hide_numbers.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::record {

TEST_CASE("numbers that identify somebody are hidden in names, everything else stays") {
  struct Row {
    const char* text;
    const char* shown;
    const char* why;
  };
  for (const Row& row : {
           Row{"/srv/张三_11010519491231002X.xlsx", "/srv/张三_1****************X.xlsx",
               "an identity number with its X"},
           Row{"u/13800138000", "u/1*********0", "a mobile at the end"},
           Row{"6222021234567894!Sheet1!B7", "6**************4!Sheet1!B7", "a card at the start"},
           Row{"report-20260301.csv", "report-20260301.csv", "a date is no person"},
           Row{"1234567890", "1234567890", "ten digits identify nobody"},
           Row{"a13800138000b13900139000", "a1*********0b1*********0", "each run by itself"},
           Row{"", "", "nothing"},
       }) {
    INFO(row.why);
    CHECK(hide_numbers(row.text) == row.shown);
  }
}

}  // namespace huxin::record
