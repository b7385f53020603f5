#include <catch2/catch_test_macros.hpp>

#include "policy/detect/validators/bank_card.hpp"
#include "policy/detect/validators/birth_date.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/validators/credit_code.hpp"
#include "policy/detect/validators/email.hpp"
#include "policy/detect/validators/iban.hpp"
#include "policy/detect/validators/old_resident_id.hpp"
#include "policy/detect/validators/passport.hpp"
#include "policy/detect/validators/password.hpp"
#include "policy/detect/validators/person_name.hpp"
#include "policy/detect/validators/phone.hpp"
#include "policy/detect/validators/residence_permit.hpp"
#include "policy/detect/validators/resident_id.hpp"
#include "policy/detect/validators/track2.hpp"

namespace huxin::detect {
namespace {

using namespace std::chrono;
constexpr Date kToday = 2026y / March / 1;

struct Row {
  const char* text;
  bool valid;
  const char* why;
};

template <class Rows, class Validator>
void check(const Rows& rows, const Validator& validator) {
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(validator(row.text) == row.valid);
  }
}

// Completes seventeen digits with the right check character.
std::string with_check(std::string id) {
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(id + c)) return id + c;
  }
  return id;
}

TEST_CASE("round numbers and counted-up ones are no cards and no codes") {
  CHECK_FALSE(bank_card_scheme("2600000000000000"));
  CHECK_FALSE(bank_card_scheme("6200000000000000"));
  CHECK(bank_card_scheme("6200000000000005"));
  CHECK_FALSE(is_credit_code("123456789012345678"));
}

TEST_CASE("mailboxes of roles, machines and examples are nobody's") {
  for (const char* address : {"service@bank.com", "NoReply@bank.com", "name@example.com",
                              "b356e0a2-e05b-47e7-85a5-22359c8ff5f8@oa.bank"}) {
    CAPTURE(address);
    CHECK(is_shared_mailbox(address));
  }
  for (const char* address : {"zhang.san@bank.com", "1234567890123456@qq.com", "info88@163.com"}) {
    CAPTURE(address);
    CHECK_FALSE(is_shared_mailbox(address));
  }
}

TEST_CASE("a resident's number is checked by division, date and check character") {
  const Row rows[] = {
      {"11010519491231002X", true, "specimen of GB 11643"},
      {"11010519491231002x", true, "a small x is the same"},
      {"440524188001010014", true, "published specimen, born 1880"},
      {"130503196704010016", true, "from the 15-digit form"},
      {"110105194912310021", false, "wrong check digit"},
      {"810000199408230021", false, "a residence permit"},
      {"911124198108030024", false, "a permanent resident's card"},
      {"820000199001010018", false, "wrong check digit, and a permit"},
      {"1101051949123100 2X", false, "separators are taken out before"},
      {"1101051949123X0021", false, "X only at the end"},
      {"", false, "empty"},
  };
  check(rows, [](std::string_view id) { return is_resident_id(id, kToday); });
  CHECK_FALSE(is_resident_id(with_check("00010119900101001"), kToday));
  CHECK_FALSE(is_resident_id(with_check("99010119900101001"), kToday));
  CHECK(is_resident_id(with_check("11010519900101001"), kToday));
}

TEST_CASE("a birth date is a real day, neither in the future nor before anybody on file") {
  const Row rows[] = {
      {"19000101", true, "1 January 1900"}, {"19000229", false, "1900 was no leap year"},
      {"20000229", true, "2000 was"},       {"20230229", false, "29 February of a common year"},
      {"20240229", true, "of a leap year"}, {"20260301", true, "born today"},
      {"20260302", false, "tomorrow"},      {"19991301", false, "thirteenth month"},
      {"19990431", false, "31 April"},      {"19990100", false, "day zero"},
      {"18491231", false, "too long ago"},  {"18500101", true, "the earliest"},
      {"1999010", false, "seven digits"},   {"1999010a", false, "a letter"},
  };
  check(rows, [](std::string_view date) { return is_birth_date(date, kToday); });
}

TEST_CASE("a number of fifteen digits has a division and a date of the last century") {
  const Row rows[] = {
      {"130503670401001", true, "published example"},
      {"111111111111111", false, "one digit over and over"},
      {"130503671301001", false, "thirteenth month"},
      {"13050367040100", false, "fourteen digits"},
  };
  check(rows, [](std::string_view id) { return is_old_resident_id(id, kToday); });
  CHECK(modern_resident_id("130503670401001") == "130503196704010016");
}

