#pragma once
#include <zlib.h>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace huxin::test {

inline constexpr const char* kPngMark = "\x89PNG\r\n\x1a\n";

inline std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

inline std::string chunk(const std::string& type, const std::string& data) {
  const std::string body = type + data;
  const auto sum =
      ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + body +
         big_endian(static_cast<std::uint32_t>(sum));
}

inline std::string packed(const std::string& data, int level = Z_DEFAULT_COMPRESSION) {
  std::string packed(::compressBound(data.size()), '\0');
  uLongf length = packed.size();
  if (::compress2(reinterpret_cast<Bytef*>(packed.data()), &length,
                  reinterpret_cast<const Bytef*>(data.data()), data.size(), level) != Z_OK)
    throw std::runtime_error("deflate");
  packed.resize(length);
  return packed;
}

inline std::string packed_zeros(std::size_t size) { return packed(std::string(size, '\0')); }

inline std::string ihdr(std::uint32_t width, std::uint32_t height, char type,
                        bool interlaced = false) {
  return chunk("IHDR", big_endian(width) + big_endian(height) + '\x08' + type +
                           std::string(2, '\0') + static_cast<char>(interlaced));
}

/// Of colours where `type` is 2, of grey where it is 0.
inline std::string png(std::uint32_t width, std::uint32_t height, char type,
                       const std::string& data, bool interlaced = false) {
  return kPngMark + ihdr(width, height, type, interlaced) + chunk("IDAT", data) + chunk("IEND", "");
}

/// Rows of `width` shades of grey; `before` are chunks between the header and the data.
inline std::string grey_png(std::uint32_t width, const std::string& pixels,
                            const std::string& before = "") {
  std::string rows;
  for (std::size_t at = 0; at < pixels.size(); at += width) rows += '\0' + pixels.substr(at, width);
  const auto height = static_cast<std::uint32_t>(pixels.size() / width);
  return kPngMark + ihdr(width, height, 0) + before + chunk("IDAT", packed(rows)) +
         chunk("IEND", "");
}

}  // namespace huxin::test
