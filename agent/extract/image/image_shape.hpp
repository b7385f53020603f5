#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

#include "agent/extract/image/image_kind.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// What a picture says of itself before anything of it is unpacked.
struct ImageShape {
  std::size_t width = 0;   ///< pixels
  std::size_t height = 0;  ///< pixels
  std::size_t memory = 0;  ///< bytes that decode_image() takes at its peak
  unsigned reduction =
      1;                  ///< 1, 2, 4 or 8: how much smaller a JPEG is decoded; `memory` is of that
  std::size_t scans = 1;  ///< of a JPEG: each is a pass over all of it
  std::size_t end = 0;    ///< bytes of the picture to decode: a GIF ends behind its first frame
  bool more = false;      ///< an animation (GIF, PNG) has frames behind it
};

/// Reads a picture's header, page `page` (from 0) of a TIFF. A JPEG of more than `fit` pixels is
/// told with the least reduction that makes it fit, or 8. Nullopt: broken, or without pixels.
std::optional<ImageShape> image_shape(ByteView content, ImageKind kind, unsigned page,
                                      std::size_t fit);

struct TiffPages {
  unsigned count = 0;
  bool broken = false;  ///< the chain of pages turns back, or leaves the file
};

/// Follows a TIFF's chain of image file directories (TIFF 6.0, 2; BigTIFF), up to `most` of them.
TiffPages tiff_pages(ByteView content, unsigned most);

/// Rows of a strip of one page (TIFF 6.0, 8), which is unpacked at once; all of `height` where
/// nothing is said.
std::uint64_t tiff_strip(ByteView content, unsigned page, std::uint64_t height);

}  // namespace huxin::extract
