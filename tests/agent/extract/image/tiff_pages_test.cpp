// Chains of pages as no honest program writes them (TIFF 6.0, 2).
#include <catch2/catch_test_macros.hpp>

#include "agent/extract/image/image_shape.hpp"

namespace huxin::extract::test {
namespace {

std::string number(std::uint64_t value, std::size_t size, bool big_endian) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i)
    bytes.push_back(static_cast<char>(value >> (8 * (big_endian ? size - 1 - i : i))));
  return bytes;
}

/// Directories without entries, 6 bytes each, one behind another; the last one's next is `last`.
std::string chain(unsigned pages, std::uint64_t last, bool big_endian = false) {
  const auto u = [&](std::uint64_t value, std::size_t size) {
    return number(value, size, big_endian);
  };
  std::string tiff = (big_endian ? "MM" : "II") + u(42, 2) + u(8, 4);
  for (unsigned page = 1; page <= pages; ++page)
    tiff += u(0, 2) + u(page == pages ? last : 8 + (page * 6), 4);
  return tiff;
}

}  // namespace

TEST_CASE("pages of a TIFF are counted in either order of bytes, and no further than asked") {
  for (const bool big_endian : {false, true}) {
    CHECK(tiff_pages(as_bytes(chain(3, 0, big_endian)), 10).count == 3);
    CHECK_FALSE(tiff_pages(as_bytes(chain(3, 0, big_endian)), 10).broken);
    CHECK(tiff_pages(as_bytes(chain(30, 0, big_endian)), 10).count == 10);
  }
}

TEST_CASE("a chain that turns back or leaves the file is broken") {
  CHECK(tiff_pages(as_bytes(chain(3, 8)), 10).broken);
  CHECK(tiff_pages(as_bytes(chain(3, 8)), 10).count == 3);
  CHECK(tiff_pages(as_bytes(chain(3, 20)), 10).broken);
  CHECK(tiff_pages(as_bytes(chain(3, 0xFFFFFFFF)), 10).broken);
  CHECK(tiff_pages(as_bytes(std::string("II*\0", 4)), 10).count == 0);
  const std::string big = "II" + number(43, 2, false) + number(8, 2, false) + number(0, 2, false) +
                          number(16, 8, false) + number(~0ULL, 8, false);
  CHECK(tiff_pages(as_bytes(big), 10).broken);
}

TEST_CASE("what is unpacked at once is a strip, and the page where nothing is said") {
  struct Entry {
    unsigned tag, type, value;
  };
  const auto directory = [](const std::vector<Entry>& entries, bool big_endian) {
    const auto u = [&](std::uint64_t value, std::size_t size) {
      return number(value, size, big_endian);
    };
    std::string tiff = (big_endian ? "MM" : "II") + u(42, 2) + u(8, 4) + u(entries.size(), 2);
    for (const Entry& entry : entries)
      tiff += u(entry.tag, 2) + u(entry.type, 2) + u(1, 4) +
              (entry.type == 3 ? u(entry.value, 2) + u(0xFFFF, 2) : u(entry.value, 4));
    return tiff + u(0, 4);
  };
  const auto rows = [](const std::string& tiff) { return tiff_strip(as_bytes(tiff), 0, 80); };
  for (const bool big_endian : {false, true}) {
    CHECK(rows(directory({{278, 3, 8}}, big_endian)) == 8);
    CHECK(rows(directory({{256, 3, 100}, {278, 4, 0xFFFFFFFF}}, big_endian)) == 80);
    CHECK(rows(directory({{278, 2, 8}}, big_endian)) == 80);  // no number
  }
  CHECK(rows(chain(1, 0)) == 80);
  CHECK(tiff_strip(as_bytes(chain(2, 0)), 5, 80) == 80);
  CHECK(rows("") == 80);
}

}  // namespace huxin::extract::test
