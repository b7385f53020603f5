#include "agent/extract/image/grey_image.hpp"

#include <fcntl.h>
#include <leptonica/allheaders.h>
#include <unistd.h>

#include <memory>
#include <new>

#include "agent/extract/image/image_shape.hpp"
#include "agent/extract/image/png_chunks.hpp"
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

Picture decode_png(ByteView content) {
  const Bytes bare = bare_png(content);
  return Picture(pixReadMemPng(bare.data(), bare.size()));
}

Picture decode(ByteView content, ImageKind kind, unsigned page, const ImageShape& shape) {
  const l_uint8* const data = content.data();
  switch (kind) {
    case ImageKind::kPng:
      return decode_png(content);
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

/// The pixels of a picture of 8 or 32 bits, each the mean of a square.
class Squares {
 public:
  Squares(PIX* picture, std::size_t side)
      : data_(pixGetData(picture)),
        words_(static_cast<std::size_t>(pixGetWpl(picture))),
        side_(side),
        colour_(pixGetDepth(picture) == 32),
        transparent_(pixGetSpp(picture) == 4) {}

  std::uint8_t at(std::size_t x, std::size_t y) const {
    std::uint32_t sum = 0;
    for (std::size_t row = y * side_; row < (y + 1) * side_; ++row) {
      for (std::size_t column = x * side_; column < (x + 1) * side_; ++column)
        sum += pixel(column, row);
    }
    return static_cast<std::uint8_t>(sum / (side_ * side_));
  }

 private:
  std::uint32_t pixel(std::size_t x, std::size_t y) const {
    const l_uint32* const line = data_ + (y * words_);
    if (colour_) return grey_of(line[x], transparent_);
    return GET_DATA_BYTE(line, x);
  }

  const l_uint32* data_;
  std::size_t words_, side_;
  bool colour_, transparent_;
};

std::expected<GreyImage, std::string_view> to_grey(Picture picture) {
  // Of one bit, conversion would pass its palette over, and take black for white.
  if (pixGetColormap(picture.get()) != nullptr)
    picture.reset(pixRemoveColormap(picture.get(), REMOVE_CMAP_TO_GRAYSCALE));
  if (picture && pixGetDepth(picture.get()) != 32) picture.reset(pixConvertTo8(picture.get(), 0));
  if (!picture) throw std::bad_alloc();  // of any depth it can but run out of memory
  const auto width = static_cast<std::size_t>(pixGetWidth(picture.get()));
  const auto height = static_cast<std::size_t>(pixGetHeight(picture.get()));
  std::size_t side = 1;
  while ((width / side) * (height / side) > kMostPixels) ++side;
  GreyImage grey{.width = width / side, .height = height / side, .pixels = {}};
  if (grey.width == 0 || grey.height == 0) return std::unexpected("too_large");
  grey.pixels.reserve(grey.width * grey.height);
  const Squares squares(picture.get(), side);
  for (std::size_t y = 0; y < grey.height; ++y) {
    for (std::size_t x = 0; x < grey.width; ++x) grey.pixels.push_back(squares.at(x, y));
  }
  return grey;
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
  Picture picture = decode(content, kind, page, *shape);
  if (!picture) return std::unexpected("corrupt");
  return to_grey(std::move(picture));
}

}  // namespace huxin::extract
