// Presentations by hand, for what no office software here writes.
#include <zlib.h>

#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"
#include "tests/agent/extract/ole/compound_writer.hpp"

namespace huxin::extract::test {
namespace {

std::string record(std::uint32_t mark, std::uint32_t type, const std::string& body) {
  return le16(mark) + le16(type) + le32(static_cast<std::uint32_t>(body.size())) + body;
}

std::string container(std::uint32_t type, const std::string& body, std::uint32_t instance = 0) {
  return record(15 | (instance << 4U), type, body);
}

std::string text(std::u16string_view shown) { return record(0, 4000, utf16(shown)); }

std::string packed(const std::string& content) {
  uLongf size = compressBound(content.size());
  std::string bytes(size, '\0');
  compress(reinterpret_cast<Bytef*>(bytes.data()), &size,
           reinterpret_cast<const Bytef*>(content.data()), content.size());
  return le32(static_cast<std::uint32_t>(content.size())) + bytes.substr(0, size);
}

Extracted shown(const std::string& stream, const Budget& budget = kPatient) {
  return extract_all(compound_of({{"PowerPoint Document", stream}}), "p", budget);
}

std::string listed(std::uint32_t object, std::uint32_t id) {
  return record(0, 1011, le32(object) + le32(0) + le32(0) + le32(id) + le32(0));
}

}  // namespace

TEST_CASE(
    "slides are numbered as they are shown, not as they were saved, and notes as their slide") {
  const std::string document =
      container(1000, container(4080, listed(7, 256) + text(u"outline of one") + listed(6, 257)));
  const std::string second = container(1006, text(u"the second"));
  const std::string first = container(1006, record(0, 4008, "the first 13800138000\rcaf\xE9"));
  const std::string notes = container(1008, record(0, 1009, le32(257)) + text(u"说明"));
  const std::string directory =
      record(0, 6002,
             le32(6 | (2U << 20U)) + le32(static_cast<std::uint32_t>(document.size())) +
                 le32(static_cast<std::uint32_t>(document.size() + second.size())));
  const Extracted extracted = shown(document + second + first + notes + directory);
  INFO(extracted.text());
  CHECK(extracted.outcome.format == "ppt");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.place_of("outline") == "p!slide1");
  CHECK(extracted.place_of("13800138000") == "p!slide1");
  CHECK(extracted.place_of("café") == "p!slide1");
  CHECK(extracted.place_of("the second") == "p!slide2");
  CHECK(extracted.place_of("说明") == "p!notes2");
}

TEST_CASE("objects in a presentation are unpacked and read") {
  const std::string object = compound_of({{"Package", "card 6200000000000005"}});
  const Extracted extracted =
      shown(container(1000, "") + record(0, 4113, object) + record(1U << 4U, 4113, packed(object)) +
            record(0, 4026, utf16(u"___PPT10")));
  INFO(extracted.text());
  REQUIRE(extracted.documents.size() == 2);
  CHECK(extracted.documents[0].place(5).starts_with("p!object1"));
  CHECK(extracted.documents[1].place(5).starts_with("p!object2"));
  CHECK(extracted.outcome.reason.empty());
}

TEST_CASE("an object that unpacks without end is a bomb, and a broken one corrupt") {
  const std::string zeros(std::size_t{64} << 20U, '\0');
  CHECK(shown(record(16, 4113, packed(zeros)), {.deadline = std::chrono::minutes(1)})
            .outcome.reason == "bomb");
  CHECK(shown(record(16, 4113, le32(9) + "no zlib")).outcome.reason == "corrupt");
}

TEST_CASE("an encrypted presentation is not inspected, whichever stream says so") {
  const Extracted inside = shown(container(12052, text(u"noise")));
  CHECK(inside.outcome.coverage == Coverage::kNotInspected);
  CHECK(inside.outcome.reason == "encrypted");
  const std::string user = record(0, 4086, le32(20) + le32(0xF3D1C4DF));
  const Extracted outside = extract_all(
      compound_of({{"PowerPoint Document", text(u"noise")}, {"Current User", user}}), "p");
  CHECK(outside.outcome.reason == "encrypted");
  CHECK(outside.text().empty());
}

TEST_CASE("containers in containers without end are walked, not recursed into") {
  std::string stream;
  for (int i = 0; i < 100'000; ++i) stream += le16(15) + le16(1000) + le32(0x7FFFFFFF);
  CHECK(shown(stream + text(u"13800138000")).text() == "13800138000\n");
}

}  // namespace huxin::extract::test
