#include <catch2/catch_test_macros.hpp>

#include "policy/text/decode.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using text::Encoding;

// 身份证：110…，手机：138… in each encoding; the digits' bytes are ASCII, or two bytes each.
std::string wide(std::string_view utf8, bool big) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    unsigned code = lead;
    if (lead >= 0xE0) {
      code = (lead & 0x0FU) << 12U | (static_cast<unsigned char>(utf8[i + 1]) & 0x3FU) << 6U |
             (static_cast<unsigned char>(utf8[i + 2]) & 0x3FU);
      i += 3;
    } else {
      ++i;
    }
    const char high = static_cast<char>(code >> 8U);
    const char low = static_cast<char>(code & 0xFFU);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

TEST_CASE("a number is found in every encoding, at its original bytes") {
  const std::string utf8 = "身份证：11010519491231002X，手机：13800138000。";
  // 身份证： and ，手机： and 。 in GBK and Big5.
  const std::string gb =
      "\xC9\xED\xB7\xDD\xD6\xA4\xA3\xBA"
      "11010519491231002X"
      "\xA3\xAC\xCA\xD6\xBB\xFA\xA3\xBA"
      "13800138000\xA1\xA3";
  const std::string big5 =
      "\xA8\xAD\xA5\xF7\xC3\xD2\xA1\x47"
      "11010519491231002X"
      "\xA1\x41\xA4\xE2\xBE\xF7\xA1\x47"
      "13800138000\xA1\x43";
  struct Row {
    Encoding encoding;
    std::string bytes;
    Span id;
  };
  const Row rows[] = {
      {Encoding::kUtf8, utf8, {12, 30}},
      {Encoding::kGb18030, gb, {8, 26}},
      {Encoding::kUtf16le, wide(utf8, false), {8, 44}},
      {Encoding::kUtf16be, wide(utf8, true), {8, 44}},
      {Encoding::kBig5, big5, {8, 26}},
  };
  for (const Row& row : rows) {
    CAPTURE(to_string(row.encoding));
    auto decoded = text::decode(as_bytes(row.bytes), row.encoding);
    text::Document document;
    document.where = "a.txt";
    document.text = std::move(decoded.text);
    document.origin = std::move(decoded.origin);
    const auto inspection = test::inspect(document);
    REQUIRE(inspection.findings.size() == 2);
    CHECK(inspection.findings[0].value == "11010519491231002X");
    CHECK(inspection.findings[0].span == row.id);
    CHECK(inspection.findings[1].value == "13800138000");
  }
}

TEST_CASE("full-width digits in GB18030 are found at their two bytes each") {
  const std::string gb =
      "\xA3\xB1\xA3\xB3\xA3\xB8\xA3\xB0\xA3\xB0\xA3\xB1\xA3\xB3\xA3\xB8\xA3\xB0\xA3\xB0\xA3\xB0";
  auto decoded = text::decode(as_bytes(gb), Encoding::kGb18030);
  text::Document document;
  document.text = std::move(decoded.text);
  document.origin = std::move(decoded.origin);
  const auto inspection = test::inspect(document);
  REQUIRE(inspection.findings.size() == 1);
  CHECK(inspection.findings[0].value == "13800138000");
  CHECK(inspection.findings[0].span == Span{0, 22});
}

}  // namespace
}  // namespace huxin::detect
