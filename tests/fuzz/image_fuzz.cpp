// Any bytes as a picture: the headers that are read here, and the decoders behind them.
#include "agent/extract/image/codes.hpp"
#include "agent/extract/image/image_shape.hpp"
#include "policy/base/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  const auto kind = extract::image_kind(as_text(content));
  if (!kind) return 0;
  // Most of the time goes into pictures that are large and say nothing.
  const auto shape = extract::image_shape(content, *kind, 0, extract::kMostPixels);
  if (!shape || shape->width * shape->height > 256 * 256) return 0;
  // Here and not as extraction does it, in a child whose crash would be the child's alone.
  if (const auto image = extract::decode_image(content, *kind, 0, 256 * 256))
    extract::read_codes(*image);
  return 0;
}
