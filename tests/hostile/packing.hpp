#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huxin::hostile {

std::string repeated(std::string_view piece, std::size_t times);

/// Content as one of DEFLATE (RFC 1951), of so many MiB of one character, without being made in
/// full: the same block again and again.
struct Deflated {
  std::string bytes;
  std::uint64_t size = 0;  ///< unpacked
  std::uint32_t crc = 0;
};
Deflated deflated_run(char of, std::size_t mebibytes);

/// One member of a ZIP (APPNOTE 6.3.10, 4.3 and 4.5.3), compressed already; the name is bytes.
struct ZipMember {
  std::string name;
  Deflated content;
};
std::string zip_of_deflated(const std::vector<ZipMember>& members);
/// The same, each stored as it is.
std::string zip_stored(const std::vector<std::pair<std::string, std::string>>& members);

/// RFC 1952, one member.
std::string gzip_of(const Deflated& content);

/// By libarchive's writers; the pieces of these formats may be strung together.
enum class Filter : std::uint8_t { kBzip2, kXz, kZstd, kGzip };
std::string compressed(std::string_view content, Filter filter);
/// A TAR of one file, compressed.
std::string tar_of(std::string_view name, std::string_view content, Filter filter);

/// A 7z of one file of zeros (7zFormat.txt): one LZMA2 chunk of 2 MiB so many times.
std::string seven_zip_of_zeros(std::size_t chunks);

/// A ZIP of `count` files that all end in one kernel of `mebibytes` zeros: each quotes the header
/// of the next in a stored block (D. Fifield, A better zip bomb, WOOT 2019).
std::string overlapping_zip(std::size_t count, std::size_t mebibytes);

}  // namespace huxin::hostile
