#include "agent/extract/text/vcard.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

std::string in_card(std::string_view properties) {
  return "BEGIN:VCARD\r\n" + std::string(properties) + "END:VCARD\r\n";
}

std::string decoded(std::string text) {
  text::Document document;
  document.text = std::move(text);
  decode_cards(document);
  return document.text;
}

// A line that is long enough to be folded.
const std::string kLong(60, 'a');

TEST_CASE("the properties of a card are decoded and unfolded, and keep their lines") {
  struct Case {
    std::string properties;
    std::string text;
    std::string_view why;
  };
  const Case cases[] = {
      {"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=E4=BC=9F\r\n", "FN:张伟\r\n",
       "as telephones write 2.1"},
      {"TEL;HOME;quoted-printable;X=1:=31=31=30\r\n", "TEL;HOME;X=1:110\r\n",
       "what else a property says stays"},
      {"N;CHARSET=UTF-8:;张伟;;;\r\n", "N:;张伟;;;\r\n", "a charset alone"},
      {"FN;CHARSET=GBK;ENCODING=quoted-printable:=D5=C5=CE=B0\r\n", "FN:张伟\r\n",
       "another charset"},
      {"FN;ENCODING=QUOTED-PRINTABLE:=E5=BC=\r\n=A0=E4=BC=9F\r\nTEL:110\r\n",
       "FN:张伟\n=\r\nTEL:110\r\n", "a soft line end in a character"},
      {"FN;ENCODING=QUOTED-PRINTABLE:=41=\r\n\r\n\r\nTEL:110\r\n", "FN:A\n=\r\n\r\nTEL:110\r\n",
       "a soft line end before a blank line"},
      {"NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\r\n", "NOTE:a  b\r\n", "a line end of its own"},
      {"NOTE:" + kLong + "6205\r\n 5000\r\n\t0005\r\n",
       "NOTE:" + kLong + "62055000\n=\r\n\t0005\r\n", "a fold, and a short line that is none"},
  };
  for (const Case& each : cases) {
    INFO(each.why);
    CHECK(decoded(in_card(each.properties)) == in_card(each.text));
  }
}

TEST_CASE("what is no card, or does not decode, stays as it stands") {
  const std::string_view texts[] = {
      "FN;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0\r\n",
      "BEGIN:VCARD,姓名\nFN;QUOTED-PRINTABLE:=E5=BC=A0\n",
      "BEGIN:VCARD\nEND:VCARD\nFN;QUOTED-PRINTABLE:=E5=BC=A0\n",
      "BEGIN:VCARD\n张伟;11010519491231002X;备注:a\n",
      "BEGIN:VCARD\n 13800138000\n 13800138001\n",
      "BEGIN:VCARD\nFN;QUOTED-PRINTABLE:=FF=FF=FF\n",
      "BEGIN:VCARD\nFN;CHARSET=UTF-7;QUOTED-PRINTABLE:=E5=BC=A0\n",
      "BEGIN:VCARD\nNOTE;ENCODING=uuencode:身份证号11010519491231002X\n",
      "BEGIN:VCARD\nX;BASE64:MTM4MDAxMzgwMDA=\n MTM4\n\nEND:VCARD",
      "BEGIN:VCARD\rTEL:13800138000\rTEL:13900139000\rEND:VCARD",
      "BEGIN:VCARD",
      "",
  };
  for (const std::string_view text : texts) CHECK(decoded(std::string(text)) == text);
  const std::string picture = "PHOTO;ENCODING=B;TYPE=JPEG:" + kLong + "\r\n " + kLong + "\r\n";
  CHECK(decoded(in_card(picture)) == in_card(picture));
}

TEST_CASE("a file is one of cards by its first line") {
  CHECK(begins_card("\xEF\xBB\xBF\r\nbegin:vcard\r\nTEL:110\r\n"));
  CHECK_FALSE(begins_card("BEGIN:VCARD,姓名\n"));
  CHECK_FALSE(begins_card("张伟\nBEGIN:VCARD\n"));
  CHECK_FALSE(begins_card(""));
}

TEST_CASE("a value's place in the file is its property's") {
  const std::string property = "FN;ENCODING=QUOTED-PRINTABLE:=E5=BC=\r\n=A0=E4=BC=9F";
  const std::string text = in_card(property + "\r\nTEL:13800138000\r\n");
  const Extracted extracted = extract_all(text, "a.vcf");
  CHECK(extracted.outcome.format == "text");
  CHECK(extracted.place_of("张伟") == "a.vcf!L2");
  CHECK(extracted.place_of("13800138000") == "a.vcf!L4");
  const Span name = extracted.span_of("张伟");
  CHECK(text.substr(name.begin, name.size()) == property);
  const Span mobile = extracted.span_of("13800138000");
  CHECK(text.substr(mobile.begin, mobile.size()) == "13800138000");
}

}  // namespace
}  // namespace huxin::extract::test
