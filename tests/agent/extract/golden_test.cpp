// Documents written by LibreOffice and real archive tools (tests/golden/make): what was planted is
// read, and its place is right.
#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/golden_documents.hpp"

namespace huxin::extract::test {
namespace {

const std::string kFolder = HUXIN_SOURCE_DIR "/tests/golden";

using huxin::test::Holds;

std::string golden(const std::string& name) {
  auto content = read_file(kFolder + "/" + name);
  REQUIRE(content.has_value());
  return *content;
}

constexpr std::string_view kId = "11010519491231002X";

}  // namespace

TEST_CASE("what office software wrote is read, and its place is right") {
  for (const auto& document : huxin::test::golden_documents(kFolder)) {
    if (document.holds != Holds::kPlanted) continue;
    const Extracted extracted = extract_all(golden(document.file), document.file);
    INFO(document.file << "\n" << extracted.text());
    CHECK(extracted.outcome.format == document.format);
    CHECK(extracted.outcome.reason.empty());
    CHECK(extracted.outcome.coverage == Coverage::kInspected);
    for (const auto& [value, place] : document.planted) {
      INFO(value);
      CHECK(extracted.place_of(value) == place);
    }
  }
}

TEST_CASE("what holds nothing is read to its end, and what was planted elsewhere is not in it") {
  for (const auto& document : huxin::test::golden_documents(kFolder)) {
    if (document.holds != Holds::kNothing) continue;
    const Extracted extracted = extract_all(golden(document.file), document.file);
    INFO(document.file << "\n" << extracted.text());
    CHECK(extracted.outcome.format == document.format);
    CHECK(extracted.outcome.coverage == Coverage::kInspected);
    CHECK_FALSE(extracted.text().empty());
    CHECK_FALSE(extracted.text().contains(kId));
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

TEST_CASE("what is encrypted is not inspected, or but for its names, and says so") {
  for (const auto& document : huxin::test::golden_documents(kFolder)) {
    if (document.holds != Holds::kEncrypted) continue;
    INFO(document.file);
    const Extracted extracted = extract_all(golden(document.file), document.file);
    CHECK(extracted.outcome.format == document.format);
    CHECK(extracted.outcome.coverage != Coverage::kInspected);
    CHECK(extracted.outcome.reason == "encrypted");
    CHECK_FALSE(extracted.text().contains(kId));
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
