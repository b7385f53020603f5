// Pictures made to break their readers: what they say of themselves is believed only so far.
#include <zlib.h>
#include <catch2/catch_test_macros.hpp>

#include "agent/extract/image/grey_image.hpp"
#include "agent/extract/image/image_shape.hpp"
#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

std::string golden(const std::string& name) {
  auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/pictures/") + name);
  REQUIRE(content.has_value());
  return *content;
}

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

std::string chunk(const std::string& type, const std::string& data) {
  const std::string body = type + data;
  const auto sum =
      ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + body +
         big_endian(static_cast<std::uint32_t>(sum));
}

std::string packed_zeros(std::size_t size) {
  const std::string zeros(size, '\0');
  std::string packed(::compressBound(size), '\0');
  uLongf length = packed.size();
  REQUIRE(::compress(reinterpret_cast<Bytef*>(packed.data()), &length,
                     reinterpret_cast<const Bytef*>(zeros.data()), size) == Z_OK);
  packed.resize(length);
  return packed;
}

/// Of colours where `type` is 2, of grey where it is 0.
std::string png(std::uint32_t width, std::uint32_t height, char type, const std::string& data) {
  const std::string head =
      big_endian(width) + big_endian(height) + '\x08' + type + std::string(3, '\0');
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", head) + chunk("IDAT", data) + chunk("IEND", "");
}

/// A TIFF whose only page follows itself.
std::string endless_tiff() {
  std::string tiff = golden("link.tiff");
  const auto at = [&](std::size_t place) { return static_cast<unsigned char>(tiff.at(place)); };
  const std::size_t directory = at(4) + (at(5) * 256U) + (at(6) * 65536U);
  const std::size_t next = directory + 2 + ((at(directory) + (at(directory + 1) * 256U)) * 12);
  for (std::size_t i = 0; i < 4; ++i) tiff.at(next + i) = tiff.at(4 + i);
  return tiff;
}

/// A progressive JPEG with one of its scans over and over.
std::string many_scans() {
  const std::string jpeg = golden("progressive.jpg");
  const std::size_t last = jpeg.rfind("\xFF\xDA");
  const std::string scan = jpeg.substr(last, jpeg.size() - 2 - last);
  std::string all = jpeg.substr(0, last);
  for (int i = 0; i < 2000; ++i) all += scan;
  return all + jpeg.substr(jpeg.size() - 2);
}

const Budget kRecognising{.deadline = std::chrono::seconds(20), .pictures = {.text = true}};

}  // namespace

TEST_CASE("pictures made to exhaust whoever looks are refused by what they say of themselves") {
  struct Row {
    std::string name, content, reason;
  };
  const std::string zeros = packed_zeros(std::size_t{64} << 20U);
  const Row rows[] = {
      {"100,000 by 100,000", png(100'000, 100'000, 2, zeros), "too_large"},
      {"a gigabyte of zeros", png(32'768, 32'768, 0, zeros), "too_large"},
      {"colours that fit the pixels and not the memory", png(8000, 8000, 2, zeros), "too_large"},
      {"2,147,483,647 wide", png(0x7FFFFFFF, 0x7FFFFFFF, 0, zeros), "too_large"},
      {"no pixels", png(0, 0, 0, zeros), "corrupt"},
      {"a page that follows itself", endless_tiff(), "corrupt"},
      {"2,000 scans", many_scans(), "bomb"},
  };
  for (const Row& row : rows) {
    const auto start = std::chrono::steady_clock::now();
    const Extracted extracted = extract_all(row.content, "x", kRecognising);
    INFO(row.name << ": " << extracted.outcome.reason);
    CHECK(extracted.outcome.reason == row.reason);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    CHECK(extract_all(row.content, "x").outcome.reason == "unsupported");
  }
}

TEST_CASE("more data than a picture has pixels is not unpacked") {
  const std::string picture = png(50, 50, 0, packed_zeros(std::size_t{64} << 20U));
  const auto start = std::chrono::steady_clock::now();
  const auto image = decode_image(as_bytes(picture), ImageKind::kPng, 0, kMostPixels);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
  if (image) CHECK(image->pixels.size() == 2500);
}

TEST_CASE("a picture cut anywhere, or with any bit flipped, ends no process") {
  for (const std::string file :
       {"contact.png", "link.gif", "link.webp", "link.tiff", "link.jpg", "progressive.jpg"}) {
    INFO(file);
    const std::string content = golden(file);
    const auto looked = [&](const std::string& broken) {
      const auto kind = image_kind(broken);
      return !kind || decode_image(as_bytes(broken), *kind, 0, std::size_t{1} << 20U) ||
             extract_all(broken, "x").outcome.reason == "unsupported";
    };
    for (std::size_t size = 0; size < content.size(); ++size)
      CHECK(looked(content.substr(0, size)));
    const std::size_t step = std::max<std::size_t>(1, content.size() / 250);
    for (std::size_t bit = 0; bit < content.size() * 8; bit += step) {
      std::string flipped = content;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      CHECK(looked(flipped));
    }
  }
}

}  // namespace huxin::extract::test
