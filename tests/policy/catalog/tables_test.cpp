#include "policy/catalog/tables.hpp"

#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace huxin::catalog;

TEST_CASE("an area code fits when the division existed for that birth year") {
  struct Row {
    std::uint32_t code;
    int year;
    RegionFit fit;
    const char* reason;
  };
  const Row rows[] = {
      {110105, 1949, RegionFit::kKnown, "朝阳区, older than the code list itself"},
      {130503, 1967, RegionFit::kKnown, "桥西区 of 邢台, renamed since"},
      {440524, 1880, RegionFit::kPlausible, "潮阳县 before 1983, not in the lists we have"},
      {110103, 1980, RegionFit::kKnown, "崇文区, abolished in 2010, in force then"},
      {110103, 2015, RegionFit::kUnknown, "崇文区 was abolished before that birth"},
      {440305, 1950, RegionFit::kKnown, "南山区 is younger than the person: registered late"},
      {810000, 1994, RegionFit::kKnown, "Hong Kong residence permit"},
      {820000, 1992, RegionFit::kKnown, "Macau residence permit"},
      {830000, 1992, RegionFit::kKnown, "Taiwan residence permit"},
      {111111, 1911, RegionFit::kPlausible, "shaped like an abolished code"},
      {119999, 1990, RegionFit::kUnknown, "no prefecture 99"},
      {990101, 1990, RegionFit::kUnknown, "no province 99"},
      {560101, 1990, RegionFit::kUnknown, "no province 56"},
      {440524, 2010, RegionFit::kUnknown, "abolished codes are not given to the young"},
      {0, 1990, RegionFit::kUnknown, "zero"},
      {4294967295U, 1990, RegionFit::kUnknown, "far out of range"},
  };
  for (const Row& row : rows) {
    INFO(row.code << " " << row.year << ": " << row.reason);
    CHECK(region_fit(row.code, row.year) == row.fit);
  }
  CHECK(region_name(110105) == "朝阳区");
  CHECK(region_name(320500) == "苏州市");
  CHECK(region_name(123456).empty());
  CHECK(is_province(11));
  CHECK_FALSE(is_province(16));
  CHECK_FALSE(is_province(267));
}

TEST_CASE("the longest place name at the start is found, with or without its suffix") {
  const auto check = [](std::string_view text, std::string_view name, bool full) {
    INFO(text);
    const auto match = place_prefix(text);
    REQUIRE(match);
    CHECK(text.substr(0, match->bytes) == name);
    CHECK(match->full == full);
  };
  check("北京市朝阳区建国路", "北京市", true);
  check("北京朝阳", "北京", false);
  check("内蒙古自治区呼和浩特市", "内蒙古自治区", true);
  check("内蒙古呼和浩特", "内蒙古", false);
  check("恩施土家族苗族自治州", "恩施土家族苗族自治州", true);
  check("恩施州", "恩施", false);
  check("香港中环", "香港", false);
  check("吉林省吉林市", "吉林省", true);
  CHECK(place_prefix("吉林市")->prefecture);
  CHECK(place_prefix("吉林省")->province);
  CHECK(place_prefix("浦东新区")->county);
  CHECK_FALSE(place_prefix("我们走吧"));
  CHECK_FALSE(place_prefix(""));
  CHECK_FALSE(place_prefix("\xE5\x8C"));
}

TEST_CASE("a mobile prefix is known when the ministry allocated it") {
  CHECK(mobile_carrier("13800138000") == MobileCarrier::kMobile);
  CHECK(mobile_carrier("192") == MobileCarrier::kBroadcast);
  CHECK(mobile_carrier("170") == MobileCarrier::kVirtual);
  CHECK(mobile_carrier("13490000000") == MobileCarrier::kSatellite);
  CHECK(mobile_carrier("199") == MobileCarrier::kTelecom);
  CHECK(mobile_carrier("166") == MobileCarrier::kUnicom);
  for (const char* const free :
       {"142", "143", "154", "161", "164", "194", "140", "141", "144", "120", "", "13"}) {
    INFO(free);
    CHECK_FALSE(is_mobile_prefix(free));
  }
}

TEST_CASE("a number plate begins with a province and may end in what it is for") {
  CHECK(is_plate_province("京"));
  CHECK(is_plate_province("粵"));
  CHECK_FALSE(is_plate_province("海"));
  CHECK_FALSE(is_plate_province("京津"));
  CHECK_FALSE(is_plate_province(""));
  CHECK(is_plate_ending("挂"));
  CHECK_FALSE(is_plate_ending("京"));
}

