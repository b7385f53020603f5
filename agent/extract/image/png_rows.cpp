#include "agent/extract/image/png_rows.hpp"

#include <png.h>

#include <csetjmp>
#include <utility>

#include "agent/extract/image/png_chunks.hpp"
#include "agent/extract/image/shrink.hpp"

namespace huxin::extract {
namespace {

/// Errors of libpng jump back to process(): what stands between has nothing to destroy, and what
/// libpng calls does not throw.
class PngRows {
 public:
  explicit PngRows(const PngHeader& header)
      : header_(header), shrink_(header.width, header.height) {
    if (header.interlaced)
      whole_.resize(std::size_t{header.width} * std::size_t{header.height}, 0xFF);
    png_ = png_create_read_struct(
        PNG_LIBPNG_VER_STRING, this, [](png_structp png, png_const_charp) { png_longjmp(png, 1); },
        [](png_structp, png_const_charp) {});
    info_ = png_ != nullptr ? png_create_info_struct(png_) : nullptr;
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
    png_set_progressive_read_fn(png_, this, on_header, on_row, nullptr);
  }
  ~PngRows() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngRows(const PngRows&) = delete;
  PngRows& operator=(const PngRows&) = delete;

  /// False from the first error on.
  bool process(ByteView bytes) noexcept {
    // NOLINTNEXTLINE(cert-err52-cpp): libpng knows no other way out
    if (setjmp(png_jmpbuf(png_)) != 0) failed_ = true;
    if (!failed_) png_process_data(png_, info_, const_cast<png_bytep>(bytes.data()), bytes.size());
    return !failed_;
  }

  std::optional<GreyImage> take() && {
    if (failed_ || !complete_) return std::nullopt;
    for (std::size_t at = 0; at < whole_.size(); at += header_.width) shrink_.add(&whole_[at]);
    return std::move(shrink_).take();
  }

 private:
  static PngRows& of(png_structp png) {
    return *static_cast<PngRows*>(png_get_progressive_ptr(png));
  }

  /// One byte a pixel: Rec. 601 luma on white.
  static void on_header(png_structp png, png_infop info) {
    constexpr png_fixed_point kRed = 29'900;  // of 100,000
    constexpr png_fixed_point kGreen = 58'700;
    const PngRows& self = of(png);
    png_set_expand(png);
    png_set_rgb_to_gray_fixed(png, PNG_ERROR_ACTION_NONE, kRed, kGreen);
    const png_uint_16 most = self.header_.bits == 16 ? 0xFFFF : 0xFF;
    const png_color_16 white = {.index = 0, .red = most, .green = most, .blue = most, .gray = most};
    png_set_background_fixed(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, PNG_FP_1);
    png_set_scale_16(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != self.header_.width) png_error(png, "no shades");
  }

  static void on_row(png_structp png, png_bytep row, png_uint_32 number, int pass) {
    PngRows& self = of(png);
    if (number >= self.header_.height) return;
    // Data that end early are no error of libpng's.
    const bool last = number + 1 == self.header_.height;
    self.complete_ = self.complete_ || (last && (!self.header_.interlaced || pass == kLastPass));
    if (row == nullptr) return;  // this pass leaves it as it is
    if (!self.header_.interlaced) return self.shrink_.add(row);
    png_progressive_combine_row(png, &self.whole_[std::size_t{number} * self.header_.width], row);
  }

  static constexpr int kLastPass = 6;

  PngHeader header_;
  Shrink shrink_;
  Bytes whole_;  ///< of an interlaced picture, whose rows come seven times
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  bool failed_ = false;
  bool complete_ = false;  ///< its last row came
};

}  // namespace

std::optional<GreyImage> decode_png(ByteView content) {
  const auto header = png_header(content);
  if (!header) return std::nullopt;
  PngRows rows(*header);
  for_each_picture_chunk(content, [&](ByteView bytes) { return rows.process(bytes); });
  return std::move(rows).take();
}

}  // namespace huxin::extract
