#include <set>

#include "agent/extract/image/image_shape.hpp"

namespace huxin::extract {
namespace {

/// Numbers of either order of bytes; what lies beyond the end reads as 0.
class Numbers {
 public:
  explicit Numbers(ByteView bytes)
      : bytes_(bytes), big_endian_(bytes.size() > 1 && bytes[0] == 'M') {}

  std::uint64_t at(std::uint64_t place, std::size_t size) const {
    if (place > bytes_.size() || size > bytes_.size() - place) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t shift = 8 * (big_endian_ ? size - 1 - i : i);
      value |= std::uint64_t{bytes_[static_cast<std::size_t>(place) + i]} << shift;
    }
    return value;
  }
  bool holds(std::uint64_t place, std::uint64_t size) const {
    return place <= bytes_.size() && size <= bytes_.size() - place;
  }

 private:
  ByteView bytes_;
  bool big_endian_;
};

/// The widths of what differs between TIFF and BigTIFF, in bytes.
struct Widths {
  std::size_t first, offset, count, entry;
};

}  // namespace

TiffPages tiff_pages(ByteView content, unsigned most) {
  const Numbers numbers(content);
  const Widths widths = numbers.at(2, 2) == 43 ? Widths{8, 8, 8, 20} : Widths{4, 4, 2, 12};
  TiffPages pages;
  std::set<std::uint64_t> seen;
  for (std::uint64_t place = numbers.at(widths.first, widths.offset);
       place != 0 && pages.count < most; ++pages.count) {
    const std::uint64_t entries = numbers.at(place, widths.count);
    pages.broken = !seen.insert(place).second || entries > content.size() / widths.entry ||
                   !numbers.holds(place, widths.count + (entries * widths.entry) + widths.offset);
    if (pages.broken) break;
    place = numbers.at(place + widths.count + (entries * widths.entry), widths.offset);
  }
  return pages;
}

}  // namespace huxin::extract
