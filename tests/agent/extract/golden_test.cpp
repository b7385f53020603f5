// Documents written by LibreOffice and real archive tools (tests/golden/make): what was planted is
// read, and its place is right.
#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

std::string golden(const std::string& name) {
  auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/") + name);
  REQUIRE(content.has_value());
  return *content;
}

struct Planted {
  std::string_view file, format, wanted, place;
};

constexpr std::string_view kId = "11010519491231002X";

constexpr Planted kPlanted[] = {
    {"customers.csv", "csv", kId, "customers.csv!B2"},
    {"customers.gb18030.csv", "csv", kId, "customers.gb18030.csv!B2"},
    {"customers.utf16.csv", "csv", kId, "customers.utf16.csv!B2"},
    {"customers.xlsx", "xlsx", kId, "customers.xlsx!customers!B2"},
    {"customers.xlsx", "xlsx", "13800138000", "customers.xlsx!customers!C2"},  // a numeric cell
    {"customers.xlsx", "xlsx", "张三", "customers.xlsx!customers!A2"},
    {"letter.html", "html", kId, "letter.html!L2"},
    {"letter.html", "html", "440524188001010014", "letter.html!table1!B2"},
    {"letter.docx", "docx", kId, "letter.docx!L1"},
    {"letter.docx", "docx", "440524188001010014", "letter.docx!table1!B2"},
    {"letter.pdf", "pdf", "13800138000", "letter.pdf!p1"},
    {"letter.pdf", "pdf", "6205500000000000004", "letter.pdf!p1"},
    {"nested.zip", "zip", "6205500000000000004", "nested.zip!客户.zip!customers.xlsx!customers!D3"},
    {"nested.zip", "zip", "尊敬的张三先生", "nested.zip!letter.docx!L1"},
    {"book.xls", "xls", kId, "book.xls!客户名单!B2"},
    {"book.xls", "xls", "13800138000", "book.xls!客户名单!C2"},
    {"book.xls", "xls", "6200000000000005", "book.xls!客户名单!D2"},  // a number of 16 digits
    {"book.xls", "xls", "13900139000", "book.xls!客户名单!C3"},       // a formula's number
    {"book.xls", "xls", "6205500000000000004", "book.xls!客户名单!D3"},
    {"book.xls", "xls", "440524188001010014", "book.xls!隐藏表!AB10"},  // of a hidden sheet
    {"book.xls", "xls", "13922221111", "book.xls!comments1"},
    {"book.xls", "xls", "13911116666", "book.xls!客户名单"},    // the page's header
    {"book.xls", "xls", "13911115555", "book.xls!properties"},  // one the user added
    {"notice.doc", "doc", "13911114444", "notice.doc!properties"},
    {"notice.doc", "doc", kId, "notice.doc!L1"},
    {"notice.doc", "doc", "13800138000", "notice.doc!L1"},            // in two runs
    {"notice.doc", "doc", "13933331111", "notice.doc!L1"},            // deleted, changes tracked
    {"notice.doc", "doc", "zhang.san@example.com", "notice.doc!L2"},  // a field's code
    {"notice.doc", "doc", "6205500000000000004", "notice.doc!table1!C3"},  // behind empty cells
    {"notice.doc", "doc", "13933332222", "notice.doc!footnotes"},
    {"notice.doc", "doc", "13911116666", "notice.doc!headers"},
    {"notice.doc", "doc", "13933333333", "notice.doc!comments"},
    {"notice.doc", "doc", "13933335555", "notice.doc!endnotes"},
    {"notice.doc", "doc", "13933334444", "notice.doc!textboxes"},
    {"gbk-names.zip", "zip", kId, "gbk-names.zip!客户/名单.csv!B2"},
    {"noted.pdf", "pdf", "已回拨", "noted.pdf!annotations"},
    {"noted.pdf", "pdf", "13700137000", "noted.pdf!properties"},
    {"noted.pdf", "pdf", kId, "noted.pdf!名单.csv!B2"},
    {"customers.ods", "odf", kId, "customers.ods!customers!B2"},
    {"customers.ods", "odf", "13800138000", "customers.ods!customers!C2"},  // a numeric cell
    {"letter.odt", "odf", kId, "letter.odt!L1"},
    {"letter.odt", "odf", "440524188001010014", "letter.odt!table1!B2"},
    {"letter.rtf", "rtf", kId, "letter.rtf!L1"},
    {"letter.rtf", "rtf", "440524188001010014", "letter.rtf!table1!B2"},
    {"deck.pptx", "pptx", kId, "deck.pptx!slide1"},
    {"deck.pptx", "pptx", "6205500000000000004", "deck.pptx!slide1table1!B2"},
    {"deck.pptx", "pptx", "13900139000", "deck.pptx!notes1"},
    {"deck.pptx", "pptx", "13800138000", "deck.pptx!slide2"},  // hidden
    {"deck.pptx", "pptx", "13700137000", "deck.pptx!properties"},
    {"deck.ppt", "ppt", kId, "deck.ppt!slide1"},
    {"deck.ppt", "ppt", "13900139000", "deck.ppt!notes1"},
    {"deck.ppt", "ppt", "13800138000", "deck.ppt!slide2"},  // hidden
    {"deck.ppt", "ppt", "13700137000", "deck.ppt!properties"},
    {"deck.odp", "odf", kId, "deck.odp!slide1"},
    {"deck.odp", "odf", "6205500000000000004", "deck.odp!table1!B2"},
    {"deck.odp", "odf", "13900139000", "deck.odp!notes1"},
    {"deck.odp", "odf", "13800138000", "deck.odp!slide2"},
    {"deck.odp", "odf", "13700137000", "deck.odp!properties"},
    {"list.7z", "7z", "13900139000", "list.7z!客户/名单.csv!C3"},
    {"list.7z", "7z", "440524188001010014", "list.7z!letter.docx!table1!B2"},
    {"list.rar", "rar", kId, "list.rar!list.csv!B2"},
    {"list.tar", "tar", kId, "list.tar!客户/名单.csv!B2"},
    {"list.tar", "tar", "尊敬的张三先生", "list.tar!letter.docx!L1"},
    {"list.tar.gz", "gzip", kId, "list.tar.gz!客户/名单.csv!B2"},
    {"list.tar.bz2", "bzip2", kId, "list.tar.bz2!客户/名单.csv!B2"},
    {"list.tar.xz", "xz", kId, "list.tar.xz!客户/名单.csv!B2"},
    {"list.tar.zst", "zstd", kId, "list.tar.zst!客户/名单.csv!B2"},
    {"list.cab", "cab", kId, "list.cab!名单.csv!B2"},
    {"list.iso", "iso", kId, "list.iso!名单.csv!B2"},
    {"customers.csv.gz", "gzip", kId, "customers.csv.gz!customers.csv!B2"},
    {"customers.csv.bz2", "bzip2", kId, "customers.csv.bz2!customers.csv!B2"},
    {"customers.csv.xz", "xz", kId, "customers.csv.xz!customers.csv!B2"},
    {"customers.csv.zst", "zstd", kId, "customers.csv.zst!customers.csv!B2"},
    {"customers.csv.lz4", "lz4", kId, "customers.csv.lz4!customers.csv!B2"},
    {"customers.csv.Z", "compress", kId, "customers.csv.Z!customers.csv!B2"},
    {"customers.dbf", "dbf", kId, "customers.dbf!B2"},
    {"customers.dbf", "dbf", "6205500000000000004", "customers.dbf!D3"},
    {"utf8.dbf", "dbf", "张三", "utf8.dbf!A2"},
    {"customers.db", "sqlite", "440524188001010014", "customers.db!客户!C2"},
    {"wide.db", "sqlite", kId, "wide.db!客户!B2"},
    {"mail.eml", "eml", "李四\t440524188001010014", "mail.eml!body2!table1!A2"},
    {"mail.eml", "eml", "张三 <zhangsan@bank.example>", "mail.eml!headers"},
    {"mail.eml", "eml", "身份证号码11010519491231002X请核对，附件是名单和压缩包，谢谢",
     "mail.eml!headers"},
    {"mail.eml", "eml", "11010519491231002X，手机", "mail.eml!body!L2"},
    {"mail.eml", "eml", "6200000000000005", "mail.eml!名单.csv!D2"},
    {"mail.eml", "eml", "13900139000，卡号", "mail.eml!message1!body!L1"},
    {"box.mbox", "mbox", "张三 <zhangsan@bank.example>", "box.mbox!message1!headers"},
    {"box.mbox", "mbox", "手机13800138000", "box.mbox!message1!body!L1"},
    {"box.mbox", "mbox", kId, "box.mbox!message2!body!L3"},
    {"box.mbox", "mbox", "440524188001010014", "box.mbox!message3!客户.xlsx!customers!B3"},
    {"packed.eml", "eml", kId, "packed.eml!客户.xlsx!customers!B2"},
    {"signed.eml", "eml", kId, "signed.eml!smime.p7m!body!L1"},
};

}  // namespace