TEST_CASE("permits are told by their prefix and checked like a resident's number") {
  const Row permits[] = {
      {"810000199408230021", true, "Hong Kong"},
      {"830000199201300022", true, "Taiwan"},
      {"820000199001010018", false, "the check digit should be 0"},
      {"820000199001010010", true, "with it right"},
      {"11010519491231002X", false, "a resident"},
  };
  check(permits, [](std::string_view id) { return is_residence_permit(id, kToday); });
  const Row cards[] = {
      {"911124198108030024", true, "published example"},
      {"932682198501010017", true, "second example"},
      {"911124198108030025", false, "wrong check digit"},
      {"810000199408230021", false, "another permit"},
  };
  check(cards, [](std::string_view id) { return is_permanent_residence_card(id, kToday); });
}

TEST_CASE("card numbers pass Luhn and belong to a scheme") {
  const Row luhn[] = {
      {"6200000000000005", true, "vector"},     {"6200000000000047", true, "vector"},
      {"490154203237518", true, "an IMEI"},     {"6226890000000000", false, "vector"},
      {"0", false, "one digit proves nothing"}, {"62000000000000O5", false, "a letter"},
  };
  check(luhn, passes_luhn);
  const Row union_pay[] = {
      {"6200000000000005", true, "16 digits"},
      {"6205500000000000004", true, "19 digits"},
      {"6226890000000000", false, "fails Luhn"},
      {"4111111111111111", false, "Visa"},
      {"620000000000000", false, "15 digits"},
      {"0000000000000000", false, "one digit over and over"},
  };
  check(union_pay, is_union_pay_card);
  const Row international[] = {
      {"4111111111111111", true, "Visa"},
      {"5555555555554444", true, "Mastercard"},
      {"2223003122003222", true, "Mastercard's second range"},
      {"378282246310005", true, "American Express"},
      {"3530111333300000", true, "JCB"},
      {"6011111111111117", true, "Discover"},
      {"4111111111111112", false, "fails Luhn"},
      {"6200000000000005", false, "UnionPay"},
      {"1234567812345670", false, "no scheme"},
  };
  check(international, is_international_card);
}

TEST_CASE("company codes carry a mod-31 check") {
  const Row rows[] = {
      {"91350100M000100Y43", true, "published example"},
      {"91110000600037341L", true, "published example"},
      {"91350100M000100Y44", false, "wrong check"},
      {"91350100I000100Y43", false, "no letter I"},
      {"9135010OM000100Y43", false, "a letter in the division"},
  };
  check(rows, is_credit_code);
}

TEST_CASE("an IBAN has its country's length and a mod-97 check") {
  const Row rows[] = {
      {"GB82WEST12345698765432", true, "ISO 13616 example"},
      {"DE89370400440532013000", true, "ISO 13616 example"},
      {"GB82WEST12345698765433", false, "wrong check"},
      {"DE8937040044053201300", false, "too short for Germany"},
      {"XX82WEST12345698765432", false, "no such country"},
      {"gb82west12345698765432", false, "upper case is expected"},
  };
  check(rows, is_iban);
}

TEST_CASE("passport numbers have the forms of the ordinary passport") {
  const Row rows[] = {
      {"E12345678", true, "E and 8 digits"}, {"EA1234567", true, "E, a letter and 7"},
      {"EI1234567", false, "no letter I"},   {"EO1234567", false, "no letter O"},
      {"G12345678", true, "G and 8"},        {"GA1234567", false, "G has no second letter"},
      {"141234567", true, "14 and 7"},       {"151234567", true, "15 and 7"},
      {"161234567", false, "16 was none"},   {"E1234567", false, "too short"},
      {"D12345678", false, "a diplomat's"},
  };
  check(rows, is_passport);
}

TEST_CASE("telephone numbers have an allocated prefix") {
  const Row mobiles[] = {
      {"13800138000", true, "China Mobile"}, {"19212345678", true, "broadcasting network"},
      {"17012345678", true, "virtual"},      {"14212345678", false, "142 is unallocated"},
      {"16412345678", false, "164 too"},     {"12345678901", false, "12x are short numbers"},
      {"1380013800", false, "ten digits"},
  };
  check(mobiles, is_mobile);
  CHECK(landline_area_length("01062345678") == 3);
  CHECK(landline_area_length("075583456789") == 4);
  CHECK(landline_area_length("01012345678") == 0);   // subscribers' numbers do not start with 1
  CHECK(landline_area_length("010623456789") == 0);  // nine digits
  CHECK(landline_area_length("099962345678") == landline_area_length("099962345678"));
}

