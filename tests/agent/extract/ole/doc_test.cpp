// Letters by hand, for what no office software here writes.
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"
#include "tests/agent/extract/ole/compound_writer.hpp"

namespace huxin::extract::test {
namespace {

constexpr std::size_t kText = 1024;  // where it begins in the main stream

struct PieceToWrite {
  std::string bytes;
  bool narrow = false;
};

/// The table stream: where each piece is in the main stream, which is written in `shuffled` order.
std::string pieces_of(const std::vector<PieceToWrite>& pieces) {
  std::string places = le32(0);
  std::string all;
  std::uint32_t characters = 0;
  std::size_t offset = kText;
  for (const PieceToWrite& piece : pieces) {
    characters += static_cast<std::uint32_t>(piece.bytes.size() / (piece.narrow ? 1 : 2));
    places += le32(characters);
    const auto at = static_cast<std::uint32_t>(piece.narrow ? (offset * 2) | 0x40000000U : offset);
    all += le16(0) + le32(at) + le16(0);
    offset += piece.bytes.size();
  }
  const std::string table = places + all;
  return '\1' + le16(3) + "abc" + '\2' + le32(static_cast<std::uint32_t>(table.size())) + table;
}

std::string main_stream(std::uint32_t flags, std::uint32_t table_size,
                        const std::vector<std::uint32_t>& parts) {
  std::string bytes = le16(0xA5EC) + le16(0xC1) + le16(0) + le16(0x0804) + le16(0) + le16(flags);
  bytes.resize(32);
  bytes += le16(14) + std::string(28, '\0') + le16(22) + std::string(12, '\0');
  for (std::size_t i = 0; i < 8; ++i) bytes += le32(i < parts.size() ? parts[i] : 0);
  bytes.resize(152);
  bytes += le16(93) + std::string(std::size_t{33} * 8, '\0') + le32(0) + le32(table_size);
  bytes.resize(kText);
  return bytes;
}

std::string letter(const std::vector<PieceToWrite>& pieces, const std::vector<std::uint32_t>& parts,
                   std::uint32_t flags = 0x0200) {
  const std::string table = pieces_of(pieces);
  std::string stream = main_stream(flags, static_cast<std::uint32_t>(table.size()), parts);
  for (const PieceToWrite& piece : pieces) stream += piece.bytes;
  return compound_of(
      {{"WordDocument", stream}, {(flags & 0x0200U) != 0 ? "1Table" : "0Table", table}});
}

}  // namespace

TEST_CASE("pieces of both widths are joined, whichever table stream names them") {
  for (const std::uint32_t flags : {0x0200U, 0U}) {
    const Extracted extracted = extract_all(
        letter({{"tel 1380", true}, {utf16(u"0138000 张三\r"), false}}, {19}, flags), "l");
    INFO(flags << extracted.text());
    CHECK(extracted.outcome.format == "doc");
    CHECK(extracted.outcome.reason.empty());
    CHECK(extracted.text() == "tel 13800138000 张三\n");
  }
}

TEST_CASE("parts that follow the body are told by name, and text beyond them is read too") {
  const Extracted extracted = extract_all(
      letter({{"body\rnote\rhead\rmacro\rremark\rend\rbox\rhidden 13800138000\r", true}},
             {5, 5, 5, 6, 7, 4, 4}),
      "l");
  CHECK(extracted.place_of("note") == "l!footnotes");
  CHECK(extracted.place_of("head") == "l!headers");
  CHECK(extracted.place_of("remark") == "l!comments");
  CHECK(extracted.place_of("end") == "l!endnotes");
  CHECK(extracted.place_of("box") == "l!textboxes");
  CHECK(extracted.text().contains("hidden 13800138000"));
}

TEST_CASE("marks of the text become what they stand for") {
  const Extracted extracted = extract_all(letter({{"a\x13 HYPERLINK \"x\" \x14link\x15 1\x1E"
                                                   "2\x1F"
                                                   "3\x01\x08\x0B"
                                                   "b\x85\r",
                                                   true}},
                                                 {100}),
                                          "l");
  CHECK(extracted.text() == "a HYPERLINK \"x\"  link 1-23\nb…\n");
}

TEST_CASE(
    "a table of a letter that tells nothing of its paragraphs ends its rows at double marks") {
  const Extracted extracted =
      extract_all(letter({{"name\atel\a\azhang\a13800138000\a\alast\r", true}}, {38}), "l");
  INFO(extracted.text());
  CHECK(extracted.place_of("tel") == "l!table1!B1");
  CHECK(extracted.place_of("13800138000") == "l!table1!B2");
}

TEST_CASE("an encrypted letter is not inspected") {
  const Extracted extracted = extract_all(letter({{"noise", true}}, {5}, 0x0300), "l");
  CHECK(extracted.outcome.coverage == Coverage::kNotInspected);
  CHECK(extracted.outcome.reason == "encrypted");
}

TEST_CASE("a letter of Word 95 is read in the code page of its language") {
  std::string stream = le16(0xA5DC) + le16(0x68) + le16(0) + le16(0x0804) + le16(0) + le16(0);
  stream.resize(24);
  const std::string text = "\xD5\xC5\xC8\xFD 13800138000\r";
  stream += le32(768) + le32(static_cast<std::uint32_t>(768 + text.size()));
  stream.resize(768);
  const Extracted extracted = extract_all(compound_of({{"WordDocument", stream + text}}), "l");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.text() == "张三 13800138000\n");
}

TEST_CASE("pieces beyond the stream are corrupt, and what is there is read") {
  const std::string whole = letter({{"13800138000\r", true}, {std::string(20, 'x'), true}}, {32});
  std::string cut = whole;
  const std::string place = le32((kText + 12) * 2 | 0x40000000U);
  cut.replace(cut.find(place), 4, le32(0x7FFFFFFF));
  const Extracted extracted = extract_all(cut, "l");
  CHECK(extracted.outcome.coverage == Coverage::kPartial);
  CHECK(extracted.outcome.reason == "corrupt");
  CHECK(extracted.text().contains("13800138000"));
}

TEST_CASE("a letter without its table, or of another kind, is corrupt") {
  CHECK(extract_all(compound_of({{"WordDocument", main_stream(0, 0, {1})}}), "l").outcome.reason ==
        "corrupt");
  CHECK(extract_all(compound_of({{"WordDocument", "hello"}}), "l").outcome.reason == "corrupt");
}

}  // namespace huxin::extract::test
