#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "agent/extract/markup/markup.hpp"
#include "agent/extract/sniff.hpp"
#include "agent/extract/text/csv_dialect.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {

namespace {

std::string workbook(std::string_view sheet, std::string_view strings = "") {
  return huxin::test::zip_of({
      {"xl/worksheets/sheet1.xml", std::string(sheet)},
      {"xl/workbook.xml",
       R"(<workbook xmlns:r="r"><sheets><sheet name="客户 &amp; 家属" state="veryHidden" r:id="rId9"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       R"(<Relationships><Relationship Id="rId9" Target="/xl/worksheets/sheet1.xml"/></Relationships>)"},
      {"xl/sharedStrings.xml", std::string(strings)},
  });
}

}  // namespace

TEST_CASE("content is told by itself, not by its name") {
  struct Row {
    std::string_view content;
    Format format;
    std::string_view reason;
  };
  const Row rows[] = {
      {"Dear Sir, the card is lost.\nRegards, A\n", Format::kText,
       "prose has commas with blanks behind"},
      {"户名：于霞，本金：1,000.00元\n户名：苏娟，本金：61,000.00元\n", Format::kText,
       "commas group the digits of amounts"},
      {"客户来电,要求查询余额,请跟进。\n网点来函,要求更正户名,已办结。\n", Format::kText,
       "prose in Chinese with commas of ASCII"},
      {"The card is lost,please stop it.\nThe client called,please call back.\n", Format::kText,
       "prose without blanks"},
      {";6200000000000005=271220186324020?\n;996200000000000005=156156050005=0?\n", Format::kText,
       "tracks begin with a semicolon"},
      {"序号,金额\n1,1000.00\n2,61000.00\n", Format::kCsv, "amounts in cells of their own"},
      {"a=1", Format::kText, "one pair alone is a line of text"},
      {"name=%E5%BC%A0&mobile=13800138000", Format::kForm, "pairs, escapes"},
      {"password=hunter2 & more", Format::kText, "a blank is no form"},
      {"[INFO] 2026-01-01 start\n[INFO] stop\n", Format::kText, "a log begins with a bracket"},
      {"[2026-01-01 10:00:00] start\n", Format::kText, "a log begins with a date in brackets"},
      {"[12.345678] usb 1-1: new device\n[12.345699] usb 1-1: gone\n", Format::kText,
       "a kernel's log begins with seconds in brackets"},
      {"[1, 2]\n[3, 4]\n", Format::kJson, "lines of lists"},
      {R"({"a":1})", Format::kJson, "an object"},
      {"{\"a\":1}\n{\"a\":2}\n", Format::kJson, "lines of JSON"},
      {"{not json}", Format::kText, "a brace alone is nothing"},
      {"<p>1 < 2</p>", Format::kText, "one tag is no page"},
      {"<!DOCTYPE html><p>x", Format::kHtml, "a page"},
      {"INSERT INTO c VALUES ('a','b');\nINSERT INTO c VALUES ('c','d');\n", Format::kText,
       "rows of SQL"},
      {"<p>330106198<b>802294511</b></p>", Format::kHtml, "a piece of a page"},
      {"<b> is no tag\nof a page\n", Format::kText, "a tag that does not close"},
      {"a,b\n1,2\n", Format::kCsv, "two rows, two columns"},
      {"a\tb\n1\t2\n", Format::kCsv, "tabs"},
      {"a;b;c\n1;2;3\n4;5;6\n", Format::kCsv, "semicolons"},
      {"USE bank;\nSELECT 1;\nSELECT 2;\n", Format::kText, "statements end in semicolons"},
      {"%PDF-1.7\n", Format::kPdf, "the header"},
      {"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n",
       Format::kMultipart, "a form"},
  };
  for (const Row& row : rows) {
    INFO(row.content << ": " << row.reason);
    CHECK(sniff(as_bytes(row.content)).format == row.format);
  }
  CHECK(sniff(as_bytes(std::string_view("\x7f"
                                        "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0",
                                        22)))
            .format == Format::kUnknown);
}

TEST_CASE("cells of a quoted table stay bytes of the file and keep their coordinates") {
  const std::string table = "name,note,card\n\"Zhang, San\",\"a \"\"b\"\"\nc\",6200000000000005\n";
  const Extracted extracted = extract_all(table, "t.csv");
  REQUIRE(extracted.documents.size() == 1);
  CHECK(extracted.documents[0].layout == text::Layout::kTable);
  CHECK(extracted.place_of("6200000000000005") == "t.csv!C2");
  CHECK(extracted.place_of("Zhang") == "t.csv!A2");
  CHECK(extracted.span_of("6200000000000005") == Span{table.find("6200"), table.find("6200") + 16});
}

TEST_CASE("a delimiter that the heading has too is the table's") {
  const std::string table =
      "姓名,证件,手机\n张伟,\t1\t,\t2\t\n李娜,\t3\t,\t4\t\n王芳,\t5\t,\t6\t\n";
  CHECK(csv_dialect(table, true) == ',');
}

TEST_CASE("delimiters inside quoted cells stay") {
  const Extracted extracted = extract_all("name,card\n\"Zhang, San\",6200000000000005\n", "t.csv");
  REQUIRE(extracted.documents.size() == 1);
  CHECK(extracted.documents[0].text.contains("Zhang, San"));
}

TEST_CASE("the signs beside a batch file's bars are no part of its cells") {
  const Extracted extracted =
      extract_all("姓名@|@手机\n张伟@|@13800138000\n李娜@|@13800138001\n", "t.csv");
  REQUIRE(extracted.documents.size() == 1);
  const auto& document = extracted.documents[0];
  std::vector<std::string> cells;
  for (const auto& cell : document.segments)
    cells.push_back(document.text.substr(cell.span.begin, cell.span.size()));
  CHECK(cells ==
        std::vector<std::string>{"姓名", "手机", "张伟", "13800138000", "李娜", "13800138001"});
}

TEST_CASE("the heading of a long table reaches its last window, and places stay true") {
  std::string table = "姓名,手机号\n";
  while (table.size() < (std::size_t{9} << 20U)) table += "客户,1380013\n";
  table += "张三,13800138000\n";
  const Extracted extracted = extract_all(table, "t.csv");
  REQUIRE(extracted.documents.size() >= 3);
  for (const text::Document& document : extracted.documents) {
    CHECK(document.text.starts_with("姓名\t手机号\n"));
    CHECK(document.segments[0].span == Span{0, 6});
    CHECK(document.segments[1].column == 1);
    CHECK(document.segments[2].row > document.segments[1].row);
  }
  const std::size_t at = table.find("13800138000");
  CHECK(extracted.span_of("13800138000") == Span{at, at + 11});
  const auto row = std::ranges::count(table.substr(0, at), '\n') + 1;
  CHECK(extracted.place_of("13800138000") == fmt::format("t.csv!B{}", row));
}

TEST_CASE("a long text is handed on in windows cut at lines, with lines counted through") {
  std::string text;
  for (int i = 0; text.size() < (std::size_t{9} << 20U); ++i) text += fmt::format("line {}\n", i);
  text += "手机13800138000";
  const Extracted extracted = extract_all(text, "t.txt");
  CHECK(extracted.outcome.format == "text");
  REQUIRE(extracted.documents.size() == 3);
  CHECK(extracted.text() == text);
  const auto line = std::ranges::count(text, '\n') + 1;
  CHECK(extracted.place_of("13800138000") == fmt::format("t.txt!L{}", line));
  CHECK(extracted.span_of("13800138000") == Span{text.size() - 11, text.size()});
}

TEST_CASE("a key of JSON that may be a value itself is written, and repeated in no place") {
  const Extracted extracted = extract_all(
      R"({"13800138000":{"balance":5},"a@b.example":true,"6200000000000005":["x"],"13900139000":"y"})",
      "c.json");
  CHECK(extracted.text().contains("13800138000\n"));
  CHECK(extracted.text().contains("a@b.example\n"));
  CHECK(extracted.text().contains("6200000000000005\n"));
  CHECK(extracted.text().contains("13900139000: y"));
  CHECK(extracted.place_of("balance: 5") == "c.json!#.balance");
}

TEST_CASE("a key of JSON of any length is read, and takes no more memory than a value") {
  const std::string far(std::size_t{9} << 20U, 'k');
  const Extracted extracted = extract_all("{\"" + far + " 13800138000\":{}}", "c.json");
  CHECK(extracted.text().contains("13800138000"));
}

TEST_CASE("strings and numbers of JSON come with their key, escapes resolved") {
  const std::string json =
      R"({"customers":[{"name":"\u5f20\u4e09","mobile":13800138000,"cards":["6200000000000005"]}],"ok":true})";
  const Extracted extracted = extract_all(json, "c.json");
  CHECK(extracted.outcome.format == "json");
  CHECK(extracted.text().contains("name: 张三\n"));
  CHECK(extracted.place_of("13800138000") == "c.json!customers[].mobile");
  CHECK(extracted.text().contains("cards: 6200000000000005"));
}

TEST_CASE("broken JSON is read as JSON until it breaks, and as text after that") {
  const Extracted extracted = extract_all(R"({"a":"1380013\u0038000","b":tru)"
                                          "\n13900139000 left over",
                                          "c.json");
  CHECK(extracted.outcome.coverage == Coverage::kPartial);
  CHECK(extracted.outcome.reason == "corrupt");
  CHECK(extracted.text().contains("a: 13800138000"));
  CHECK(extracted.text().contains("13900139000 left over"));
}

TEST_CASE("a page gives its text, its tables as tables and its fields, but not its scripts") {
  const std::string page =
      "<html><head><style>x</style><script>var a = '13700137000';</script></head><body>"
      "<p>call &#49;3800138000</p><input type=hidden value=\"13900139000\">"
      "<table><tr><td><table><tr><th>name<th>card<tr><td>Zhang<td>6200000000000005</table></"
      "table></body></html>";
  const Extracted extracted = extract_all(page, "p.html");
  CHECK(extracted.text().contains("call 13800138000"));
  CHECK(extracted.text().contains("13900139000"));
  CHECK_FALSE(extracted.text().contains("13700137000"));
  CHECK(extracted.place_of("6200000000000005") == "p.html!table2!B2");
}

TEST_CASE("numbers in cells are read as stored, and exponents written out") {
  const std::string sheet =
      "<worksheet><sheetData><row r=\"7\"><c r=\"B7\"><v>6.2220212345678901E+18</v></c>"
      "<c r=\"C7\" t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><t>13800</t><t>138000</t></is></c>"
      "<c r=\"F7\"><v>1.5E-3</v></c></row></sheetData></worksheet>";
  const std::string strings =
      "<sst><si><t>zero</t></si><si><r><t>张</t></r><r><t>三</t></r><rPh><t>zhang</t></rPh></si></"
      "sst>";
  const Extracted extracted = extract_all(workbook(sheet, strings), "b.xlsx");
  CHECK(extracted.outcome.format == "xlsx");
  CHECK(extracted.place_of("6222021234567890100") == "b.xlsx!客户 & 家属!B7");
  CHECK(extracted.place_of("张三") == "b.xlsx!客户 & 家属!C7");
  CHECK(extracted.place_of("13800138000") == "b.xlsx!客户 & 家属!D7");
  CHECK(extracted.text().contains("1.5E-3"));
  CHECK_FALSE(extracted.text().contains("zhang"));
}

TEST_CASE("a number split over runs of one paragraph is one number, over two cells it is two") {
  const std::string document =
      "<w:document><w:body><w:p><w:r><w:t>6200</w:t></w:r><w:r><w:t>000000000005</w:t></w:r></w:p>"
      "<w:p><w:del><w:r><w:delText>deleted 13800138000</w:delText></w:r></w:del></w:p>"
      "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1390</w:t></w:r></w:p></w:tc>"
      "<w:tc><w:p><w:r><w:t>0139000</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
  const Extracted extracted = extract_all(
      huxin::test::zip_of(
          {{"word/document.xml", document},
           {"word/footer2.xml", "<w:ftr><w:p><w:r><w:t>page end</w:t></w:r></w:p></w:ftr>"}}),
      "d.docx");
  CHECK(extracted.outcome.format == "docx");
  CHECK(extracted.text().contains("6200000000000005\n"));
  CHECK(extracted.text().contains("deleted 13800138000"));
  CHECK(extracted.text().contains("1390\t0139000"));
  CHECK(extracted.place_of("page end") == "d.docx!footer2");
}

TEST_CASE("a form's fields are percent-decoded, in UTF-8 and in GBK") {
  const Extracted extracted =
      extract_all("name=%E5%BC%A0%E4%B8%89&xm=%D5%C5%C8%FD&mobile=138+0013+8000", "body");
  CHECK(extracted.outcome.format == "form");
  CHECK(extracted.text() == "name: 张三\nxm: 张三\nmobile: 138 0013 8000\n");
  CHECK(extracted.place_of("0013") == "body!mobile");
}

TEST_CASE("files in a multipart body are extracted as what they are, fields as fields") {
  const std::string inner = huxin::test::zip_of({{"a.txt", "card 6200000000000005"}});
  const std::string body =
      "--XX\r\nContent-Disposition: form-data; name=\"mobile\"\r\n\r\n13800138000\r\n"
      "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"客户.zip\"\r\n"
      "Content-Type: application/zip\r\n\r\n" +
      inner + "\r\n--XX--\r\n";
  const Extracted whole = extract_all(body, "upload");
  CHECK(whole.outcome.format == "multipart");
  CHECK(whole.outcome.reason.empty());
  CHECK(whole.text().contains("mobile: 13800138000"));
  CHECK(whole.place_of("6200000000000005") == "upload!客户.zip!a.txt!L1");
  const Extracted cut = extract_all(body.substr(0, body.size() - 9), "upload");
  CHECK(cut.outcome.reason == "corrupt");
  CHECK(cut.text().contains("6200000000000005"));
}

TEST_CASE("markup comes apart the same way in small pieces as in one") {
  const std::string xml =
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a x='1>2'><!-- no "
      "--><b/>t&amp;u<![CDATA[<raw>]]></a>";
  const auto walk = [](Markup& markup) {
    std::string seen;
    Token token;
    while (markup.next(token)) {
      if (token.kind == Token::Kind::kText) {
        append_text(seen, token);
      } else {
        seen += fmt::format("[{}{}{}]", token.kind == Token::Kind::kClose ? "/" : "", token.name,
                            token.attributes);
      }
    }
    return seen;
  };
  Markup whole(xml);
  const std::string expected = "[a x='1>2'][b]t&u<raw>[/a]";
  CHECK(walk(whole) == expected);
  std::size_t at = 0;
  Markup pieces([&](char* to, std::size_t) -> std::size_t {
    if (at == xml.size()) return 0;
    *to = xml[at++];
    return 1;
  });
  CHECK(walk(pieces) == expected);
}

TEST_CASE("attributes are found by local name, quoted or not") {
  CHECK(attribute(" r=\"B7\" t='s'", "t") == "s");
  CHECK(attribute(" nowrap colspan=2", "colspan") == "2");
  CHECK(attribute(" w:val = \"x\"", "val") == "x");
  CHECK_FALSE(attribute(" rr=\"B7\"", "r").has_value());
  CHECK(attribute(" r=\"unclosed", "r") == "unclosed");
}

TEST_CASE("what is not read is handed on by its name, and stays not inspected") {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  const Extracted picture = extract_all(huxin::test::zip_of({{"身份证正面.png", png}}), "a.zip");
  CHECK(picture.outcome.coverage == Coverage::kNotInspected);
  CHECK(picture.outcome.reason == "unsupported");
  REQUIRE(picture.documents.size() == 1);
  CHECK(picture.documents[0].where == "a.zip!身份证正面.png");
  CHECK(picture.documents[0].text.empty());
}

TEST_CASE("text that only begins like an archive is read as text, and told to be corrupt") {
  std::string list = "name,mobile\nA,13800138000\nB,13900139000\n";
  while (list.size() < 257) list += "C,D\n";
  list.resize(257);
  const std::string texts[] = {list + "ustar,1\n", "BZh91AY&SY," + list + "\n"};
  for (const std::string& text : texts) {
    const Extracted extracted = extract_all(text, "a");
    INFO(extracted.outcome.format);
    CHECK(extracted.text().contains("13800138000"));
    CHECK(extracted.outcome.coverage == Coverage::kPartial);
    CHECK(extracted.outcome.reason == "corrupt");
  }
}

}  // namespace huxin::extract::test
