// Every kind of PNG that there is, written by libpng, against the standard's arithmetic.
#include "agent/extract/image/png_rows.hpp"

#include <png.h>

#include <array>
#include <cmath>
#include <random>

#include "tests/support/png_writer.hpp"

namespace huxin::extract::test {
namespace {

using huxin::test::chunk;
using huxin::test::ihdr;
using huxin::test::kPngMark;
using huxin::test::packed_zeros;
using huxin::test::png;

struct Kind {
  int type, bits;
  bool interlaced;
  std::uint32_t width = 61;  ///< no whole number of bytes, whatever the bits
  std::uint32_t height = 43;

  unsigned samples() const { return type == 2 ? 3 : type == 4 ? 2 : type == 6 ? 4 : 1; }
  std::size_t row_bytes() const {
    return ((width * samples() * static_cast<unsigned>(bits)) + 7) / 8;
  }
  double most() const { return (1U << static_cast<unsigned>(bits)) - 1; }
};

struct Picture {
  Kind kind;
  std::string rows;  ///< packed, as the file has them before filtering
  std::array<png_color, 256> colours{};
  std::array<png_byte, 256> opacity{};  ///< of the colours

  unsigned sample(std::uint32_t x, std::uint32_t y, unsigned which) const {
    const std::size_t bits = static_cast<unsigned>(kind.bits);
    const std::size_t bit = ((x * kind.samples()) + which) * bits;
    const char* const byte = &rows[(y * kind.row_bytes()) + (bit / 8)];
    const unsigned first = static_cast<unsigned char>(*byte);
    if (bits == 16) return (first << 8U) | static_cast<unsigned char>(byte[1]);
    return (first >> (8 - bits - (bit % 8))) & ((1U << bits) - 1);
  }

