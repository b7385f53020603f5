#include "agent/extract/image/codes.hpp"

#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

#include <new>

namespace huxin::extract {
namespace {

constexpr std::size_t kLeastSide = 11;  // modules of the smallest Micro QR code
constexpr std::uint8_t kMostCodes = 64;

using Kind = ZXing::BarcodeFormat;
constexpr Kind kMatrix[] = {Kind::QRCode, Kind::MicroQRCode, Kind::DataMatrix, Kind::Aztec,
                            Kind::PDF417};
constexpr Kind kBars[] = {Kind::Code128, Kind::Code39, Kind::Code93, Kind::EAN13};

ZXing::DecodeHints hints() {
  ZXing::BarcodeFormats kinds;
  for (const Kind kind : kMatrix) kinds |= kind;
  for (const Kind kind : kBars) kinds |= kind;
  // Not tryHarder: it takes twice as long and reads bars in noise.
  return ZXing::DecodeHints()
      .setFormats(kinds)
      .setTryHarder(false)
      .setTryRotate(true)
      .setTryDownscale(true)
      .setMaxNumberOfSymbols(kMostCodes + 1);
}

}  // namespace

Codes read_codes(const GreyImage& image) {
  Codes codes;
  if (image.width < kLeastSide || image.height < kLeastSide) return codes;
  try {
    const ZXing::ImageView view(image.pixels.data(), static_cast<int>(image.width),
                                static_cast<int>(image.height), ZXing::ImageFormat::Lum);
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints())) {
      if (!result.isValid()) continue;
      codes.more = codes.read.size() == kMostCodes;
      if (codes.more) break;
      codes.read.push_back(
          {std::ranges::find(kMatrix, result.format()) != std::ranges::end(kMatrix),
           result.text()});
    }
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {  // what was read before counts
  }
  return codes;
}

}  // namespace huxin::extract
