// Which scans are a JPEG's own (ITU-T T.81, B.2).
#include "agent/extract/image/jpeg_frame.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"

namespace huxin::extract::test {
namespace {

std::string golden(const std::string& name) {
  auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/pictures/") + name);
  REQUIRE(content.has_value());
  return *content;
}

std::string segment(char marker, const std::string& data) {
  const std::size_t length = data.size() + 2;
  return std::string("\xFF") + marker + static_cast<char>(length >> 8U) +
         static_cast<char>(length) + data;
}

std::size_t scans(const std::string& content) {
  const auto frame = jpeg_frame(as_bytes(content));
  return frame ? frame->scans : 0;
}

/// With a segment where its first scan begins, behind the frame's header.
std::string with_segment(const std::string& jpeg, const std::string& data) {
  const std::size_t scan = jpeg.find("\xFF\xDA");
  return jpeg.substr(0, scan) + segment('\xE1', data) + jpeg.substr(scan);
}

}  // namespace

TEST_CASE("a baseline JPEG has one scan, a progressive one several") {
  CHECK(scans(golden("link.jpg")) == 1);
  CHECK(scans(golden("progressive.jpg")) > 1);
}

TEST_CASE("the scans of a thumbnail, and what is appended to a photo, are not counted") {
  const std::string jpeg = golden("link.jpg");
  const std::string thumbnail = golden("progressive.jpg");
  const std::string before = jpeg.substr(0, 2) + segment('\xE1', thumbnail) + jpeg.substr(2);
  CHECK(scans(before) == 1);
  CHECK(scans(with_segment(jpeg, thumbnail)) == 1);
  std::string film = jpeg;
  for (int i = 0; i < 500; ++i) film += "\xFF\xDA motion";
  CHECK(scans(film) == 1);
}

TEST_CASE("stuffed bytes and restarts are data, and scans of a picture cut off count") {
  const std::string scan = "\xFF\xDA" + std::string("\0\x03\x01", 3);
  const std::string frame = segment('\xC2', std::string("\x08\0\x10\0\x20\x01\x01\x11\0", 9));
  const std::string stuffed = std::string("\x12\xFF\0\xDA\xFF\xD0\x34", 7);
  const std::string jpeg = "\xFF\xD8" + frame + scan + stuffed + scan + stuffed;
  CHECK(scans(jpeg) == 2);
  CHECK(scans(jpeg + "\xFF\xD9" + scan) == 2);
  const auto read = jpeg_frame(as_bytes(jpeg));
  REQUIRE(read.has_value());
  CHECK(read->height == 16);
  CHECK(read->width == 32);
}

}  // namespace huxin::extract::test
