#include <algorithm>
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

/// Goes along the chain of directories.
class Directories {
 public:
  explicit Directories(ByteView content)
      : numbers_(content),
        most_entries_(content.size() / widths().entry),
        next_(numbers_.at(widths().first, widths().offset)) {}

  /// Where the next one lies; 0 behind the last, or when the chain is broken.
  std::uint64_t next() {
    const std::uint64_t place = next_;
    if (place == 0 || broken_) return 0;
    const std::uint64_t entries = numbers_.at(place, widths().count);
    const std::uint64_t size = widths().count + (entries * widths().entry);
    broken_ = !seen_.insert(place).second || entries > most_entries_ ||
              !numbers_.holds(place, size + widths().offset);
    if (broken_) return 0;
    next_ = numbers_.at(place + size, widths().offset);
    return place;
  }
  bool broken() const { return broken_; }

  /// What one of them has under a tag, the first of several; 0: nothing, or no number.
  std::uint64_t number(std::uint64_t directory, std::uint64_t tag) const {
    const std::uint64_t entries = numbers_.at(directory, widths().count);
    for (std::uint64_t i = 0; i < entries; ++i) {
      const std::uint64_t entry = directory + widths().count + (i * widths().entry);
      if (numbers_.at(entry, 2) != tag) continue;
      const std::uint64_t type = numbers_.at(entry + 2, 2);
      const std::size_t size = type == 3 ? 2 : type == 4 ? 4 : type == 16 ? 8 : 0;
      return numbers_.at(entry + 4 + widths().offset, size);
    }
    return 0;
  }

 private:
  Widths widths() const {
    return numbers_.at(2, 2) == 43 ? Widths{8, 8, 8, 20} : Widths{4, 4, 2, 12};
  }

  Numbers numbers_;
  std::uint64_t most_entries_, next_;
  std::set<std::uint64_t> seen_;
  bool broken_ = false;
};

constexpr std::uint64_t kRowsPerStrip = 278;

}  // namespace

TiffPages tiff_pages(ByteView content, unsigned most) {
  Directories directories(content);
  TiffPages pages;
  while (pages.count < most && directories.next() != 0) ++pages.count;
  pages.broken = directories.broken();
  return pages;
}

std::uint64_t tiff_strip(ByteView content, unsigned page, std::uint64_t height) {
  Directories directories(content);
  std::uint64_t directory = directories.next();
  for (; page > 0 && directory != 0; --page) directory = directories.next();
  const std::uint64_t rows = directory == 0 ? 0 : directories.number(directory, kRowsPerStrip);
  return rows == 0 ? height : std::min(rows, height);
}

}  // namespace huxin::extract
