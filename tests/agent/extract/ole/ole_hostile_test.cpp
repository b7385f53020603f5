// Compound files cut short and with bits flipped: every one ends soon, and text stays valid UTF-8.
#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "policy/text/utf8.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/agent/extract/ole/compound_writer.hpp"

namespace huxin::extract::test {
namespace {

constexpr std::string_view kGolden[] = {"book.xls", "notice.doc", "mail.msg"};

std::string golden(std::string_view name) {
  const bool seed = name.ends_with(".msg");  // no software here writes messages
  auto content =
      read_file(HUXIN_SOURCE_DIR + std::string(seed ? "/tests/fuzz/seeds/ole/" : "/tests/golden/") +
                std::string(name));
  REQUIRE(content.has_value());
  return *content;
}

void ends_well(const std::string& content) {
  const auto start = std::chrono::steady_clock::now();
  const Extracted extracted = extract_all(content, "x");
  const bool soon = std::chrono::steady_clock::now() - start < std::chrono::seconds(6);
  bool valid = true;
  for (const text::Document& document : extracted.documents)
    valid = valid && text::valid_utf8_prefix(document.text) == document.text.size();
  if (!soon || !valid) {  // a check each would take longer than what is checked
    CHECK(soon);
    CHECK(valid);
  }
}

}  // namespace

TEST_CASE("a compound document cut at any length ends well") {
  for (const std::string_view name : kGolden) {
    const std::string content = golden(name);
    INFO(name);
    for (std::size_t size = 0; size < content.size(); size += size < 1024 ? 1 : 61)
      ends_well(content.substr(0, size));
  }
}

TEST_CASE("a compound document with any bit flipped ends well") {
  for (const std::string_view name : kGolden) {
    std::string content = golden(name);
    INFO(name);
    for (std::size_t at = 0; at < content.size(); ++at) {
      const char before = content[at];
      content[at] = static_cast<char>(before ^ (1 << (at * 5 % 8)));
      ends_well(content);
      content[at] = before;
    }
  }
}

TEST_CASE("a compound document with any four bytes made large ends well") {
  for (const std::string_view name : kGolden) {
    std::string content = golden(name);
    INFO(name);
    for (std::size_t at = 0; at + 4 <= content.size(); at += 2) {
      const std::string before = content.substr(at, 4);
      content.replace(at, 4, at % 4 == 0 ? "\xFF\xFF\xFF\x7F" : "\xF0\xFF\xFF\xFF");
      ends_well(content);
      content.replace(at, 4, before);
    }
  }
}

TEST_CASE("a stream that bears a document's name and is none is corrupt") {
  for (const std::string name : {"Workbook", "Book", "WordDocument", "PowerPoint Document"}) {
    const Extracted extracted = extract_all(compound_of({{name, std::string(9000, '\0')}}), "x");
    INFO(name);
    CHECK(extracted.outcome.coverage == Coverage::kNotInspected);
    CHECK(extracted.outcome.reason == "corrupt");
  }
}

TEST_CASE("an encrypted package is told by the directory, not by bytes that look like its name") {
  const std::string package(5000, '\x11');
  const Extracted extracted =
      extract_all(compound_of({{"EncryptionInfo", "\4"}, {"EncryptedPackage", package}}), "x");
  CHECK(extracted.outcome.format == "ole");
  CHECK(extracted.outcome.coverage == Coverage::kNotInspected);
  CHECK(extracted.outcome.reason == "encrypted");
  CHECK(extract_all(compound_of({{"notes", utf16(u"EncryptedPackage")}}), "x").outcome.reason ==
        "unsupported");
}

}  // namespace huxin::extract::test
