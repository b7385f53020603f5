// Input made to break a reader: every row ends soon, with an outcome that says what was not seen.
#include <zlib.h>

#include <algorithm>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/slower.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

using huxin::test::kSlower;
using huxin::test::zip_of;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string all;
  all.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += piece;
  return all;
}

std::string nested_zip(std::size_t depth) {
  std::string content = "innermost 13800138000";
  for (std::size_t i = 0; i < depth; ++i) content = zip_of({{"next.zip", content}});
  return content;
}

std::string billion_laughs() {
  std::string xml = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol0 \"lol\">";
  for (int i = 1; i < 10; ++i)
    xml += fmt::format("<!ENTITY lol{} \"{}\">", i, repeated(fmt::format("&lol{};", i - 1), 10));
  return zip_of(
      {{"word/document.xml", xml + "]><w:document><w:p><w:t>&lol9;</w:t></w:p></w:document>"}});
}

struct Hostile {
  std::string name;
  std::string content;
  Coverage coverage;
  std::string reason;
};

std::vector<Hostile> hostile() {
  const std::string zeros(std::size_t{300} << 20U, '0');
  return {
      {"a bomb of zeros", zip_of({{"zeros.txt", zeros.substr(0, std::size_t{100} << 20U)}}),
       Coverage::kPartial, "bomb"},
      {"archives in archives", nested_zip(20), Coverage::kNotInspected, "too_deep"},
      {"a billion laughs", billion_laughs(), Coverage::kInspected, ""},
      {"JSON 10,000 deep", repeated("[", 10'000) + "1" + repeated("]", 10'000), Coverage::kPartial,
       "too_deep"},
      {"HTML 10,000 deep", "<html>" + repeated("<div><table>", 10'000) + "13800138000",
       Coverage::kInspected, ""},
      {"tags that never end", "<html><p>13800138000" + repeated("<a b='", 100'000),
       Coverage::kPartial, "corrupt"},
      {"comments that never end", "<html><p>13800138000" + repeated("<!--", 100'000),
       Coverage::kPartial, "corrupt"},
      {"scripts that never end", "<html><p>13800138000" + repeated("<script></x>", 100'000),
       Coverage::kInspected, ""},
      {"quotes that never close", "a,b\n" + repeated("\"x,", 200'000) + "\n1,2\n",
       Coverage::kInspected, ""},
      {"a compound file of nothing but its mark",
       std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(512, '\0'),
       Coverage::kNotInspected, "corrupt"},
      {"an unknown binary",
       std::string("\x7f"
                   "ELF\x02\x01\x01\0\0\0\0\0",
                   12) +
           std::string(64, '\x01'),
       Coverage::kNotInspected, "unsupported"},
      {"a PDF of noise", "%PDF-1.7\n" + std::string(1000, '\x01'), Coverage::kNotInspected,
       "corrupt"},
      {"an archive of nothing but its header", std::string("PK\x03\x04", 4),
       Coverage::kNotInspected, "corrupt"},
      {"a huge colspan", "<html><table><tr><td colspan=4294967295>a<td>b<tr><td>c<td>d</table>",
       Coverage::kInspected, ""},
      {"a cell beyond every sheet",
       zip_of({{"xl/workbook.xml", "<workbook/>"},
               {"xl/worksheets/s.xml",
                "<sheetData><row r='99999999999'><c "
                "r='ZZZZZZ99999999999'><v>13800138000</v></c></row></sheetData>"}}),
       Coverage::kInspected, ""},
  };
}

}  // namespace

TEST_CASE("hostile input ends soon and says what was not seen") {
  for (const Hostile& row : hostile()) {
    const auto start = std::chrono::steady_clock::now();
    const Extracted extracted = extract_all(row.content, "x");
    const auto took = std::chrono::steady_clock::now() - start;
    INFO(row.name << ": " << extracted.outcome.format << " "
                  << to_string(extracted.outcome.coverage) << " " << extracted.outcome.reason);
    CHECK(extracted.outcome.coverage == row.coverage);
    CHECK(extracted.outcome.reason == row.reason);
    CHECK(took < std::chrono::seconds(6));
    CHECK(extracted.text().size() < (std::size_t{257} << 20U));
  }
}

TEST_CASE("every limit has its reason") {
  const std::string archive = zip_of({{"a.txt", "one"}, {"b.txt", "two"}, {"c.txt", "three"}});
  CHECK(extract_all(archive, "x", {.max_bytes = 10}).outcome.reason == "too_large");
  CHECK(extract_all(archive, "x", {.max_output = 4}).outcome.reason == "too_large");
  CHECK(extract_all(archive, "x", {.max_entries = 2}).outcome.reason == "too_many_entries");
  CHECK(extract_all(archive, "x", {.max_entries = 2}).outcome.coverage == Coverage::kPartial);
  CHECK(extract_all(archive, "x", {.max_depth = 0}).outcome.reason == "too_deep");
  const Outcome late =
      extract_all(archive, "x", {.deadline = std::chrono::milliseconds(0)}).outcome;
  CHECK(late.reason == "timeout");
  CHECK(may_pass(late));
  CHECK_FALSE(may_pass(extract_all(archive, "x", {.max_entries = 2}).outcome));
  // It is too long to be read in that time at any other moment too.
  const Outcome long_and_late =
      extract_all("a long text", "x", {.max_bytes = 4, .deadline = std::chrono::milliseconds(0)})
          .outcome;
  CHECK(long_and_late.reason == "too_large");
  CHECK(long_and_late.ran_out);
  CHECK_FALSE(may_pass(long_and_late));
}

TEST_CASE("of several reasons the gravest is told, in whatever order they come") {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  auto encrypted = read_file(HUXIN_SOURCE_DIR "/tests/golden/encrypted.pdf");
  REQUIRE(encrypted.has_value());
  struct Row {
    std::string content, reason, why;
  };
  const Row rows[] = {
      {zip_of({{"a.png", png}, {"b.pdf", *encrypted}}), "encrypted", "a picture before it"},
      {zip_of({{"b.pdf", *encrypted}, {"a.png", png}}), "encrypted", "a picture after it"},
      {zip_of({{"a.png", png}, {"b.pdf", "%PDF-1.7\nnoise"}}), "corrupt", "corrupt beats unread"},
      {zip_of({{"a.png", png}, {"deep.zip", nested_zip(20)}}), "too_deep", "hidden beats unread"},
      {zip_of({{"a.png", png}}), "unsupported", "a picture alone"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    CHECK(extract_all(row.content, "x").outcome.reason == row.reason);
  }
}

TEST_CASE("a sink that has enough ends the extraction") {
  const std::string archive = zip_of({{"a.txt", "one"}, {"b.txt", "two"}});
  int taken = 0;
  const Outcome outcome =
      extract(as_bytes(archive), "x", {}, [&](text::Document&&) { return ++taken > 1; });
  CHECK(taken == 1);
  CHECK(outcome.coverage == Coverage::kPartial);
  CHECK(outcome.reason == "stopped");
}

TEST_CASE("names in a file are one printable line each, wherever they stand") {
  constexpr std::string_view kName = "a\nb\x1b[2J\u202Etxt.exe";
  constexpr std::string_view kPrinted = "a\\nb\\x1b[2J\\u202etxt.exe";
  const std::string name(kName);
  const auto entity = [](std::string_view text) {
    std::string all;
    for (const char c : text) all += c == '\n' ? "&#10;" : c == '\x1b' ? "" : std::string(1, c);
    return all;
  };
  const std::string sheets =
      "<workbook><sheets><sheet name=\"" + entity(kName) + "\" r:id=\"r\"/></sheets></workbook>";
  struct Row {
    std::string content, place, why;
  };
  const Row rows[] = {
      {zip_of({{name, "13800138000"}}), fmt::format("x!{}!L1", kPrinted), "a member"},
      {zip_of({{name, zip_of({{name, "13800138000"}})}}), fmt::format("x!{0}!{0}!L1", kPrinted),
       "a member of a member"},
      {zip_of({{"xl/workbook.xml", sheets},
               {"xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='r' Target='worksheets/s.xml'/></Relationships>"},
               {"xl/worksheets/s.xml",
                "<sheetData><row r='1'><c r='A1'><v>13800138000</v></c></row>"
                "</sheetData>"}}),
       "x!a\\nb[2J\\u202etxt.exe", "a sheet"},
      {"{\"a\\nb\\u001b[2J\\u202etxt.exe\":\"13800138000\"}", fmt::format("x!{}", kPrinted),
       "a key of JSON"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    CHECK(extract_all(row.content, "x").place_of("13800138000") == row.place);
  }
  const Extracted named = extract_all("13800138000", kName);
  CHECK(named.place_of("13800138000") == fmt::format("{}!L1", kPrinted));
}

namespace {

/// By gzip's rules (RFC 1952), its content stored (RFC 1951, 3.2.4).
std::string gzip_of(std::string_view content) {
  const auto number = [](std::size_t value, int bytes) {
    std::string all;
    for (int i = 0; i < bytes; ++i) all += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return all;
  };
  const auto crc = ::crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
  return std::string("\x1F\x8B\x08\0\0\0\0\0\0\xFF\x01", 11) + number(content.size(), 2) +
         number(~content.size() & 0xFFFFU, 2) + std::string(content) + number(crc, 4) +
         number(content.size(), 4);
}

}  // namespace

TEST_CASE("nothing hides behind what an archive's reader takes for its end") {
  const auto tar = read_file(HUXIN_SOURCE_DIR "/tests/golden/list.tar");
  REQUIRE(tar);
  const std::string line = "手机 13800138000\n";
  const std::string zeros(4096, '\0');
  struct Row {
    std::string content;
    std::string_view reason, why;
  };
  const Row rows[] = {
      {gzip_of(line), "", "a text"},
      {gzip_of(zeros + line), "unsupported", "zeros are no TAR of nothing"},
      {gzip_of(zeros), "unsupported", "and are not called inspected"},
      {*tar + line + zeros, "corrupt", "a text behind a TAR"},
      {*tar + *tar, "", "another TAR behind a TAR"},
      {*tar + zeros, "", "padding"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    CHECK(extract_all(row.content, "x").outcome.reason == row.reason);
  }
}

TEST_CASE("nothing hides behind content of another format") {
  const std::string list = zip_of({{"list.csv", "姓名,手机\n张三,13800138000\n"}});
  const auto golden = [](const std::string& name) {
    return *read_file(HUXIN_SOURCE_DIR "/tests/golden/" + name);
  };
  struct Row {
    std::string before;
    std::string_view reason, why;
  };
  const std::string program = "MZ\x90" + std::string(5000, '\0');
  const Row rows[] = {
      {golden("clean.pdf"), "", "a PDF"},
      {golden("clean.rtf"), "corrupt", "a text with formats"},
      {golden("pictures/link.bmp"), "unsupported", "a picture"},
      {program, "unsupported", "a program that unpacks itself"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    const Extracted extracted = extract_all(row.before + list, "x");
    CHECK(extracted.place_of("13800138000") == "x!list.csv!B2");
    CHECK(extracted.outcome.reason == row.reason);
  }
  CHECK(extract_all(program + golden("list.7z"), "x").place_of("13800138000").starts_with("x!"));
  CHECK(extract_all(program + golden("list.rar"), "x").place_of("13800138000").starts_with("x!"));
  // Behind so much text that it is taken for one, what is no text is not called inspected.
  std::minstd_rand random(3);
  std::string noise(20'000, ' ');
  std::ranges::generate(noise, [&] { return static_cast<char>(random()); });
  const std::string text = repeated("一行普通的文字。\n", 5000);
  CHECK(extract_all(text + noise, "x").outcome.reason == "unsupported");
  CHECK(extract_all(text, "x").outcome.reason.empty());
  CHECK(extract_all(text + std::string(40, '\0') + text, "x").outcome.reason.empty());
}

TEST_CASE("archives of very many names, or in very many layers, end soon") {
  std::vector<std::pair<std::string, std::string>> members(20'000);
  for (std::size_t i = 0; i < members.size(); ++i) members[i] = {fmt::format("{}.txt", i), "a"};
  const auto start = std::chrono::steady_clock::now();
  CHECK(extract_all(zip_of(members), "x").outcome.reason == "too_many_entries");
  CHECK(std::chrono::steady_clock::now() - start < kSlower * std::chrono::seconds(3));
  std::string layers = "13800138000";
  for (int i = 0; i < 100; ++i) layers = gzip_of(layers);
  CHECK(extract_all(layers, "x").outcome.reason == "too_deep");
}

TEST_CASE("flipped bits never end the process, and text stays valid UTF-8") {
  const std::string archive =
      zip_of({{"word/document.xml",
               "<w:document><w:p><w:t>身份证号 11010519491231002X</w:t></w:p></w:document>"}});
  for (std::size_t bit = 0; bit < archive.size() * 8; bit += 3) {
    std::string flipped = archive;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    for (const text::Document& document : extract_all(flipped, "x").documents) {
      CHECK(text::decode(as_bytes(document.text), text::Encoding::kUtf8).replaced == 0);
    }
  }
}

}  // namespace huxin::extract::test
