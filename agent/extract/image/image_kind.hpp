#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::extract {

/// The kinds of picture that are looked at.
enum class ImageKind : std::uint8_t { kPng, kJpeg, kTiff, kBmp, kGif, kWebp };

std::string_view to_string(ImageKind kind);  ///< "png", "jpeg", "tiff", "bmp", "gif", "webp"

/// Tells a picture by its first bytes: PNG (ISO/IEC 15948, 5.2), JPEG (ITU-T T.81, B.2.1), TIFF 6.0
/// and BigTIFF, BMP with a header of a known size, GIF 87a and 89a, WebP (RFC 9649).
std::optional<ImageKind> image_kind(std::string_view head);

}  // namespace huxin::extract
