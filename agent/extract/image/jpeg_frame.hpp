#pragma once
#include <cstddef>
#include <optional>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// The frame of a JPEG (ITU-T T.81, B.2.2).
struct JpegFrame {
  std::size_t width = 0, height = 0;  ///< pixels, at most 65,535 each
  std::size_t components = 0;         ///< 1 grey, 3 colour, 4 for print
  std::size_t scans = 0;              ///< more than one where it is progressive
};

/// Looks for the frame's header, passing over what stands before it. Nullopt: there is none, or
/// its height is told only behind the first scan, which nobody writes.
std::optional<JpegFrame> jpeg_frame(ByteView content);

}  // namespace huxin::extract
