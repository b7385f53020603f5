#include "policy/catalog/catalog.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "policy/base/file.hpp"
#include "tests/support/temp_dir.hpp"

using namespace huxin;
using namespace huxin::catalog;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string kGood = R"(version: 1
elements:
  - id: D01
    name: resident_id
    zh: 居民身份证
    en: resident identity card
    level: C2
    mask: first_last
    keywords: [身份证, id card]
    keyword_required: false
    confidence: {base: 0.9, context: 0.98}
    identifies: true
    source: GB 11643-1999
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text = kGood;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the catalogue in the program is what elements.yaml says") {
  const auto file = Catalog::load(HUXIN_SOURCE_DIR "/policy/catalog/elements.yaml");
  REQUIRE(file);
  const auto written = (*file)->elements();
  const auto compiled = Catalog::builtin()->elements();
  REQUIRE(compiled.size() == written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    INFO(to_string(written[i].id));
    CHECK((compiled[i] == written[i]));
  }
}

TEST_CASE("the catalogue in the program holds its elements in the order of their numbers") {
  const auto catalog = Catalog::builtin();
  ElementId last{};
  for (const Element& element : catalog->elements()) {
    INFO(to_string(element.id));
    CHECK(element.id > last);
    CHECK((!element.keywords.empty() || !element.headings.titles.empty()));
    CHECK(element.recognizer == element.name);
    CHECK(catalog->find(element.id) == &element);
    CHECK(catalog->find(element.name) == &element);
    last = element.id;
  }
  CHECK(catalog->elements().size() >= 66);
  CHECK(catalog->find("track2")->level == Level::kC3);
  CHECK(catalog->find("uscc")->level == Level::kC1);
  CHECK(catalog->find("address")->mask == Mask::kDistrict);
  CHECK(catalog->find("resident_id_15")->keyword_required);
  CHECK(catalog->find(ElementId{87}) == nullptr);
  CHECK(catalog->find("no_such") == nullptr);
}

TEST_CASE("headings, file names and derivations are read, and refused where nothing could follow") {
  const auto catalog = Catalog::parse(kGood + R"(    together: 2
    company: true
    headings: {form: row, least: 2, words: [[借方, 借方金额], 贷方], titles: [对账单], needs: [D25]}
    files: {suffixes: [jpg], words: [身份证正面], folders: true}
    derive: {under_years: 14, within_characters: 200, customers: [10, 100]}
)",
                                      "e.yaml");
  REQUIRE(catalog);
  const Element& element = (*catalog)->elements()[0];
  CHECK(element.together == 2);
  CHECK(element.company);
  CHECK(element.headings.form == HeadingForm::kRow);
  CHECK(element.headings.words[0] == std::vector<std::string>{"借方", "借方金额"});
  CHECK(element.headings.needs == std::vector{ElementId{25}});
  CHECK(element.files.folders);
  CHECK(element.derivation.customers == std::vector<std::uint32_t>{10, 100});
  for (const char* bad : {"    headings: {form: row, least: 3, words: [借方, 贷方]}\n",
                          "    headings: {form: lines, words: [借方]}\n",
                          "    headings: {form: lines, titled: true}\n",
                          "    headings: {form: heap, least: 1, words: [借方]}\n",
                          "    headings: {form: lines, least: 1, words: [借方], needs: [25]}\n",
                          "    files: {suffixes: [], words: [a]}\n", "    derive: {}\n",
                          "    derive: {customers: [100, 10]}\n", "    together: 0\n"}) {
    INFO(bad);
    const auto refused = Catalog::parse(kGood + bad, "e.yaml");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::kInvalid);
    CHECK(refused.error().context.starts_with("e.yaml:"));
  }
}

