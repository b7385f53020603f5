// A 7z byte by byte, of more than anybody would write.
#include <zlib.h>

#include "tests/hostile/little_endian.hpp"
#include "tests/hostile/packing.hpp"

namespace huxin::hostile {

namespace {

constexpr std::size_t kChunk = std::size_t{2} << 20U;  // the most that one LZMA2 chunk unpacks to

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::size_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

/// The first LZMA2 chunk of an XZ stream: 2 MiB of zeros that need nothing before them.
std::string chunk_of_zeros() {
  const std::string xz = compressed(std::string(kChunk, '\0'), Filter::kXz);
  const std::size_t begin = 12 + (byte_at(xz, 12) + 1) * 4;  // behind stream and block header
  const std::size_t packed = (byte_at(xz, begin + 3) << 8U) + byte_at(xz, begin + 4) + 1;
  return xz.substr(begin, 6 + packed);
}

/// 7z's NUMBER, in its longest form.
std::string number(std::uint64_t value) { return '\xFF' + u64(value); }

std::string header_of(std::uint64_t packed, std::uint64_t unpacked) {
  constexpr char kDictionary = 22;                                    // 8 MiB
  std::string header{1, 4};                                           // Header, MainStreamsInfo
  header += std::string{6, 0, 1, 9} + number(packed) + '\0';          // PackInfo: at 0, one stream
  header += std::string{7, 11, 1, 0, 1, 0x21, 0x21, 1, kDictionary};  // one folder of one LZMA2
  header += std::string{12} + number(unpacked) + '\0';
  header += std::string{8, 0, 0};                             // SubStreamsInfo; end of the streams
  header += std::string{5, 1, 17, 5, 0, 'z', 0, 0, 0, 0, 0};  // FilesInfo: one file, "z"
  return header;
}

}  // namespace

std::string seven_zip_of_zeros(std::size_t chunks) {
  const std::string packed = repeated(chunk_of_zeros(), chunks) + '\0';
  const std::string header = header_of(packed.size(), chunks * kChunk);
  const std::string start = u64(packed.size()) + u64(header.size()) + u32(crc_of(header));
  return std::string("7z\xBC\xAF\x27\x1C\0\4", 8) + u32(crc_of(start)) + start + packed + header;
}

}  // namespace huxin::hostile