TEST_CASE("what office software wrote is read, and its place is right") {
  for (const Planted& planted : kPlanted) {
    const Extracted extracted = extract_all(golden(std::string(planted.file)), planted.file);
    INFO(planted.file << " " << planted.wanted << "\n" << extracted.text());
    CHECK(extracted.outcome.format == planted.format);
    CHECK(extracted.outcome.reason.empty());
    CHECK(extracted.outcome.coverage == Coverage::kInspected);
    CHECK(extracted.place_of(planted.wanted) == planted.place);
  }
}

TEST_CASE("the place of a value in a table of any encoding is its bytes in the file") {
  for (const std::string file : {"customers.csv", "customers.gb18030.csv", "customers.utf16.csv"}) {
    const std::string content = golden(file);
    const Span span = extract_all(content, file).span_of("13900139000");
    std::string bytes = content.substr(span.begin, span.size());
    std::erase(bytes, '\0');  // UTF-16 of ASCII
    INFO(file);
    CHECK(bytes == "13900139000");
  }
}

TEST_CASE("what is encrypted is not inspected, and says so") {
  for (const std::string file : {"encrypted.zip", "encrypted.7z", "encrypted.pdf"}) {
    INFO(file);
    const Extracted extracted = extract_all(golden(file), file);
    CHECK(extracted.outcome.coverage == Coverage::kNotInspected);
    CHECK(extracted.outcome.reason == "encrypted");
  }
}

TEST_CASE(
    "a golden file cut anywhere is read as far as it goes, and never calls itself whole and "
    "empty") {
  for (const std::string file :
       {"customers.xlsx", "letter.docx", "nested.zip", "letter.pdf", "list.7z", "list.rar",
        "list.tar", "list.tar.xz", "list.cab", "list.iso"}) {
    const std::string content = golden(file);
    for (std::size_t tenth = 1; tenth < 10; ++tenth) {
      const Extracted extracted = extract_all(content.substr(0, content.size() * tenth / 10), file);
      INFO(file << " " << tenth << "/10 " << extracted.outcome.format << " "
                << extracted.outcome.reason);
      CHECK((!extracted.outcome.reason.empty() || extracted.text().contains(kId.substr(0, 6))));
    }
  }
}

}  // namespace huxin::extract::test
