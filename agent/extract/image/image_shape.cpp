#include "agent/extract/image/image_shape.hpp"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <limits>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/image/gif_frame.hpp"
#include "agent/extract/image/grey_image.hpp"
#include "agent/extract/image/jpeg_frame.hpp"
#include "agent/extract/image/png_chunks.hpp"

namespace huxin::extract {
namespace {

// Leptonica keeps colour in 4 bytes a pixel, beside which it is made grey. Beside it libtiff first
// unpacks all of a picture in colours, and libwebp all of one without losses; which a WebP is, its
// header does not tell here.
constexpr std::size_t kColour = 4;
constexpr std::size_t kColourTwice = 8;

struct Header {
  l_int32 width = 0, height = 0, bits = 0, samples = 0;

  bool good() const { return width > 0 && height > 0 && bits > 0 && samples > 0; }
  std::size_t pixels() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
  ImageShape shape(std::size_t memory, std::size_t end) const {
    return {.width = static_cast<std::size_t>(width),
            .height = static_cast<std::size_t>(height),
            .memory = memory,
            .end = end};
  }
  std::size_t colour() const { return (pixels() * kColour) + std::min(pixels(), kMostPixels); }
  /// Twice, packed as they are, for pictures without colours; a row of 1 bit is 8 in the end.
  std::size_t grey() const { return pixels() * static_cast<std::size_t>(std::max(bits, 8)) / 4; }
};

std::optional<ImageShape> png_shape(ByteView content) {
  const auto header = png_header(content);
  if (!header) return std::nullopt;
  const std::size_t width = header->width;
  const std::size_t rows = width * header->samples() * header->bits / 4;  // two of them
  const std::size_t pixels = width * header->height;
  const std::size_t whole = header->interlaced ? pixels : 0;
  ImageShape shape{.width = width,
                   .height = header->height,
                   .memory = rows + whole + std::min(pixels, kMostPixels),
                   .end = content.size()};
  shape.more = is_animated_png(content);
  return shape;
}

std::optional<ImageShape> tiff_shape(ByteView content, unsigned page) {
  Header head;
  if (readHeaderMemTiff(content.data(), content.size(), static_cast<l_int32>(page), &head.width,
                        &head.height, &head.bits, &head.samples, nullptr, nullptr, nullptr) != 0 ||
      !head.good())
    return std::nullopt;
  if (head.samples <= 2) return head.shape(head.grey(), content.size());
  const std::size_t strip = tiff_strip(content, page, static_cast<std::uint64_t>(head.height)) *
                            static_cast<std::size_t>(head.width) *
                            static_cast<std::size_t>(head.samples * std::max(head.bits, 8)) / 8;
  return head.shape(strip + (head.pixels() * kColourTwice), content.size());
}

/// By hand: Leptonica would decode it all.
std::optional<ImageShape> bmp_shape(ByteView content) {
  ByteReader reader(content, 18);
  Header head{.samples = 1};
  head.width = static_cast<l_int32>(reader.u32());
  head.height = static_cast<l_int32>(reader.u32());
  if (head.height < 0 && head.height != std::numeric_limits<l_int32>::min())
    head.height = -head.height;  // from the top
  reader.skip(2);
  head.bits = reader.u16();
  if (reader.failed() || !head.good()) return std::nullopt;
  return head.shape(head.bits > 8 ? head.colour() : head.grey(), content.size());
}

std::optional<ImageShape> webp_shape(ByteView content) {
  Header head{.bits = 8};
  if (readHeaderMemWebP(content.data(), content.size(), &head.width, &head.height, &head.samples) !=
          0 ||
      !head.good())
    return std::nullopt;
  return head.shape(head.pixels() * kColourTwice, content.size());
}

std::optional<ImageShape> jpeg_shape(ByteView content, std::size_t fit) {
  const auto frame = jpeg_frame(content);
  if (!frame) return std::nullopt;
  const std::size_t pixels = frame->width * frame->height;
  unsigned reduction = 1;
  while (reduction < 8 && pixels / (reduction * reduction) > fit) reduction *= 2;
  const std::size_t left = pixels / (reduction * reduction);
  // Of several scans all coefficients are held, 2 bytes each; of one, a few rows.
  const std::size_t held = frame->scans > 1 ? pixels * 2 * frame->components : 0;
  return ImageShape{
      .width = frame->width,
      .height = frame->height,
      .memory = std::max(held, left) + (left * (frame->components == 4 ? kColour : 1)),
      .reduction = reduction,
      .scans = frame->scans,
      .end = content.size()};
}

std::optional<ImageShape> gif_shape(ByteView content) {
  const auto frame = gif_frame(content);
  if (!frame) return std::nullopt;
  return ImageShape{.width = frame->width,
                    .height = frame->height,
                    .memory = frame->width * frame->height * 2,
                    .end = frame->end,
                    .more = frame->more};
}

}  // namespace

std::optional<ImageShape> image_shape(ByteView content, ImageKind kind, unsigned page,
                                      std::size_t fit) {
  switch (kind) {
    case ImageKind::kPng:
      return png_shape(content);
    case ImageKind::kJpeg:
      return jpeg_shape(content, fit);
    case ImageKind::kTiff:
      return tiff_shape(content, page);
    case ImageKind::kBmp:
      return bmp_shape(content);
    case ImageKind::kGif:
      return gif_shape(content);
    case ImageKind::kWebp:
      return webp_shape(content);
  }
  return std::nullopt;
}

}  // namespace huxin::extract
