// Pictures as large as a policy lets them be, and files that are large by their pictures.
#include <leptonica/allheaders.h>

#include <memory>
#include <random>
#include <stdexcept>

#include "tests/hostile/input.hpp"
#include "tests/support/png_writer.hpp"

namespace huxin::hostile {

namespace {

std::string noise(std::size_t size) {
  std::mt19937_64 random(1);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

/// In colours that do not pack: nearly 3 bytes a pixel.
std::string noisy_png(std::uint32_t side) {
  const std::string pixels = noise(std::size_t{side} * side * 3);
  std::string rows;
  rows.reserve(pixels.size() + side);
  for (std::size_t at = 0; at < pixels.size(); at += std::size_t{side} * 3)
    rows.append(1, '\0').append(pixels, at, std::size_t{side} * 3);
  return test::png(side, side, 2, test::packed(rows, 0));
}

/// In colours, of one, its rows in seven passes (ISO/IEC 15948, 8.2).
std::string interlaced_png(std::size_t side) {
  struct Pass {
    std::size_t x, y, right, down;
  };
  constexpr Pass kPasses[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                              {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  std::size_t size = 0;
  for (const Pass& pass : kPasses)
    size += ((side - pass.y + pass.down - 1) / pass.down) *
            (1 + (3 * ((side - pass.x + pass.right - 1) / pass.right)));
  const auto length = static_cast<std::uint32_t>(side);
  return test::png(length, length, 2, test::packed(std::string(size, '\0'), 1), true);
}

/// As Leptonica writes a picture of squares in colours.
std::string written(std::size_t side, l_int32 (*write)(l_uint8**, size_t*, PIX*)) {
  struct Destroy {
    void operator()(PIX* picture) const { pixDestroy(&picture); }
    void operator()(l_uint8* bytes) const { lept_free(bytes); }
  };
  const auto length = static_cast<l_int32>(side);
  const std::unique_ptr<PIX, Destroy> picture(pixCreate(length, length, 32));
  for (l_int32 at = 0; at < length; at += 100)
    pixRasterop(picture.get(), at, at, 50, 50, PIX_SET, nullptr, 0, 0);
  l_uint8* bytes = nullptr;
  std::size_t size = 0;
  if (!picture || write(&bytes, &size, picture.get()) != 0) throw std::runtime_error("Leptonica");
  const std::unique_ptr<l_uint8, Destroy> owned(bytes);
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string tiff(std::size_t side) {
  return written(side, [](l_uint8** bytes, size_t* size, PIX* picture) {
    return pixWriteMemTiff(bytes, size, picture, IFF_TIFF_LZW);
  });
}
std::string progressive_jpeg(std::size_t side) {
  return written(side, [](l_uint8** bytes, size_t* size, PIX* picture) {
    return pixWriteMemJpeg(bytes, size, picture, 75, 1);
  });
}
std::string webp(std::size_t side) {
  return written(side, [](l_uint8** bytes, size_t* size, PIX* picture) {
    return pixWriteMemWebP(bytes, size, picture, 50, 0);
  });
}
std::string webp_without_losses(std::size_t side) {
  return written(side, [](l_uint8** bytes, size_t* size, PIX* picture) {
    return pixWriteMemWebP(bytes, size, picture, 50, 1);
  });
}
std::string bmp(std::size_t side) {
  return written(side, [](l_uint8** bytes, size_t* size, PIX* picture) {
    return pixWriteMemBmp(bytes, size, picture);
  });
}

/// One page that holds a picture of so many bytes, and text beside it.
std::string pdf_of_picture(std::size_t size, std::string_view said) {
  const std::string text = "BT /F 12 Tf 9 9 Td (" + std::string(said) + ") Tj ET";
  const std::string objects[] = {
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources"
      "<</XObject<</I 4 0 R>>/Font<</F 6 0 R>>>>>>",
      "<</Type/XObject/Subtype/Image/Width 1000/Height " + std::to_string(size / 3000) +
          "/ColorSpace/DeviceRGB/BitsPerComponent 8/Length " + std::to_string(size) + ">>stream\n" +
          noise(size) + "\nendstream",
      "<</Length " + std::to_string(text.size() + 33) +
          ">>stream\nq 600 0 0 800 0 0 cm /I Do Q    \n" + text + "\nendstream",
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string pdf = "%PDF-1.4\n";
  int number = 0;
  for (const std::string& object : objects)
    pdf += std::to_string(++number) + " 0 obj " + object + " endobj\n";
  return pdf + "trailer <</Root 1 0 R>>\n%%EOF\n";
}

/// Not recognised, as the defaults have it; codes are looked for.
Row picture(std::string name, std::function<std::string()> content) {
  return row_of(std::move(name), {"not_inspected unsupported"}, std::move(content));
}

}  // namespace

Rows pictures() {
  return {
      picture("PNG of 48 MB, 16 million pixels", [] { return noisy_png(4000); }),
      picture("PNG, interlaced, 20 million pixels", [] { return interlaced_png(4470); }),
      picture("TIFF in one strip, 7 million pixels", [] { return tiff(2600); }),
      picture("JPEG, progressive, 10 million pixels", [] { return progressive_jpeg(3200); }),
      picture("WebP, 9 million pixels", [] { return webp(3000); }),
      picture("WebP without losses, 9 million pixels", [] { return webp_without_losses(3000); }),
      picture("BMP of 46 MB, 15 million pixels", [] { return bmp(3900); }),
      row_of("PDF of 60 MB, one picture and a line", {"inspected"},
             [] { return pdf_of_picture(60'000'000, "13800138000"); }),
      row_of("PDF of 60 MB, one picture", {"not_inspected no_text"},
             [] { return pdf_of_picture(60'000'000, ""); })};
}

}  // namespace huxin::hostile
