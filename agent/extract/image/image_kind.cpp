#include "agent/extract/image/image_kind.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {
namespace {

using namespace std::string_view_literals;

/// "BM" alone may begin a letter: the sizes behind it have to fit.
bool is_bmp(std::string_view head) {
  if (!head.starts_with("BM")) return false;
  ByteReader reader(as_bytes(head), 14);
  const std::uint32_t size = reader.u32();
  reader.skip(8);  // width and height
  const std::uint16_t planes = reader.u16();
  const bool known = size == 40 || size == 52 || size == 56 || size == 108 || size == 124;
  return !reader.failed() && known && planes == 1;
}

bool is_tiff(std::string_view head) {
  for (const std::string_view mark : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
    if (head.starts_with(mark)) return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(ImageKind kind) {
  switch (kind) {
    case ImageKind::kPng:
      return "png";
    case ImageKind::kJpeg:
      return "jpeg";
    case ImageKind::kTiff:
      return "tiff";
    case ImageKind::kBmp:
      return "bmp";
    case ImageKind::kGif:
      return "gif";
    case ImageKind::kWebp:
      return "webp";
  }
  return "unknown";
}

std::optional<ImageKind> image_kind(std::string_view head) {
  if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) return ImageKind::kPng;
  if (head.starts_with("\xFF\xD8\xFF"sv)) return ImageKind::kJpeg;
  if (is_tiff(head)) return ImageKind::kTiff;
  if (head.starts_with("GIF87a") || head.starts_with("GIF89a")) return ImageKind::kGif;
  if (head.starts_with("RIFF") && head.substr(0, 12).ends_with("WEBP")) return ImageKind::kWebp;
  if (is_bmp(head)) return ImageKind::kBmp;
  return std::nullopt;
}

}  // namespace huxin::extract
