// Text as Word, WordPad and mail programs write it, which nothing here can write (Rich Text Format
// 1.9.1; [MS-OXRTFEX] for HTML in mails).
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

struct Row {
  std::string_view name, rtf, wanted, place;
};

constexpr std::string_view kFonts =
    R"({\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fnil\fcharset136 MingLiU;}{\f2 Arial;}})";

constexpr Row kRows[] = {
    {"GBK by the code page", R"({\rtf1\ansi\ansicpg936 \'d6\'d0\'ce\'c4 13800138000\par})",
     "中文 13800138000", "a.rtf!L1"},
    {"GBK by the font, Latin by the code page",
     R"({\rtf1\ansi\ansicpg1252 FONTS\f0 \'d6\'d0\f2  caf\'e9\par})", "中 café", "a.rtf!L1"},
    {"Big5 by the font", R"({\rtf1\ansi\ansicpg1252 FONTS\f1\'a4\'a4\par})", "中", "a.rtf!L1"},
    {"the second byte of a character as a letter", R"({\rtf1\ansi\ansicpg936 \'e9F\'bb\'f9\par})",
     "镕基", "a.rtf!L1"},
    {"Unicode with a stand-in of two bytes",
     R"({\rtf1\ansi\ansicpg936\uc2 \u24352\'d5\'c5\u19977\'c8\'fd:1\par})", "张三:1", "a.rtf!L1"},
    {"a character beyond the first plane", R"({\rtf1\uc1 \u-10179?\u-8704?!\par})", "\U0001F600!",
     "a.rtf!L1"},
    {"a number with changes of looks within", R"({\rtf1 1101051949{\b 1231}{\i\fs20 002X}\par})",
     "11010519491231002X", "a.rtf!L1"},
    {"what was deleted", R"({\rtf1 a\par {\deleted 13800138000}\par})", "13800138000", "a.rtf!L2"},
    {"what is hidden", R"({\rtf1 a\par {\v 13800138000}\par})", "13800138000", "a.rtf!L2"},
    {"a second row of a table",
     R"({\rtf1\trowd\intbl a\cell b\cell\row\trowd\intbl c\cell 13800138000\cell\row\pard x\par})",
     "13800138000", "a.rtf!table1!B2"},
    {"a header", R"({\rtf1{\header\pard 13800138000\par}a\par})", "13800138000", "a.rtf!header"},
    {"a footnote inside a number",
     R"({\rtf1 1380013{\footnote\pard\chftn 13900139000\par}8000\par})", "13800138000", "a.rtf!L1"},
    {"the footnote itself", R"({\rtf1 1380013{\footnote\pard\chftn 13900139000\par}8000\par})",
     "13900139000", "a.rtf!notes"},
    {"a comment", R"({\rtf1 a{\*\annotation\pard 13800138000\par}\par})", "13800138000",
     "a.rtf!comments"},
    {"a text box",
     R"({\rtf1{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard 13800138000\par}}}a\par})",
     "13800138000", "a.rtf!boxes"},
    {"the title", R"({\rtf1{\info{\title 13800138000}{\author 13900139000}}a\par})", "13800138000",
     "a.rtf!properties"},
    {"the address behind a link",
     R"({\rtf1{\field{\*\fldinst HYPERLINK "mailto:a@bank.example"}{\fldrslt b}}\par})",
     "mailto:a@bank.example", "a.rtf!L1"},
    {"text of a mail that was HTML",
     R"({\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 13800138000\htmlrtf }\htmlrtf0\par})",
     "13800138000", "a.rtf!L1"},
};

std::string written(const Row& row) {
  std::string rtf(row.rtf);
  if (const auto at = rtf.find("FONTS"); at != std::string::npos) rtf.replace(at, 5, kFonts);
  return rtf;
}

}  // namespace

TEST_CASE("text of RTF is read whatever its encoding, and its place is right") {
  for (const Row& row : kRows) {
    const Extracted extracted = extract_all(written(row), "a.rtf");
    INFO(row.name << "\n" << extracted.text());
    CHECK(extracted.outcome.format == "rtf");
    CHECK(extracted.place_of(row.wanted) == row.place);
  }
}

namespace {

std::string hex_of(std::string_view bytes) { return to_hex(as_bytes(bytes)); }

std::string number(std::size_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
  return bytes;
}

// A letter that embeds an object of a class ([MS-OLEDS] 2.2.5), its digits in lines.
std::string embedding(const std::string& name, const std::string& native) {
  const std::string header = number(0x501) + number(2) + number(name.size() + 1) + name + '\0' +
                             number(0) + number(0) + number(native.size());
  return "{\\rtf1 a{\\object{\\*\\objdata " + hex_of(header) + "\r\n" + hex_of(native) + "}}\\par}";
}

}  // namespace

TEST_CASE("a file that RTF embeds is read as what it is") {
  const std::string zip = huxin::test::zip_of({{"list.txt", "13800138000\n"}});
  CHECK(extract_all(embedding("Word.Document.12", zip), "a.rtf").place_of("13800138000") ==
        "a.rtf!object1!list.txt!L1");
  const std::string file = "name,mobile\nA,13800138000\nB,13900139000\n";
  const std::string package = std::string("\x02\0list.csv\0C:\\list.csv\0\0\0\3\0", 27) +
                              number(12) + std::string("C:\\list.csv\0", 12) + number(file.size()) +
                              file;
  CHECK(extract_all(embedding("Package", package), "a.rtf").place_of("13800138000") ==
        "a.rtf!object1!list.csv!B2");
}

TEST_CASE("what RTF keeps for programs is no text") {
  constexpr std::string_view kPrograms[] = {
      R"({\rtf1{\info{\author 13800138000}{\operator 13800138000}}a\par})",
      R"({\rtf1{\*\generator 13800138000;}a\par})",
      R"({\rtf1{\*\unheardof 13800138000}a\par})",
      R"({\rtf1{\pict 13800138000}a\par})",
      R"({\rtf1{\pict\bin11 13800138000}a\par})",
      R"({\rtf1{\fonttbl{\f0 13800138000;}}a\par})",
  };
  for (const std::string_view rtf : kPrograms) {
    const Extracted extracted = extract_all(rtf, "a.rtf");
    INFO(rtf);
    CHECK(extracted.text() == "a\n");
    CHECK(extracted.outcome.reason.empty());
  }
}

TEST_CASE("RTF that is broken is read as far as it goes, however deep it is") {
  const std::string deep(200'000, '{');
  const Extracted extracted = extract_all("{\\rtf1 a" + deep + "13800138000\\par", "a.rtf");
  CHECK(extracted.text().contains("13800138000"));
  CHECK(extracted.outcome.coverage == Coverage::kPartial);
  CHECK(extracted.outcome.reason == "corrupt");

  const std::string closed(200'000, '}');
  CHECK(extract_all("{\\rtf1 a" + closed + "13800138000\\par", "a.rtf").text().contains("138001"));
}

}  // namespace huxin::extract::test