TEST_CASE("a value that its label tells is described by its forms") {
  const auto catalog = Catalog::parse(kGood + R"(    value:
      assigned: true
      reach: 30
      forms:
        - {characters: digits, length: 8}
        - {characters: alphanumerics, length: [9, 11], prefixes: [C, WA], check: luhn, hint: mod_11_10}
)",
                                      "e.yaml");
  REQUIRE(catalog);
  const LabelledValue& value = (*catalog)->elements()[0].value;
  CHECK(value.assigned);
  CHECK(value.reach == 30);
  REQUIRE(value.forms.size() == 2);
  CHECK(value.forms[0].least == 8);
  CHECK(value.forms[0].most == 8);
  CHECK_FALSE(value.forms[0].check);
  CHECK(value.forms[1].characters == Characters::kAlphanumerics);
  CHECK(value.forms[1].least == 9);
  CHECK(value.forms[1].most == 11);
  CHECK(value.forms[1].prefixes == std::vector<std::string>{"C", "WA"});
  CHECK(value.forms[1].check == Check::kLuhn);
  CHECK(value.forms[1].hint == Check::kMod1110);
}

TEST_CASE("a form that could not be meant is refused") {
  struct Row {
    const char* value;
    const char* says;
    const char* reason;
  };
  const Row rows[] = {
      {"{}", "'forms' is missing", "nothing could be found"},
      {"{forms: []}", "1 to 16 forms", "no form"},
      {"{forms: [{characters: digits}]}", "'length' is missing", "no length"},
      {"{forms: [{characters: digits, length: 0}]}", "from 1 to 64", "an empty value"},
      {"{forms: [{characters: digits, length: 65}]}", "from 1 to 64", "longer than any"},
      {"{forms: [{characters: digits, length: [9, 8]}]}", "from 9 to 64", "the wrong way round"},
      {"{forms: [{characters: digits, length: [1, 2, 3]}]}", "a pair", "three lengths"},
      {"{forms: [{characters: octal, length: 8}]}", "one of digits", "no such characters"},
      {"{forms: [{characters: digits, length: 8, check: mod_97}]}", "one of luhn", "no such check"},
      {"{forms: [{characters: digits, length: 8, prefixes: [a]}]}", "capitals", "lower case"},
      {"{reach: 81, forms: [{characters: digits, length: 8}]}", "from 1 to 80", "beyond labels"},
      {"{form: []}", "not a key of value", "a misspelt key"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    const auto catalog = Catalog::parse(kGood + "    value: " + row.value + "\n", "e.yaml");
    REQUIRE_FALSE(catalog);
    CHECK_THAT(catalog.error().context, ContainsSubstring(row.says));
  }
}

TEST_CASE("an element id is a capital D and a number") {
  CHECK(to_string(ElementId{1}) == "D01");
  CHECK(to_string(ElementId{120}) == "D120");
  CHECK(element_id_from("D01") == ElementId{1});
  CHECK(element_id_from("D83") == ElementId{83});
  for (const char* const bad :
       {"", "D", "D1x", "d01", "D00", "D-1", "D99999", "01", "DD1", "D 1"}) {
    INFO(bad);
    CHECK_FALSE(element_id_from(bad));
  }
}

TEST_CASE("a broken catalogue is refused with the place, the key and the way out") {
  struct Row {
    std::string yaml;
    Errc code;
    const char* place;
    const char* says;
    const char* reason;
  };
  const Row rows[] = {
      {"", Errc::kInvalid, "e.yaml:", "must be a map", "an empty file"},
      {"[1, 2", Errc::kInvalid, "e.yaml:1:", "not YAML", "a list left open"},
      {with("version: 1", "version: 2"), Errc::kInvalid, "e.yaml:1:10", "must be 1",
       "a format to come"},
      {with("    level: C2\n", ""), Errc::kInvalid, "e.yaml:3:5", "'level' is missing",
       "a key left out"},
      {with("mask:", "masks:"), Errc::kInvalid, "e.yaml:8:5", "'masks' is not a key of an element",
       "a misspelt key"},
      {with("zh: 居民身份证", "name: twice"), Errc::kInvalid, "e.yaml:5:5", "given twice",
       "yaml-cpp takes both"},
      {with("level: C2", "level: C4"), Errc::kInvalid, "e.yaml:7:12", "one of C1, C2, C3",
       "no such class"},
      {with("first_last", "P1"), Errc::kInvalid, "e.yaml:8:11", "one of none, remove",
       "no such preset"},
      {with("id: D01", "id: 1"), Errc::kInvalid, "e.yaml:3:9", "like D01",
       "an id without its letter"},
      {with("name: resident_id", "name: Resident"), Errc::kInvalid, "e.yaml:4:11", "lower-case",
       "a capital"},
      {with("base: 0.9", "base: 90"), Errc::kInvalid, "e.yaml:11:24", "from 0 to 1", "per cent"},
      {with("base: 0.9", "base: .nan"), Errc::kInvalid, "e.yaml:11:24", "from 0 to 1",
       "not a number"},
      {with("base: 0.9", "base: 0.99"), Errc::kInvalid, "e.yaml:11:17", "below base",
       "context weaker than none"},
      {with("keyword_required: false", "keyword_required: maybe"), Errc::kInvalid, "e.yaml:10:23",
       "true or false", "neither yes nor no"},
      {with("[身份证, id card]", "身份证"), Errc::kInvalid, "e.yaml:9:15", "must be a list",
       "one word, no list"},
      {with("id card]", "\"a\\nb\"]"), Errc::kInvalid, "e.yaml:9:", "line's end",
       "words are looked for within lines"},
      {with("id card]", "\"\"]"), Errc::kInvalid, "e.yaml:9:", "empty word",
       "it would match anywhere"},
      {with("id card]", "身份证]"), Errc::kInvalid, "e.yaml:9:", "twice", "the same word again"},
      {with("{base: 0.9, context: 0.98}", "0.9"), Errc::kInvalid, "e.yaml:11:17", "must be a map",
       "one number"},
      {kGood + kGood.substr(kGood.find("  - id")), Errc::kInvalid, "e.yaml:14:9", "'D01' is used",
       "an id used twice"},
      {with("source: GB 11643-1999", "source: " + std::string(600, 'x')), Errc::kTooLarge,
       "e.yaml:13:13", "longer than", "a string over its limit"},
      {std::string((1U << 20U) + 1, '#'), Errc::kTooLarge, "e.yaml", "over 1048576 bytes",
       "a file over its limit"},
      {"version: 1\nelements: [" + std::string(3000, '[') + "]", Errc::kInvalid, "e.yaml:", "",
       "nested without end"},
      {"version: 1\nelements: &a [*a]", Errc::kInvalid, "e.yaml:2:", "must be a map",
       "an alias of itself"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    const auto catalog = Catalog::parse(row.yaml, "e.yaml");
    REQUIRE_FALSE(catalog);
    CHECK(catalog.error().code == row.code);
    CHECK_THAT(catalog.error().context,
               ContainsSubstring(row.place) && ContainsSubstring(row.says));
  }
}

TEST_CASE("a catalogue has at most five hundred elements") {
  std::string yaml = "version: 1\nelements: [";
  for (int i = 0; i <= 500; ++i) yaml += "x,";
  const auto catalog = Catalog::parse(yaml + "]", "e.yaml");
  REQUIRE_FALSE(catalog);
  CHECK(catalog.error().code == Errc::kTooLarge);
}

TEST_CASE("a catalogue is read from a file, and the recogniser may be shared") {
  const test::TempDir dir;
  const auto file = dir.path() / "elements.yaml";
  REQUIRE(
      write_file_atomically(file, as_bytes(with("level: C2", "recognizer: other\n    level: C2"))));
  const auto catalog = Catalog::load(file);
  REQUIRE(catalog);
  REQUIRE((*catalog)->elements().size() == 1);
  const Element& element = (*catalog)->elements()[0];
  CHECK(element.recognizer == "other");
  CHECK(element.keywords == std::vector<std::string>{"身份证", "id card"});
  CHECK(element.identifies);
  CHECK(element.context_confidence == 0.98);
  CHECK(Catalog::load(dir.path() / "absent.yaml").error().code == Errc::kNotFound);
}
