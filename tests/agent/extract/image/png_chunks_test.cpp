// What stands between the chunks of a PNG that a picture takes.
#include "agent/extract/image/png_chunks.hpp"

#include "agent/extract/image/grey_image.hpp"
#include "agent/extract/image/image_shape.hpp"
#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/png_writer.hpp"

namespace huxin::extract::test {
namespace {

using huxin::test::big_endian;
using huxin::test::chunk;
using huxin::test::grey_png;
using huxin::test::ihdr;
using huxin::test::kPngMark;
using huxin::test::packed_zeros;

constexpr std::size_t kBehindHeader = 8 + 12 + 13;

std::string contact() {
  auto content = read_file(HUXIN_SOURCE_DIR "/tests/golden/pictures/contact.png");
  REQUIRE(content.has_value());
  return *content;
}

/// The golden code in shades of grey, with chunks before its data.
std::string grey_contact(const std::string& before) {
  const auto image = decode_image(as_bytes(contact()), ImageKind::kPng, 0, kMostPixels);
  REQUIRE(image.has_value());
  return grey_png(static_cast<std::uint32_t>(image->width), std::string(as_text(image->pixels)),
                  before);
}

/// The chunks that a picture takes, one behind another.
std::string bare(std::string_view content) {
  std::string all;
  for_each_picture_chunk(as_bytes(content), [&](ByteView bytes) {
    all += as_text(bytes);
    return true;
  });
  return all;
}

std::string_view refusal(const std::string& content) {
  const auto image = decode_image(as_bytes(content), ImageKind::kPng, 0, kMostPixels);
  return image ? "" : image.error();
}

}  // namespace

TEST_CASE("a chunk before the header, which hides how large the picture is, makes it corrupt") {
  const std::string rest = chunk("IDAT", packed_zeros(std::size_t{1} << 20U)) + chunk("IEND", "");
  const std::string decoy = chunk("aaAa", ihdr(1, 1, 0).substr(8, 13));  // as if it were one
  const std::string large = ihdr(20'000, 20'000, 2);
  CHECK(refusal(kPngMark + large + rest) == "too_large");
  CHECK(refusal(kPngMark + decoy + large + rest) == "corrupt");
  CHECK_FALSE(png_header(as_bytes(kPngMark + decoy + large)).has_value());
  const std::string longer = chunk("IHDR", large.substr(8, 13) + '\0');
  CHECK(refusal(kPngMark + longer + rest) == "corrupt");
}

TEST_CASE("a header is read as the standard has it, and nothing else is one") {
  const auto header = png_header(as_bytes(kPngMark + ihdr(300, 200, 6)));
  REQUIRE(header.has_value());
  CHECK(header->width == 300);
  CHECK(header->height == 200);
  CHECK(header->bits == 8);
  CHECK(header->samples() == 4);
  CHECK_FALSE(header->interlaced);
  for (const std::string& broken :
       {ihdr(0, 1, 0), ihdr(1, 0x80000000, 0), ihdr(1, 1, 1), ihdr(1, 1, 7), std::string()})
    CHECK_FALSE(png_header(as_bytes(kPngMark + broken)).has_value());
}

TEST_CASE("of texts and profiles that a picture carries nothing is unpacked") {
  const std::string text = chunk("zTXt", std::string("k\0\0", 3) + packed_zeros(1'000'000));
  std::string texts;
  for (int i = 0; i < 1000; ++i) texts += text;
  const std::string content = contact();
  const std::string laden =
      content.substr(0, kBehindHeader) + texts + content.substr(kBehindHeader);
  CHECK(laden.size() > 900'000);
  CHECK(bare(laden) == bare(content));
  CHECK(extract_all(laden, "x.png").place_of("13800138000") == "x.png!qr1");
}

TEST_CASE("a shade of grey that is to be transparent hides no code") {
  for (const char shade : {'\0', '\xFF'}) {
    const std::string content = grey_contact(chunk("tRNS", std::string("\0", 1) + shade));
    CHECK(extract_all(content, "x.png").place_of("13800138000") == "x.png!qr1");
  }
}

TEST_CASE("an animated PNG is read up to its first frame, and says that there is more") {
  const std::string animation = chunk("acTL", big_endian(2) + big_endian(0));
  CHECK(is_animated_png(as_bytes(grey_contact(animation))));
  CHECK_FALSE(is_animated_png(as_bytes(grey_contact(""))));
  const auto shape =
      image_shape(as_bytes(grey_contact(animation)), ImageKind::kPng, 0, kMostPixels);
  REQUIRE(shape.has_value());
  CHECK(shape->more);
  const Budget budget{.deadline = std::chrono::seconds(20),
                      .pictures = {.text = true, .max_pages = 0}};
  CHECK(extract_all(grey_contact(animation), "x.png", budget).place_of("13800138000") ==
        "x.png!qr1");
}

TEST_CASE("a PNG cut anywhere is walked to its end") {
  const std::string content = grey_contact(chunk("acTL", big_endian(2) + big_endian(0)));
  for (std::size_t size = 0; size < content.size(); ++size)
    CHECK(bare(content.substr(0, size)).size() <= size);
}

}  // namespace huxin::extract::test
