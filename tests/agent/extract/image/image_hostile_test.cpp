// Pictures made to break their readers: what they say of themselves is believed only so far.
#define ZX_USE_UTF8
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <catch2/catch_test_macros.hpp>

#include "agent/extract/image/grey_image.hpp"
#include "agent/extract/image/image_shape.hpp"
#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/png_writer.hpp"
#include "tests/support/slower.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

using huxin::test::grey_png;
using huxin::test::kSlower;
using huxin::test::packed_zeros;
using huxin::test::png;

std::string golden(const std::string& name) {
  auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/pictures/") + name);
  REQUIRE(content.has_value());
  return *content;
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

/// So many corners of QR codes that to try three of them at a time takes minutes.
std::string tiled() {
  constexpr std::size_t kTiles = 60;
  constexpr std::size_t kTile = 32;
  constexpr std::size_t kModule = 3;
  const std::string_view corner[] = {"       ", " ##### ", " #   # ", " #   # ",
                                     " #   # ", " ##### ", "       "};
  std::string pixels;
  for (std::size_t y = 0; y < kTiles * kTile; ++y) {
    for (std::size_t x = 0; x < kTiles * kTile; ++x) {
      const std::size_t row = y % kTile / kModule;
      const std::size_t column = x % kTile / kModule;
      pixels += row < 7 && column < 7 && corner[row][column] == ' ' ? '\0' : '\xFF';
    }
  }
  return grey_png(kTiles * kTile, pixels);
}

/// What a bitmap of 24 bits says of itself, and nothing else of it.
std::string bmp_head(std::uint16_t width, std::uint16_t height) {
  const auto low = [](std::uint32_t value, unsigned bytes) {
    std::string number;
    for (unsigned i = 0; i < bytes; ++i) number += static_cast<char>(value >> (8 * i));
    return number;
  };
  const std::string head = low(54 + (3U * width * height), 4) + low(0, 4) + low(54, 4);
  return "BM" + head + low(40, 4) + low(width, 4) + low(height, 4) + low(1, 2) + low(24, 2) +
         std::string(24, '\0');
}

/// A PDF whose first page takes a minute to draw and whose second shows a QR code.
std::string slow_pdf() {
  const ZXing::BitMatrix code = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                                    .setMargin(4)
                                    .encode(std::string("13800138000"), 0, 0);
  std::string modules;
  for (int y = 0; y < code.height(); ++y) {
    for (int x = 0; x < code.width(); ++x)
      if (code.get(x, y)) modules += fmt::format("{} {} 1 1 re f\n", x, code.height() - 1 - y);
  }
  std::string shades;
  for (int i = 0; i < 2000; ++i) shades += "/S sh\n";
  const std::string pages[] = {shades, modules};
  std::string pdf =
      "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
      "2 0 obj <</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>> endobj\n";
  for (int page = 0; page < 2; ++page) {
    pdf += fmt::format(
        "{} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Contents {} 0 R"
        "/Resources<</Shading<</S 7 0 R>>>>>> endobj\n"
        "{} 0 obj <</Length {}>> stream\n{}endstream endobj\n",
        3 + (2 * page), code.width(), code.height(), 4 + (2 * page), 4 + (2 * page),
        pages[page].size(), pages[page]);
  }
  return pdf +
         "7 0 obj <</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 50 9]/Extend[true true]"
         "/Function<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[1 1 1]/N 1>>>> endobj\n"
         "trailer <</Root 1 0 R>>\n%%EOF\n";
}

/// PDF417 codes of "1001", "1002" and so on, eight in each row.
std::string many_codes(std::uint32_t rows) {
  constexpr int kAcross = 8;
  constexpr int kSide = 145;
  std::vector<ZXing::BitMatrix> codes;
  for (unsigned i = 0; i < rows * kAcross; ++i) {
    codes.push_back(ZXing::MultiFormatWriter(ZXing::BarcodeFormat::PDF417)
                        .setMargin(4)
                        .encode(std::to_string(1001 + i), kSide, kSide));
  }
  const auto black = [&](int x, int y) {
    const ZXing::BitMatrix& code =
        codes[static_cast<std::size_t>((y / kSide * kAcross) + (x / kSide))];
    return x % kSide < code.width() && y % kSide < code.height() && code.get(x % kSide, y % kSide);
  };
  std::string pixels;
  for (int y = 0; y < static_cast<int>(rows) * kSide; ++y) {
    for (int x = 0; x < kAcross * kSide; ++x) pixels += black(x, y) ? '\0' : '\xFF';
  }
  return grey_png(kAcross * kSide, pixels);
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
      {"colours that fit the pixels and not the memory", bmp_head(6000, 6000), "too_large"},
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

TEST_CASE("a picture that would be looked at for minutes is given up, and the next is read") {
  const std::string archive =
      huxin::test::zip_of({{"1.png", tiled()}, {"2.png", golden("contact.png")}, {"3.txt", "后"}});
  struct Row {
    Budget budget;
    std::string reason;
  };
  using std::chrono::milliseconds;
  const PictureBudget recognising{.text = true, .max_pages = 0, .page_deadline = milliseconds(500)};
  constexpr int kTimes = kSlower > 1 ? 5 : 1;
  for (const Row& row :
       {Row{{.deadline = kTimes * milliseconds(3000)}, "too_many_pictures"},
        Row{{.deadline = kTimes * milliseconds(9000), .pictures = recognising}, "timeout"}}) {
    const auto start = std::chrono::steady_clock::now();
    const Extracted extracted = extract_all(archive, "a.zip", row.budget);
    INFO(extracted.text());
    CHECK(std::chrono::steady_clock::now() - start < row.budget.deadline);
    CHECK(extracted.outcome.reason == row.reason);
    CHECK(extracted.place_of("13800138000") == "a.zip!2.png!qr1");
    CHECK(extracted.text().contains("后"));
  }
}

TEST_CASE("a page that would be drawn for minutes is given up, and the next is read") {
  const PictureBudget recognising{.text = true, .page_deadline = std::chrono::seconds(2)};
  const Budget budget{.deadline = std::chrono::seconds(60), .pictures = recognising};
  const Extracted extracted = extract_all(slow_pdf(), "x.pdf", budget);
  CHECK(extracted.outcome.reason == "timeout");
  CHECK(extracted.place_of("13800138000") == "x.pdf!p2!qr1");

  const auto start = std::chrono::steady_clock::now();
  const Extracted for_codes =
      extract_all(slow_pdf(), "x.pdf", {.deadline = std::chrono::seconds(8)});
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(6));
  CHECK(for_codes.outcome.reason == "too_many_pictures");
}

TEST_CASE("codes beyond the sixty-fourth of a picture are said not to have been read") {
  const Extracted all = extract_all(many_codes(8), "x");
  CHECK(all.place_of("1001") != "");
  CHECK(all.text().size() == 64 * 5);
  CHECK(all.outcome.reason == "unsupported");
  const Extracted some = extract_all(many_codes(9), "x");
  CHECK(some.text().size() == 64 * 5);
  CHECK(some.outcome.reason == "too_many_pictures");
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
    unsigned refused = 0;
    const auto looked = [&](const std::string& broken) {
      const auto kind = image_kind(broken);
      if (!kind || decode_image(as_bytes(broken), *kind, 0, std::size_t{1} << 20U)) return true;
      constexpr unsigned kSeldom = 32;  // each is a process
      return ++refused % kSeldom != 0 || extract_all(broken, "x").outcome.reason == "unsupported";
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
