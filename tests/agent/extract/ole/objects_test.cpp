// What stands beside the text of a compound document: objects in it, and its properties.
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"
#include "tests/agent/extract/ole/compound_writer.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

std::string packaged(const std::string& name, const std::string& content) {
  const std::string path = "C:\\" + name + '\0';
  const std::string body = le16(2) + name + '\0' + path + le16(0) + le16(3) +
                           le32(static_cast<std::uint32_t>(path.size())) + path +
                           le32(static_cast<std::uint32_t>(content.size())) + content;
  return le32(static_cast<std::uint32_t>(body.size())) + body;
}

std::string value(std::uint32_t type, const std::string& bytes) {
  return le16(type) + le16(0) + bytes;
}

/// A property set stream of one set, or of two.
std::string properties(const std::string& format, const std::vector<std::string>& values,
                       const std::vector<std::uint32_t>& ids) {
  std::string places;
  std::string all;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    places += le32(ids[i]) + le32(static_cast<std::uint32_t>(8 + (ids.size() * 8) + all.size()));
    all += values[i];
  }
  return le16(0xFFFE) + std::string(22, '\0') + le32(1) + format + le32(48) +
         le32(static_cast<std::uint32_t>(8 + places.size() + all.size())) +
         le32(static_cast<std::uint32_t>(ids.size())) + places + all;
}

const std::string kUsers("\x05\xD5\xCD\xD5\x9C\x2E\x1B\x10\x93\x97\x08\x00\x2B\x2C\xF9\xAE", 16);

}  // namespace

TEST_CASE("files packed into a document are read under their names") {
  const std::string table = "name,tel\nzhang,13800138000\nli,13900139000\n";
  const std::string archive = huxin::test::zip_of({{"a.txt", "card 6200000000000005"}});
  const std::string file = compound_of({
      {"ObjectPool/_1/\1Ole10Native", packaged("list.csv", table)},
      {"MBD0001/Package", archive},
      {"MBD0002/\1Ole10Native", le32(30) + "no package but 13700137000 ."},
      {"MBD0003/WordDocument", "no letter"},
  });
  const Extracted extracted = extract_all(file, "x");
  INFO(extracted.text());
  CHECK(extracted.place_of("13800138000") == "x!ObjectPool!_1!list.csv!B2");
  CHECK(extracted.place_of("6200000000000005") == "x!MBD0001!a.txt!L1");
  CHECK(extracted.place_of("13700137000").starts_with("x!MBD0002"));
  CHECK(extracted.outcome.reason == "corrupt");  // the letter
}

TEST_CASE("an object that is none of what is read is told, formulas and macros are not") {
  const auto reason = [](const std::string& stream) {
    return extract_all(compound_of({{"Package", "text"}, {stream, "x"}}), "x").outcome.reason;
  };
  CHECK(reason("ObjectPool/_1/VisioDocument") == "unsupported");
  CHECK(reason("MBD0001/VisioDocument") == "unsupported");
  CHECK(reason("ObjectPool/_1/Equation Native").empty());
  CHECK(reason("Macros/VBA/dir").empty());
}

TEST_CASE("objects in objects end at the limit of depth") {
  std::string path;
  for (int i = 0; i < 30; ++i) path += "a/";
  CHECK(extract_all(compound_of({{path + "Package", "13800138000"}}), "x").outcome.reason ==
        "too_deep");
}

TEST_CASE("properties are read by their code page, numbers as numbers, and authors not at all") {
  const std::string page = value(2, le32(936));
  const std::string title = value(30, le32(5) + "\xD5\xC5\xC8\xFD" + '\0' + std::string(3, '\0'));
  const std::string author = value(30, le32(4) + "wang");
  const std::string keywords = value(31, le32(3) + utf16(u"贷款") + le16(0));
  const std::string dictionary =
      le32(2) + le32(2) + le32(5) + "\xB5\xE7\xBB\xB0" + '\0' + le32(3) + le32(4) + "card";
  const std::string number = value(5, std::string("\0\0\x80\x28\x6B\xB4\x09\x42", 8));
  const std::string file = compound_of(
      {{"Package", ""},
       {"\5SummaryInformation",
        properties(std::string(16, '\0'), {page, title, author, keywords}, {1, 2, 4, 5})},
       {"\5DocumentSummaryInformation",
        properties(kUsers, {page, dictionary, value(3, le32(77)), number}, {1, 0, 2, 3})}});
  const Extracted extracted = extract_all(file, "x");
  INFO(extracted.text());
  CHECK(extracted.place_of("title: 张三") == "x!properties");
  CHECK(extracted.text().contains("keywords: 贷款"));
  CHECK(extracted.text().contains("电话: 77"));
  CHECK(extracted.text().contains("card: 13800138000"));
  CHECK(!extracted.text().contains("wang"));
}

TEST_CASE("properties that point anywhere are read within their stream") {
  const std::string page = value(2, le32(1252));
  const std::string title = value(30, le32(0x7FFFFFFF) + "13800138000");
  std::string stream = properties(std::string(16, '\0'), {page, title}, {1, 2});
  const auto text_of = [](const std::string& bytes) {
    return extract_all(compound_of({{"\5SummaryInformation", bytes}}), "x").text();
  };
  CHECK(text_of(stream) == "title: 13800138000\n");
  for (std::size_t at = 24; at < stream.size(); ++at) {
    std::string changed = stream;
    changed[at] = '\xFF';
    CHECK(text_of(changed).size() < 100);
    CHECK(text_of(stream.substr(0, at)).size() < 100);
  }
}

TEST_CASE(
    "a file that is a message and a letter is read as both, and one that is encrypted says so") {
  const std::string object = packaged("list.csv", "name,tel\nzhang,13800138000\nli,13900139000\n");
  const Extracted both =
      extract_all(compound_of({{"__properties_version1.0", std::string(32, '\0')},
                               {"__attach_version1.0_#0/__substg1.0_37010102", "a"},
                               {"WordDocument", "no letter"},
                               {"ObjectPool/_1/\1Ole10Native", object}}),
                  "x");
  INFO(both.text());
  CHECK(both.outcome.format == "doc");
  CHECK(both.outcome.reason == "corrupt");  // the letter
  CHECK(both.place_of("13800138000") == "x!ObjectPool!_1!list.csv!B2");
  const Extracted hidden =
      extract_all(compound_of({{"Book", "no book"}, {"EncryptedPackage", "x"}}), "x");
  CHECK(hidden.outcome.reason == "encrypted");
}

TEST_CASE("a file that only looks like an empty package is read as what it is") {
  const std::string zip = huxin::test::zip_of({{"list.txt", "13800138000\n"}});
  const std::string native = le32(static_cast<std::uint32_t>(zip.size())) + zip;
  const Extracted extracted = extract_all(compound_of({{"MBD0001/\1Ole10Native", native}}), "x");
  CHECK(extracted.place_of("13800138000") == "x!MBD0001!list.txt!L1");
}

}  // namespace huxin::extract::test
