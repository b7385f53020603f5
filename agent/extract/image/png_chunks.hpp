#pragma once
#include <cstdint>
#include <functional>
#include <optional>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// The header of a PNG (ISO/IEC 15948, 11.2.2).
struct PngHeader {
  std::uint32_t width = 0, height = 0;  ///< pixels, 1 to 2,147,483,647
  unsigned bits = 0;                    ///< of a sample: 1, 2, 4, 8 or 16
  unsigned colour_type =
      0;  ///< 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha

  bool interlaced = false;

  unsigned samples() const;  ///< of a pixel, as it is packed
};

/// Nullopt: the first chunk is none, as the standard asks, or says what no PNG has.
std::optional<PngHeader> png_header(ByteView content);

/// An animation (PNG third edition, 11.3.6.1: acTL), whose frames behind the first are not decoded.
bool is_animated_png(ByteView content);

/// Tells the signature, and then IHDR, PLTE, tRNS, IDAT and IEND with their frames, up to its end,
/// until `use` is false: no other chunk may come before IHDR or be unpacked, and no colours behind
/// the first data, which would end libpng's reading. A shade that is to be transparent (tRNS of
/// colour type 0) is left out as well: a code in it would vanish on white.
void for_each_picture_chunk(ByteView content, const std::function<bool(ByteView)>& use);

}  // namespace huxin::extract