  /// 0 to 255, on white.
  double grey(std::uint32_t x, std::uint32_t y) const {
    const auto part = [&](unsigned which) { return sample(x, y, which) / kind.most(); };
    double red = part(0);
    double green = red;
    double blue = red;
    double opaque = 1;
    if (kind.type == 3) {
      const unsigned index = sample(x, y, 0);
      red = colours[index].red / 255.0;
      green = colours[index].green / 255.0;
      blue = colours[index].blue / 255.0;
      opaque = opacity[index] / 255.0;
    } else if (kind.samples() >= 3) {
      green = part(1);
      blue = part(2);
    }
    if (kind.type == 4) opaque = part(1);
    if (kind.type == 6) opaque = part(3);
    const double luma = (0.299 * red) + (0.587 * green) + (0.114 * blue);
    return 255 * ((luma * opaque) + 1 - opaque);
  }
};

Picture random_picture(Kind kind) {
  std::mt19937 random(static_cast<unsigned>((kind.type * 100) + kind.bits));
  Picture picture{.kind = kind, .rows = std::string(kind.row_bytes() * kind.height, '\0')};
  for (char& byte : picture.rows) byte = static_cast<char>(random());
  for (png_color& colour : picture.colours)
    colour = {.red = static_cast<png_byte>(random()),
              .green = static_cast<png_byte>(random()),
              .blue = static_cast<png_byte>(random())};
  for (png_byte& opacity : picture.opacity) opacity = static_cast<png_byte>(random());
  return picture;
}

std::string as_png(Picture picture) {
  std::string file;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  REQUIRE(info != nullptr);
  png_set_write_fn(
      png, &file,
      [](png_structp to, png_bytep bytes, std::size_t size) {
        static_cast<std::string*>(png_get_io_ptr(to))
            ->append(reinterpret_cast<const char*>(bytes), size);
      },
      [](png_structp) {});
  png_set_IHDR(png, info, picture.kind.width, picture.kind.height, picture.kind.bits,
               picture.kind.type,
               picture.kind.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (picture.kind.type == 3) {
    const int colours = 1 << picture.kind.bits;
    png_set_PLTE(png, info, picture.colours.data(), colours);
    png_set_tRNS(png, info, picture.opacity.data(), colours, nullptr);
  }
  png_write_info(png, info);
  std::vector<png_bytep> rows;
  for (std::size_t at = 0; at < picture.rows.size(); at += picture.kind.row_bytes())
    rows.push_back(reinterpret_cast<png_bytep>(&picture.rows[at]));
  png_write_image(png, rows.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return file;
}

std::vector<Kind> all_kinds() {
  std::vector<Kind> kinds;
  for (const bool interlaced : {false, true}) {
    for (const int bits : {1, 2, 4, 8, 16}) {
      kinds.push_back({.type = 0, .bits = bits, .interlaced = interlaced});
      if (bits < 16) kinds.push_back({.type = 3, .bits = bits, .interlaced = interlaced});
      if (bits < 8) continue;
      for (const int type : {2, 4, 6})
        kinds.push_back({.type = type, .bits = bits, .interlaced = interlaced});
    }
  }
  return kinds;
}

}  // namespace

TEST_CASE("a PNG of every colour type and depth is read as the shades of grey that it shows") {
  for (const Kind& kind : all_kinds()) {
    INFO("type " << kind.type << ", " << kind.bits << " bits, interlaced " << kind.interlaced);
    const Picture picture = random_picture(kind);
    const auto grey = decode_png(as_bytes(as_png(picture)));
    REQUIRE(grey.has_value());
    REQUIRE(grey->width == kind.width);
    REQUIRE(grey->height == kind.height);
    double furthest = 0;
    for (std::uint32_t y = 0; y < kind.height; ++y) {
      for (std::uint32_t x = 0; x < kind.width; ++x)
        furthest =
            std::max(furthest, std::abs(grey->pixels[(y * kind.width) + x] - picture.grey(x, y)));
    }
    CHECK(furthest <= 1.5);  // rounded twice
  }
}

TEST_CASE("a PNG that is cut off before its last row is no picture, wherever the cut") {
  constexpr std::size_t kBehindRows = 64;  // sums, the end, and bytes of the last row
  for (const bool interlaced : {false, true}) {
    const std::string whole =
        as_png(random_picture({.type = 6, .bits = 8, .interlaced = interlaced}));
    for (std::size_t size = 0; size < whole.size() - kBehindRows; size += 7)
      CHECK_FALSE(decode_png(as_bytes(whole.substr(0, size))).has_value());
  }
}

TEST_CASE("a PNG whose data end before its rows do is no picture, however well it is packed") {
  const std::string rows = packed_zeros(std::size_t{8} * 9);
  const auto whole = [&](const std::string& data) {
    return decode_png(as_bytes(png(8, 8, 0, data))).has_value();
  };
  CHECK(whole(rows));
  CHECK_FALSE(whole(packed_zeros(std::size_t{4} * 9)));
  CHECK_FALSE(whole(packed_zeros(0)));
  CHECK_FALSE(whole(packed_zeros(9).substr(0, 4) + "\xFF\xFF"));
}

TEST_CASE("an interlaced PNG of any small size is complete with its last row") {
  for (std::uint32_t width = 1; width < 10; ++width) {
    for (std::uint32_t height = 1; height < 10; ++height) {
      INFO(width << " by " << height);
      const auto grey = decode_png(as_bytes(as_png(random_picture(
          {.type = 0, .bits = 8, .interlaced = true, .width = width, .height = height}))));
      REQUIRE(grey.has_value());
      CHECK(grey->pixels.size() == std::size_t{width} * height);
    }
  }
}

TEST_CASE("colours that come behind the first data hide no picture") {
  const std::string half = packed_zeros(std::size_t{8} * 9);
  const std::string late = chunk("PLTE", std::string(3, '\x7F'));
  const std::string picture = kPngMark + ihdr(8, 8, 0) + chunk("IDAT", half.substr(0, 5)) + late +
                              chunk("IDAT", half.substr(5)) + chunk("IEND", "");
  CHECK(decode_png(as_bytes(picture)).has_value());
}

TEST_CASE("a picture in colours that would fill memory as a whole is read, and made smaller") {
  const std::string rows = packed_zeros(std::size_t{8000} * (1 + (8000 * 3)));
  const auto grey = decode_png(as_bytes(png(8000, 8000, 2, rows)));
  REQUIRE(grey.has_value());
  CHECK(grey->width == 2666);  // a third
  CHECK(grey->height == 2666);
  CHECK(grey->pixels.size() == std::size_t{2666} * 2666);
  CHECK(std::ranges::all_of(grey->pixels, [](std::uint8_t shade) { return shade == 0; }));
}

}  // namespace huxin::extract::test
