// The Chinese fixed layout (GB/T 33190-2016), by hand: no office software here writes it.
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

std::string text_object(std::string_view box, std::string_view text) {
  return fmt::format(
      R"(<ofd:TextObject ID="9" Boundary="{}" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 3 2">{}</ofd:TextCode></ofd:TextObject>)",
      box, text);
}

std::string page(std::string_view objects) {
  return fmt::format(
      R"(<?xml version="1.0"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content></ofd:Page>)",
      objects);
}

// Two pages whose parts are numbered the other way round; a template, an annotation, an attachment.
std::string invoice() {
  return huxin::test::zip_of({
      {"OFD.xml",
       R"(<ofd:OFD><ofd:DocBody><ofd:DocInfo><ofd:Title>客户 13600136000</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>)"},
      {"Doc_0/Document.xml",
       R"(<ofd:Document><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_1/Content.xml"/><ofd:Page ID="2" BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>)"},
      {"Doc_0/Pages/Page_0/Content.xml", page(text_object("10 10 60 5", "第二页 13900139000"))},
      {"Doc_0/Pages/Page_1/Content.xml",
       page(text_object("60 20 60 5", "6205500000000000004") + text_object("10 20 10 5", "李四") +
            text_object("10 10 10 5", "姓名") + text_object("60 10 20 5", "银行卡号") +
            text_object("10 30 20 5", "1101051949") + text_object("30 30 20 5", "1231002X"))},
      {"Doc_0/Tpls/Tpl_0/Content.xml", page(text_object("10 10 60 5", "电话 13800138000"))},
      {"Doc_0/Annots/Page_0/Annotation.xml",
       R"(<ofd:PageAnnot><ofd:Annot><ofd:Remark>回拨 13700137000</ofd:Remark></ofd:Annot></ofd:PageAnnot>)"},
      {"Doc_0/Attachs/list.csv", "姓名,手机号\n张三,13500135000\n王五,13300133000\n"},
      {"Doc_0/Res/image_1.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)},
      {"Doc_0/Signs/Sign_0/SignedValue.dat", std::string("\x30\x82\x01\x0a\x02\x01\x00", 7)},
  });
}

}  // namespace

TEST_CASE("lines of an OFD page are put together by where their pieces stand") {
  const Extracted extracted = extract_all(invoice(), "发票.ofd");
  INFO(extracted.text());
  CHECK(extracted.outcome.format == "ofd");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.text().contains("姓名  "));
  CHECK(extracted.text().contains("李四  "));
  CHECK(extracted.place_of("11010519491231002X") == "发票.ofd!p1");
  CHECK(extracted.text().find("姓名") < extracted.text().find("李四"));
  CHECK(extracted.text().find("李四") < extracted.text().find("6205500000000000004"));
}

TEST_CASE(
    "pages of an OFD are numbered as they are read, and what stands beside them is read too") {
  const Extracted extracted = extract_all(invoice(), "发票.ofd");
  CHECK(extracted.place_of("6205500000000000004") == "发票.ofd!p1");
  CHECK(extracted.place_of("13900139000") == "发票.ofd!p2");
  CHECK(extracted.place_of("13800138000") == "发票.ofd!template");
  CHECK(extracted.place_of("13700137000") == "发票.ofd!annotation");
  CHECK(extracted.place_of("13500135000") == "发票.ofd!Doc_0/Attachs/list.csv!B2");
  CHECK(extracted.place_of("13600136000") == "发票.ofd!OFD.xml");
}

TEST_CASE("numbers of an OFD that make no sense do not harm") {
  for (const std::string_view box :
       {"", "x y", "nan inf", "1e308 -1e308", "9999999999999999999 1"}) {
    const std::string file = huxin::test::zip_of(
        {{"OFD.xml", "<ofd:OFD/>"},
         {"Doc_0/Pages/Page_0/Content.xml",
          page(text_object(box, "13800138000") + text_object("0 0", "13900139000"))}});
    INFO(box);
    CHECK(extract_all(file, "a.ofd").text().contains("13800138000"));
  }
}

}  // namespace huxin::extract::test
