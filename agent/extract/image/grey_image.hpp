#pragma once
#include <expected>
#include <string_view>

#include "agent/extract/image/image_kind.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// A picture in shades of grey, row by row from the top, one byte a pixel: 0 is black.
struct GreyImage {
  std::size_t width = 0, height = 0;
  Bytes pixels;  ///< width × height
};

/// Decoded pictures have no more pixels than this, A4 at 300 dpi and more; larger ones are made
/// smaller by a whole factor.
inline constexpr std::size_t kMostPixels = std::size_t{12} << 20U;

/// Decodes page `page` (from 0; only TIFF has several) of a picture, transparency on white.
///
/// The size is looked at first: over `max_pixels`, or over 72 MiB while it is decoded, it is
/// "too_large"; a JPEG of more than 100 scans is a "bomb"; what does not decode is "corrupt". Of a
/// GIF the first frame. `content` is hostile; the decoders are libpng's and Leptonica's, in this
/// process, which should be a child.
std::expected<GreyImage, std::string_view> decode_image(ByteView content, ImageKind kind,
                                                        unsigned page, std::size_t max_pixels);

}  // namespace huxin::extract
