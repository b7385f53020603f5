#pragma once
#include <cstddef>
#include <optional>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// The first frame of a GIF (GIF89a, 20).
struct GifFrame {
  std::size_t width = 0, height = 0;  ///< pixels
  std::size_t end = 0;                ///< bytes from the file's beginning to behind it
  bool more = false;                  ///< others follow
};

/// Walks the blocks of a GIF to its first frame and over it. Nullopt: there is none, or it is cut
/// off before its data begin.
std::optional<GifFrame> gif_frame(ByteView content);

}  // namespace huxin::extract
