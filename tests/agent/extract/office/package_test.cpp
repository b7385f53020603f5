// Parts of office documents that LibreOffice does not write, by hand (ECMA-376; ODF 1.3).
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

using huxin::test::zip_of;

constexpr std::string_view kMobile = "13800138000";

struct Row {
  std::string name, format;
  std::vector<std::pair<std::string, std::string>> parts;
  std::string place;
};

std::vector<Row> rows() {
  const std::string paragraph = "<w:p><w:r><w:t>13800138000</w:t></w:r></w:p>";
  const std::pair<std::string, std::string> letter{"word/document.xml",
                                                   "<w:document><w:p/></w:document>"};
  const std::pair<std::string, std::string> deck{"ppt/presentation.xml", "<p:presentation/>"};
  const std::pair<std::string, std::string> book{"xl/workbook.xml", "<workbook/>"};
  const std::string drawn = "<a:p><a:r><a:t>1380013</a:t></a:r><a:r><a:t>8000</a:t></a:r></a:p>";
  return {
      {"a body that is numbered", "docx", {{"word/document2.xml", paragraph}}, "f!L1"},
      {"a header", "docx", {letter, {"word/header2.xml", paragraph}}, "f!header2"},
      {"a comment", "docx", {letter, {"word/comments.xml", paragraph}}, "f!comments"},
      {"text deleted with changes tracked",
       "docx",
       {{"word/document.xml",
         "<w:p><w:del><w:r><w:delText>13800138000</w:delText></w:r></w:del></w:p>"}},
       "f!L1"},
      {"a text box",
       "docx",
       {{"word/document.xml",
         "<w:p><w:r><w:txbxContent>" + paragraph + "</w:txbxContent></w:r></w:p>"}},
       "f!L1"},
      {"a diagram", "docx", {letter, {"word/diagrams/data1.xml", drawn}}, "f!data1"},
      {"data bound to a form",
       "docx",
       {letter, {"customXml/item1.xml", "<c><mobile>13800138000</mobile></c>"}},
       "f!customXml/item1.xml"},
      {"a property of one's own",
       "docx",
       {letter,
        {"docProps/custom.xml",
         R"(<Properties><property name="手机"><vt:lpwstr>13800138000</vt:lpwstr></property></Properties>)"}},
       "f!properties"},
      {"a list hidden beside a letter",
       "docx",
       {letter, {"list.csv", "姓名,手机号\n张三,13800138000\n李四,13900139000\n"}},
       "f!list.csv!B2"},
      {"a list hidden among pictures",
       "docx",
       {letter, {"word/media/image1.png", "姓名,手机号\n张三,13800138000\n李四,13900139000\n"}},
       "f!word/media/image1.png!B2"},
      {"a list hidden among properties",
       "docx",
       {letter, {"docProps/list.csv", "姓名,手机号\n张三,13800138000\n李四,13900139000\n"}},
       "f!docProps/list.csv!B2"},
      {"text in a part that is named like the strings of a workbook",
       "xlsx",
       {book, {"xl/more/sharedStrings.xml", "<sst><si><t>13800138000</t></si></sst>"}},
       "f!xl/more/sharedStrings.xml"},
      {"a list hidden among templates",
       "ofd",
       {{"OFD.xml", "<ofd:OFD/>"},
        {"Doc_0/Tpls/list.csv", "姓名,手机号\n张三,13800138000\n李四,13900139000\n"}},
       "f!Doc_0/Tpls/list.csv!B2"},
      {"notes of a slide", "pptx", {deck, {"ppt/notesSlides/notesSlide3.xml", drawn}}, "f!notes3"},
      {"a comment on a slide",
       "pptx",
       {deck,
        {"ppt/comments/comment1.xml",
         "<p:cmLst><p:cm><p:text>13800138000</p:text></p:cm></p:cmLst>"}},
       "f!comment1"},
      {"a chart's values",
       "pptx",
       {deck,
        {"ppt/charts/chart1.xml", "<c:strCache><c:pt><c:v>13800138000</c:v></c:pt></c:strCache>"}},
       "f!chart1"},
      {"a text box on a sheet", "xlsx", {book, {"xl/drawings/drawing1.xml", drawn}}, "f!drawing1"},
      {"a comment on a cell",
       "xlsx",
       {book,
        {"xl/comments1.xml",
         R"(<comments><comment ref="B7"><text><r><t>1380013</t></r><r><t>8000</t></r></text></comment></comments>)"}},
       "f!comments1"},
      {"a discussion of a cell",
       "xlsx",
       {book,
        {"xl/threadedComments/threadedComment1.xml",
         R"(<ThreadedComments><threadedComment ref="A1"><text>13800138000</text></threadedComment></ThreadedComments>)"}},
       "f!threadedComment1"},
      {"a cell behind repeated ones",
       "odf",
       {{"content.xml",
         R"(<office:spreadsheet><table:table table:name="客户 &amp; 家属"><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>13800138000</text:p></table:table-cell><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>)"}},
       "f!客户 & 家属!C4"},
      {"a number that is shown in short",
       "odf",
       {{"content.xml",
         R"(<office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1.3800138E+10"><text:p>1.38E+10</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>)"}},
       "f!S!B1"},
      {"a comment in a cell",
       "odf",
       {{"content.xml",
         R"(<office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><office:annotation><text:p>13800138000</text:p></office:annotation><text:p>a</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>)"}},
       "f!Scomments"},
      {"a paragraph deleted with changes tracked",
       "odf",
       {{"content.xml",
         "<office:text><text:tracked-changes><text:deletion><text:p>13800138000</text:p></"
         "text:deletion></text:tracked-changes></office:text>"}},
       "f!L1"},
  };
}

}  // namespace

TEST_CASE("what an office document says anywhere in it is read, and its place is right") {
  for (const Row& row : rows()) {
    const Extracted extracted = extract_all(zip_of(row.parts), "f");
    INFO(row.name << "\n" << extracted.text());
    CHECK(extracted.outcome.format == row.format);
    CHECK(extracted.outcome.reason.empty());
    CHECK(extracted.place_of(kMobile) == row.place);
  }
}

TEST_CASE("a document's author is staff, and its pictures and fonts are no loss") {
  const Extracted extracted = extract_all(
      zip_of({{"word/document.xml", "<w:p><w:t>a</w:t></w:p>"},
              {"docProps/core.xml", "<cp:c><dc:creator>13800138000</dc:creator></cp:c>"},
              {"word/media/image1.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)},
              {"word/fonts/font1.odttf", std::string("\x01\x02\0\x03\0\x04\xff\xfe", 8)}}),
      "f");
  CHECK(extracted.text() == "a\n");
  CHECK(extracted.outcome.coverage == Coverage::kInspected);
}

TEST_CASE("an OpenDocument file of encrypted parts says so") {
  const Extracted extracted = extract_all(
      zip_of({{"content.xml", std::string("\x9c\x01\xfe\x83", 4)},
              {"META-INF/manifest.xml",
               "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"}}),
      "f");
  CHECK(extracted.outcome.reason == "encrypted");
}

}  // namespace huxin::extract::test