TEST_CASE("units say what the number beside them is") {
  CHECK(unit_prefix(Unit::kCurrency, "人民币5,000") == std::string_view("人民币").size());
  CHECK(unit_prefix(Unit::kMoney, "千万元") == std::string_view("千万").size());
  CHECK(unit_prefix(Unit::kCount, "笔交易") == std::string_view("笔").size());
  CHECK(unit_prefix(Unit::kFew, "笔交易") == 0);
  CHECK(unit_prefix(Unit::kMoney, "") == 0);
  CHECK(currency_suffix("余额 JPY") == 3);
  CHECK(currency_suffix("余额") == 0);
}

TEST_CASE("things have names too") {
  CHECK(is_named_thing("station", true));
  CHECK(is_named_thing("item", false));
  CHECK_FALSE(is_named_thing("item", true));
  CHECK_FALSE(is_named_thing("customer", false));
}

TEST_CASE("the longest ending of an address's part counts, by whether a number stands before it") {
  const auto level = [](std::string_view text, bool numbered) {
    const AddressSuffix* const suffix = address_suffix(text, numbered);
    return suffix == nullptr ? AddressLevel::kNone : suffix->level;
  };
  CHECK(level("街道办事处", false) == AddressLevel::kTown);
  CHECK(level("街", false) == AddressLevel::kRoad);
  CHECK(level("号楼3单元", true) == AddressLevel::kBuilding);
  CHECK(level("号", true) == AddressLevel::kHouse);
  CHECK(level("号", false) == AddressLevel::kNone);
  CHECK(level("号线", true) == AddressLevel::kNone);
  CHECK(level("区", false) == AddressLevel::kCounty);
  CHECK(level("区", true) == AddressLevel::kEstate);
  CHECK(level("", true) == AddressLevel::kNone);
}

TEST_CASE("labels that no list has are foreign by how they end") {
  CHECK(ends_like_foreign_label("表样编号"));
  CHECK_FALSE(ends_like_foreign_label("手机号"));
  CHECK_FALSE(ends_like_foreign_label(""));
}

TEST_CASE("an area code says how long its numbers are") {
  CHECK(area_code("01062783333")->place == "北京");
  CHECK(area_code("075583121234")->code == "0755");
  CHECK(area_code("02112345678")->shortest == 8);
  CHECK(area_code("03511234567")->shortest == 7);
  CHECK_FALSE(area_code("0263"));
  CHECK_FALSE(area_code("0000000"));
  CHECK_FALSE(area_code("13800138000"));
  CHECK_FALSE(area_code("01"));
}

TEST_CASE("a card's scheme comes from its leading digits and its length") {
  struct Row {
    const char* pan;
    std::optional<CardScheme> scheme;
    const char* reason;
  };
  const Row rows[] = {
      {"6200000000000005", CardScheme::kUnionPay, "16 digits"},
      {"6205500000000000004", CardScheme::kUnionPay, "19 digits, the usual debit card"},
      {"4111111111111111", CardScheme::kVisa, "16 digits"},
      {"5555555555554444", CardScheme::kMastercard, "the old range"},
      {"2223003122003222", CardScheme::kMastercard, "the range of 2017"},
      {"378282246310005", CardScheme::kAmex, "15 digits"},
      {"3530111333300000", CardScheme::kJcb, "3528 to 3589"},
      {"6011000990139424", CardScheme::kDiscover, "6011"},
      {"9558801234567890123", CardScheme::kUnionPay, "an old domestic card of 19 digits"},
      {"4367421234567890123", CardScheme::kUnionPay, "one under a prefix of Visa's"},
      {"620000000000000", std::nullopt, "15 digits are too few for UnionPay"},
      {"62000000000000000005", std::nullopt, "20 digits are too many"},
      {"2720999999999999", CardScheme::kMastercard, "the last of the range"},
      {"2721000000000000", std::nullopt, "just beyond it"},
      {"3527000000000000", std::nullopt, "just below JCB"},
      {"1234567890123456", std::nullopt, "an order number"},
      {"", std::nullopt, "nothing"},
  };
  for (const Row& row : rows) {
    INFO(row.pan << ": " << row.reason);
    CHECK(card_scheme(row.pan) == row.scheme);
  }
  CHECK(card_issuer("6222021234567890") == "icbc");
  CHECK(card_issuer("6217001234567890123") == "ccb");
  CHECK_FALSE(is_known_issuer("6200000000000005"));
}

