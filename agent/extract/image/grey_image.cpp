#include "agent/extract/image/grey_image.hpp"

#include <fcntl.h>
#include <leptonica/allheaders.h>
#include <unistd.h>

#include <memory>
#include <new>

#include "agent/extract/image/image_shape.hpp"
#include "agent/extract/image/png_rows.hpp"
#include "agent/extract/image/shrink.hpp"
#include "policy/base/file.hpp"

namespace huxin::extract {
namespace {

constexpr std::size_t kMostMemory = std::size_t{72} << 20U;
constexpr std::size_t kMostScans = 100;

/// The decoders below tell of faults on standard error, which is not theirs: a file decides what
/// they say. Sanitizers need it, and are read by nobody else.
class Silence {
 public:
#ifndef HUXIN_SANITIZED
  Silence() : kept_(::dup(STDERR_FILENO)) {
    const Fd nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    if (kept_ && nowhere) ::dup2(nowhere.get(), STDERR_FILENO);
  }
  ~Silence() {
    if (kept_) ::dup2(kept_.get(), STDERR_FILENO);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  Fd kept_;
#else
  Silence() {}
#endif
};

struct Destroy {
  void operator()(PIX* picture) const { pixDestroy(&picture); }
};
using Picture = std::unique_ptr<PIX, Destroy>;

Picture decode_gif(ByteView content, const ImageShape& shape) {
  Bytes first(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(shape.end));
  first.push_back(0x3B);  // the trailer
  return Picture(pixReadMemGif(first.data(), first.size()));
}

Picture decode(ByteView content, ImageKind kind, unsigned page, const ImageShape& shape) {
  const l_uint8* const data = content.data();
  switch (kind) {
    case ImageKind::kPng:
      break;  // not by Leptonica, which takes all of it at once, twice
    case ImageKind::kJpeg:
      return Picture(pixReadMemJpeg(data, content.size(), 0, static_cast<l_int32>(shape.reduction),
                                    nullptr, L_JPEG_READ_LUMINANCE));
    case ImageKind::kTiff:
      return Picture(pixReadMemTiff(data, content.size(), static_cast<l_int32>(page)));
    case ImageKind::kBmp:
      return Picture(pixReadMemBmp(data, content.size()));
    case ImageKind::kGif:
      return decode_gif(content, shape);
    case ImageKind::kWebp:
      return Picture(pixReadMemWebP(data, content.size()));
  }
  return nullptr;
}

/// Rec. 601 luma on white; Leptonica's pixels are 0xRRGGBBAA.
std::uint32_t grey_of(std::uint32_t pixel, bool transparent) {
  const std::uint32_t red = pixel >> 24U;
  const std::uint32_t green = (pixel >> 16U) & 0xFFU;
  const std::uint32_t blue = (pixel >> 8U) & 0xFFU;
  const std::uint32_t grey = ((red * 299) + (green * 587) + (blue * 114) + 500) / 1000;
  if (!transparent) return grey;
  const std::uint32_t opacity = pixel & 0xFFU;
  return ((grey * opacity) + (255 * (255 - opacity)) + 127) / 255;
}

/// The rows of a picture of 8 or 32 bits, in shades of grey.
class GreyRows {
 public:
  explicit GreyRows(PIX* picture)
      : data_(pixGetData(picture)),
        words_(static_cast<std::size_t>(pixGetWpl(picture))),
        colour_(pixGetDepth(picture) == 32),
        transparent_(pixGetSpp(picture) == 4),
        row_(static_cast<std::size_t>(pixGetWidth(picture))) {}

  const std::uint8_t* row(std::size_t y) {
    const l_uint32* const line = data_ + (y * words_);
    for (std::size_t x = 0; x < row_.size(); ++x)
      row_[x] = static_cast<std::uint8_t>(colour_ ? grey_of(line[x], transparent_)
                                                  : GET_DATA_BYTE(line, x));
    return row_.data();
  }

 private:
  const l_uint32* data_;
  std::size_t words_;
  bool colour_, transparent_;
  Bytes row_;
};

GreyImage to_grey(Picture picture) {
  // Of one bit, conversion would pass its palette over, and take black for white.
  if (pixGetColormap(picture.get()) != nullptr)
    picture.reset(pixRemoveColormap(picture.get(), REMOVE_CMAP_TO_GRAYSCALE));
  if (picture && pixGetDepth(picture.get()) != 32) picture.reset(pixConvertTo8(picture.get(), 0));
  if (!picture) throw std::bad_alloc();  // of any depth it can but run out of memory
  const auto width = static_cast<std::size_t>(pixGetWidth(picture.get()));
  const auto height = static_cast<std::size_t>(pixGetHeight(picture.get()));
  Shrink shrink(width, height);
  GreyRows rows(picture.get());
  for (std::size_t y = 0; y < height; ++y) shrink.add(rows.row(y));
  return std::move(shrink).take();
}

std::optional<GreyImage> decode_as_grey(ByteView content, ImageKind kind, unsigned page,
                                        const ImageShape& shape) {
  if (kind == ImageKind::kPng) return decode_png(content);
  Picture picture = decode(content, kind, page, shape);
  if (!picture) return std::nullopt;
  return to_grey(std::move(picture));
}

}  // namespace

std::expected<GreyImage, std::string_view> decode_image(ByteView content, ImageKind kind,
                                                        unsigned page, std::size_t max_pixels) {
  const Silence silence;
  setMsgSeverity(L_SEVERITY_NONE);
  const auto shape = image_shape(content, kind, page, kMostPixels);
  if (!shape) return std::unexpected("corrupt");
  if (shape->width * shape->height > max_pixels) return std::unexpected("too_large");
  if (shape->memory > kMostMemory) return std::unexpected("too_large");
  if (shape->scans > kMostScans) return std::unexpected("bomb");
  auto grey = decode_as_grey(content, kind, page, *shape);
  if (!grey) return std::unexpected("corrupt");
  if (grey->pixels.empty()) return std::unexpected("too_large");
  return *std::move(grey);
}

}  // namespace huxin::extract
