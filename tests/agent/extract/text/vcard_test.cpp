#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

Extracted card(std::string_view properties) {
  return extract_all("BEGIN:VCARD\r\n" + std::string(properties) + "END:VCARD\r\n", "a.vcf");
}

std::string text_of(std::string_view properties) {
  const Extracted extracted = card(properties);
  CHECK(extracted.outcome.format == "vcard");
  CHECK(extracted.outcome.reason.empty());
  std::string text = extracted.text();
  constexpr std::string_view kBegin = "BEGIN:VCARD\n";
  constexpr std::string_view kEnd = "END:VCARD\n";
  REQUIRE(text.starts_with(kBegin));
  REQUIRE(text.ends_with(kEnd));
  return text.substr(kBegin.size(), text.size() - kBegin.size() - kEnd.size());
}

TEST_CASE("the properties of a card are decoded and unfolded, a line each") {
  struct Case {
    std::string_view properties;
    std::string_view text;
    std::string_view why;
  };
  const Case cases[] = {
      {"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=E4=BC=9F\r\n", "FN:张伟\n",
       "as telephones write 2.1"},
      {"FN;QUOTED-PRINTABLE:=E5=BC=A0=E4=BC=9F\r\n", "FN:张伟\n", "without its name, or a charset"},
      {"FN;CHARSET=GBK;ENCODING=quoted-printable:=D5=C5=CE=B0\r\n", "FN:张伟\n", "another charset"},
      {"FN;ENCODING=QUOTED-PRINTABLE:=E5=BC=\r\n=A0=E4=BC=9F\r\nTEL:110\r\n", "FN:张伟\nTEL:110\n",
       "a soft line end in a character"},
      {"NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\r\n", "NOTE:a b\n", "a line end of its own"},
      {"NOTE:卡号6205\r\n 500000000000004\r\n", "NOTE:卡号6205500000000000004\n", "a fold"},
      {"NOTE:卡号6205\n\t500000000000004\n", "NOTE:卡号6205500000000000004\n",
       "a fold with a tab, and bare line ends"},
      {"ADR:;;建国路88号\\,3号楼\\n501室\\;;;;\r\n", "ADR:;;建国路88号,3号楼 501室;;;;\n",
       "marks behind backslashes"},
      {"item1.TEL;TYPE=\"cell:work\",x:13800138000\r\n", "item1.TEL:13800138000\n",
       "a colon in quotes"},
      {"no property\r\n\r\nX-A:\r\n", "no property\nX-A:\n", "a line that is none"},
  };
  for (const Case& each : cases) {
    INFO(each.why);
    CHECK(text_of(each.properties) == each.text);
  }
}

TEST_CASE("cards of other encodings are read") {
  CHECK(
      extract_all("begin:vcard\nFN:\xD5\xC5\xCE\xB0\xA3\xAC\xBF\xCD\xBB\xA7\nend:vcard\n", "a.vcf")
          .text()
          .contains("FN:张伟，客户"));
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("BEGIN:VCARD\r\nTEL:13800138000\r\nEND:VCARD\r\n"))
    wide += {c, '\0'};
  CHECK(extract_all(wide, "a.vcf").text().contains("TEL:13800138000\n"));
}

TEST_CASE("each card is a place of its own, and a file in it content of its own") {
  const Extracted extracted = extract_all(
      "BEGIN:VCARD\nFN:张伟\nEND:VCARD\n\nBEGIN:VCARD\nFN:李娜\n"
      "KEY;ENCODING=B:6Lqr5Lu96K+B5Y+3MTEwMTA1MTk0OTEyMzEw\n MDJY\n"
      "X-OLD;BASE64:\nMTM4MDAx\nMzgwMDA=\n\nEND:VCARD\n",
      "a.vcf");
  CHECK(extracted.place_of("张伟") == "a.vcf!card1");
  CHECK(extracted.place_of("李娜") == "a.vcf!card2");
  CHECK(extracted.place_of("身份证号11010519491231002X") == "a.vcf!card2!file1!L1");
  CHECK(extracted.place_of("13800138000") == "a.vcf!card2!file2!L1");
  CHECK(extracted.outcome.reason.empty());
}

TEST_CASE("cards inside cards are read as deep as archives are") {
  std::string text = "BEGIN:VCARD\nTEL:13800138000\nEND:VCARD\n";
  const auto base64 = [](std::string_view bytes) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
      std::uint32_t bits = 0;
      for (std::size_t i = 0; i < 3; ++i)
        bits =
            bits << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
      for (std::size_t i = 0; i < 4; ++i)
        out += i <= bytes.size() - at ? kLetters[bits >> (18 - 6 * i) & 63U] : '=';
    }
    return out;
  };
  for (int i = 0; i < 2; ++i) text = "BEGIN:VCARD\nX;BASE64:" + base64(text) + "\nEND:VCARD\n";
  CHECK(extract_all(text, "a.vcf").text().contains("13800138000"));
  for (int i = 0; i < 20; ++i) text = "BEGIN:VCARD\nX;BASE64:" + base64(text) + "\nEND:VCARD\n";
  CHECK(extract_all(text, "a.vcf").outcome.reason == "too_deep");
}

}  // namespace
}  // namespace huxin::extract::test