TEST_CASE("domains and IBAN countries are looked up exactly") {
  CHECK(is_tld("com"));
  CHECK(is_tld("CN"));
  CHECK(is_tld("xn--fiqs8s"));
  CHECK(is_tld("XN--VERMGENSBERATUNG-PWB"));
  for (const char* no : {"c", "co_", "comm", "xn--", "xn--vermgensberatung-pw", "\xE5\x85\xAC"})
    CHECK_FALSE(is_tld(no));
  CHECK_FALSE(is_tld("docx"));
  CHECK_FALSE(is_tld(""));
  CHECK_FALSE(is_tld(std::string(10'000, 'c')));
  CHECK(iban_length("GB") == 22);
  CHECK(iban_length("DE") == 22);
  CHECK_FALSE(iban_length("CN"));
  CHECK_FALSE(iban_length("gb"));
}

TEST_CASE("a name begins with its surname, the compound one first") {
  const auto surname = [](std::string_view name) { return name.substr(0, surname_prefix(name)); };
  CHECK(surname("欧阳明") == "欧阳");
  CHECK(surname("欧明") == "欧");
  CHECK(surname("张伟") == "张");
  CHECK(surname("爱新觉罗溥仪") == "爱新觉罗");
  CHECK(surname("的确").empty());
  CHECK(surname("").empty());
  CHECK(surname("Wang").empty());
  CHECK(surname("陳偉") == "陳");
}

TEST_CASE("characters and words speak for or against a name") {
  CHECK(surname_bits("刘") > 5);
  CHECK(surname_bits("欧阳") > 5);
  CHECK(surname_bits("时") < 0);
  CHECK(surname_bits("的") == 0);
  CHECK(given_name_bits("伟", GivenPlace::kAlone) > 3);
  CHECK(given_name_bits("建", GivenPlace::kFirst) > given_name_bits("建", GivenPlace::kSecond));
  CHECK(given_name_bits("的", GivenPlace::kSecond) < -3);
  CHECK(given_name_bits("a", GivenPlace::kAlone) == given_name_bits("", GivenPlace::kAlone));
  CHECK(leading_word_bits("安全") > 5);
  CHECK(leading_word_bits("安全刘") == leading_word_bits("安全"));
  CHECK(leading_word_bits("安") == 0);
  CHECK(leading_word_bits("张伟") == 0);
  CHECK(leading_word_bits("") == 0);
  CHECK(leading_word_bits("银行业务办理指南") == 0);
}

TEST_CASE("organisations, places and posts end as no name does") {
  CHECK(ends_unlike_name("张三商行"));
  CHECK(ends_unlike_name("萧红著"));
  CHECK(ends_unlike_name("李某某"));
  CHECK_FALSE(ends_unlike_name("中心"));  // which needs somebody before it
  CHECK_FALSE(ends_unlike_name("张伟"));
  CHECK_FALSE(ends_unlike_name(""));
}

TEST_CASE("names without a Han surname are made of elements") {
  CHECK(is_made_of_name_elements("扎西卓玛"));
  CHECK(is_made_of_name_elements("巴特尔"));
  CHECK_FALSE(is_made_of_name_elements("扎西银行"));
  CHECK_FALSE(is_made_of_name_elements("扎"));
}

TEST_CASE("listed traits are found at a text's begin, the longest first") {
  CHECK(trait_prefix("汉族").trait == Trait::kPeople);
  CHECK(trait_prefix("大学本科及以上").bytes == std::string_view("大学本科").size());
  CHECK(trait_prefix("已婚，有子女").trait == Trait::kMaritalStatus);
  CHECK(trait_prefix("个体工商户").trait == Trait::kOccupation);
  CHECK(trait_prefix("婚姻").trait == Trait::kNone);
  CHECK(trait_prefix("").bytes == 0);
}

TEST_CASE("a word is Pinyin when it is made of whole syllables") {
  for (const char* word : {"zhang", "SANFENG", "Xian", "lyu", "er", "zhuangyuan", "OuYang"}) {
    CAPTURE(word);
    CHECK(is_pinyin(word));
  }
  for (const char* word :
       {"smith", "zh", "lv2", "vue", "", "张", "anananananananananananananananana"}) {
    CAPTURE(word);
    CHECK_FALSE(is_pinyin(word));
  }
}

TEST_CASE("places whose names read like persons' are listed") {
  CHECK(is_latin_place("hongkong"));
  CHECK_FALSE(is_latin_place("zhangsan"));
  CHECK_FALSE(is_latin_place(""));
}

TEST_CASE("an organisation is told by how its name ends") {
  CHECK(organisation_suffix("北京某某科技有限公司") == std::string_view("有限公司").size());
  CHECK(organisation_suffix("市第一医院") == std::string_view("医院").size());
  CHECK(organisation_suffix("张三") == 0);
  CHECK(organisation_suffix("") == 0);
}