TEST_CASE("e-mail addresses have a plain local part and a known top-level domain") {
  const Row rows[] = {
      {"zhang.san@example.com", true, "plain"},
      {"a+b@mail.bank.com.cn", true, "tagged"},
      {"a@b", false, "no dot"},
      {"a@b.notatld", false, "unknown top level"},
      {"a..b@example.com", false, "two dots"},
      {".a@example.com", false, "leading dot"},
      {"a@-b.com", false, "hyphen first"},
      {"@example.com", false, "no local part"},
      {"a@example..com", false, "empty label"},
      {"a@1.2.3.4", false, "an address, no domain"},
  };
  check(rows, is_email);
  CHECK_FALSE(is_email(std::string(65, 'a') + "@example.com"));
}

TEST_CASE("names begin with a surname") {
  const Row rows[] = {
      {"张三", true, "two characters"},
      {"欧阳修", true, "compound surname"},
      {"司马相如", true, "compound and two"},
      {"王", false, "a surname alone"},
      {"信用卡", false, "no surname"},
      {"张三李四王", false, "five characters"},
      {"Zhang", false, "Latin"},
      {"阿卜杜拉·买买提", true, "dotted"},
      {"安全", false, "a word"},
      {"张李雨涵", true, "two surnames"},
      {"陳國榮", true, "traditional characters"},
      {"扎西卓玛", true, "Tibetan, without a surname"},
      {"巴特尔", true, "Mongolian"},
      {"张三商行", false, "a shop"},
      {"任务", false, "a word"},
      {"时间", false, "a word"},
      {"李经理", false, "a title"},
      {"阿·", false, "nothing behind the dot"},
      {"", false, "empty"},
  };
  check(rows, is_person_name);
}

TEST_CASE("names are weighed against running text") {
  for (const char* name : {"张伟", "李娜", "王建国", "欧阳静", "刘德华", "陈思宇", "诸葛明", "高峰",
                           "马超", "任志强", "关晓彤", "阿卜杜拉·买买提"}) {
    CAPTURE(name);
    CHECK(is_common_person_name(name));
  }
  for (const char* word : {"管理费", "江苏", "南京路", "金额", "高级",   "单位",  "黄金", "支行",
                           "方案",   "安排", "徐家汇", "平安", "常用",   "农户",  "时段", "周五",
                           "康师傅", "明白", "于是",   "和谐", "张家口", "车位号"}) {
    CAPTURE(word);
    CHECK_FALSE(is_common_person_name(word));
  }
}

TEST_CASE("placeholders and code are no passwords") {
  const Row rows[] = {
      {"Tr0ub4dor&3", true, "a password"},
      {"a1b2c3", true, "short but varied"},
      {"******", false, "masked"},
      {"${DB_PASS}", false, "a variable"},
      {"<password>", false, "a placeholder"},
      {"null", false, "a word of code"},
      {"getPassword()", false, "a call"},
      {"xxxxxx", false, "masked"},
      {"aaaa", false, "no variety"},
      {"abc", false, "too short"},
      {"请输入密码", false, "a prompt"},
      {"changeme", false, "a placeholder"},
  };
  check(rows, is_plausible_password);
}

TEST_CASE("a track 2 has a card number, an expiry and discretionary digits") {
  CHECK(track2_length(";4111111111111111=251210112345678?") == 34);
  CHECK(track2_length("4111111111111111=251210112345678") == 32);
  CHECK(track2_length("4111111111111111D251210112345678F") == 33);
  CHECK(track2_length(";4111111111111112=251210112345678?") == 0);  // Luhn
  CHECK(track2_length(";4111111111111111=251310112345678?") == 0);  // month 13
  CHECK(track2_length(";4111111111111111=2512") == 0);              // no service code
  CHECK(track2_length(";=") == 0);
  CHECK(track2_length("") == 0);
  CHECK(track2_pan(";4111111111111111=251210112345678?") == "4111111111111111");
}

}  // namespace
}  // namespace huxin::detect
