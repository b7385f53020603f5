#pragma once
#include <optional>

#include "agent/extract/image/grey_image.hpp"

namespace huxin::extract {

/// Decodes a PNG row by row, so that it takes the memory of a few of them and of the grey picture,
/// and an interlaced one (Adam7) a byte for each pixel besides. Of its chunks those alone that
/// for_each_picture_chunk() tells. Nullopt: it is broken before its last row.
std::optional<GreyImage> decode_png(ByteView content);

}  // namespace huxin::extract
