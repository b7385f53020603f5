// Messages of Outlook, by hand: no tool here writes them.
#include <catch2/catch_test_macros.hpp>

#include "agent/extract/ole/compressed_rtf.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/agent/extract/ole/compound_writer.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

using Streams = std::vector<StreamToWrite>;

std::string numbers(std::size_t header, std::uint32_t code_page) {
  return std::string(header, '\0') + le32(0x3FFD0003) + le32(6) + le32(code_page) + le32(0) +
         le32(0x3FDE0003) + le32(6) + le32(code_page) + le32(0);
}

Streams under(const std::string& storage, const Streams& streams) {
  Streams all;
  for (const StreamToWrite& stream : streams)
    all.push_back({storage + "/" + stream.path, stream.content});
  return all;
}

Streams operator+(Streams all, const Streams& more) {
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::string value(std::string_view tag) { return "__substg1.0_" + std::string(tag); }

constexpr std::string_view kPackedRtf(
    "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70"
    "\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a"
    "\x80\x0f\xa0",
    49);  // [MS-OXRTFCP] 4.1.1

}  // namespace

TEST_CASE("a message is read with its people, its body and what is attached, by name") {
  const std::string list =
      huxin::test::zip_of({{"客户.csv", "姓名,手机\n张三,13800138000\n李四,1\n"}});
  const Streams message =
      Streams{{"__properties_version1.0", numbers(32, 936)},
              {value("0037001F"), utf16(u"对账单 13911110000")},
              {value("0C1A001F"), utf16(u"王经理")},
              {value("0C1F001F"), utf16(u"wang@example.com")},
              {value("0E04001F"), utf16(u"张三")},
              {value("1000001F"), utf16(u"您好：\r\n卡号 6200000000000005\r\n")},
              {value("3A08001F"), utf16(u"010-66668888")}} +
      under("__recip_version1.0_#00000000", {{"__properties_version1.0", std::string(8, '\0')},
                                             {value("3001001F"), utf16(u"张三")},
                                             {value("39FE001F"), utf16(u"zhang@example.com")}}) +
      under("__attach_version1.0_#00000000", {{"__properties_version1.0", std::string(8, '\0')},
                                              {value("3704001F"), utf16(u"LIST~1.ZIP")},
                                              {value("3707001F"), utf16(u"list.zip")},
                                              {value("37010102"), list}});
  const Extracted extracted = extract_all(compound_of(message), "mail.msg");
  INFO(extracted.text());
  CHECK(extracted.outcome.format == "msg");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.place_of("13911110000") == "mail.msg!subject");
  CHECK(extracted.place_of("wang@example.com") == "mail.msg!from");
  CHECK(extracted.place_of("6200000000000005") == "mail.msg!body");
  CHECK(extracted.place_of("张三 <zhang@example.com>") == "mail.msg!recipients");
  CHECK(extracted.place_of("010-66668888") == "mail.msg!other");
  CHECK(extracted.place_of("13800138000") == "mail.msg!list.zip!客户.csv!B2");
}

TEST_CASE("a message in eight bits is read by its code page, and one in another is nested") {
  const Streams inner = {{"__properties_version1.0", numbers(24, 936)},
                         {value("1000001E"), "\xD5\xC5\xC8\xFD 13800138000"}};
  const Streams message =
      Streams{{"__properties_version1.0", numbers(32, 936)},
              {value("0037001E"), "\xB6\xD4\xD5\xCB"},
              {value("10130102"),
               "<html><table><tr><td>\xD5\xC5\xC8\xFD<td>13900139000</table></html>"}} +
      under("__attach_version1.0_#00000000",
            Streams{{value("3001001E"), "\xD7\xAA\xB7\xA2"}} + under(value("3701000D"), inner));
  const Extracted extracted = extract_all(compound_of(message), "m");
  INFO(extracted.text());
  CHECK(extracted.place_of("对账") == "m!subject");
  CHECK(extracted.place_of("13900139000") == "m!body.html!table1!B1");
  CHECK(extracted.place_of("张三 13800138000") == "m!转发!body");
}

TEST_CASE("the RTF body is unpacked and read, alone or beside another") {
  const auto unpacked = unpack_rtf(as_bytes(kPackedRtf));
  REQUIRE(unpacked.has_value());
  CHECK(as_text(*unpacked) == "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  const Streams only = {{"__properties_version1.0", numbers(32, 0)},
                        {value("10090102"), std::string(kPackedRtf)}};
  CHECK(extract_all(compound_of(only), "m").text().contains("hello world"));
  const Streams both = only + Streams{{value("1000001F"), utf16(u"text")}};
  CHECK(extract_all(compound_of(both), "m").place_of("hello world").starts_with("m!body.rtf"));
  CHECK(extract_all(compound_of(both), "m").place_of("text") == "m!body");
}

TEST_CASE("an RTF body may be stored, cut or none at all") {
  const std::string stored = le32(20) + le32(7) + le32(0x414C454D) + le32(0) + "{\\rtf1}";
  CHECK(as_text(*unpack_rtf(as_bytes(stored))) == "{\\rtf1}");
  for (std::size_t size = 16; size < kPackedRtf.size(); ++size)
    CHECK(unpack_rtf(as_bytes(kPackedRtf.substr(0, size))).has_value());
  CHECK(!unpack_rtf(as_bytes(kPackedRtf.substr(0, 15))).has_value());
  CHECK(!unpack_rtf(as_bytes(std::string(64, 'x'))).has_value());
}

TEST_CASE("messages in messages end at the limit of depth") {
  std::string path;
  Streams message{{"__properties_version1.0", numbers(32, 0)}};
  for (int i = 0; i < 20; ++i) {
    path += "__attach_version1.0_#00000000/" + value("3701000D") + "/";
    message.push_back({path + "__properties_version1.0", numbers(24, 0)});
    message.push_back({path + value("1000001F"), utf16(u"13800138000")});
  }
  const Extracted extracted = extract_all(compound_of(message), "m");
  CHECK(extracted.outcome.coverage == Coverage::kPartial);
  CHECK(extracted.outcome.reason == "too_deep");
}

}  // namespace huxin::extract::test
