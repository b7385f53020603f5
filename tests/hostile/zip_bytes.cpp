// ZIP archives byte by byte: what no tool writes.
#include <zlib.h>

#include "tests/hostile/little_endian.hpp"
#include "tests/hostile/packing.hpp"

namespace huxin::hostile {

namespace {

enum Method : std::uint16_t { kStored = 0, kDeflate = 8 };

/// What the local header and the directory both tell of a member.
struct Described {
  std::string name;
  std::uint16_t method = kDeflate;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0, unpacked = 0;

  bool large() const { return packed > 0xFFFFFFFEU || unpacked > 0xFFFFFFFEU; }
  std::string extra() const {
    return large() ? u16(1) + u16(16) + u64(unpacked) + u64(packed) : "";
  }
  /// From the version needed to the lengths of name and extra field.
  std::string common() const {
    constexpr std::uint32_t kSeeExtra = 0xFFFFFFFF;
    return u16(large() ? 45 : 20) + u16(0) + u16(method) + u32(0) + u32(crc) +
           u32(large() ? kSeeExtra : static_cast<std::uint32_t>(packed)) +
           u32(large() ? kSeeExtra : static_cast<std::uint32_t>(unpacked)) +
           u16(static_cast<std::uint16_t>(name.size())) +
           u16(static_cast<std::uint16_t>(extra().size()));
  }
  std::string local() const { return "PK\x03\x04" + common() + name + extra(); }
  std::string listed(std::size_t at) const {
    return "PK\x01\x02" + u16(45) + common() + u16(0) + u16(0) + u16(0) + u32(0) +
           u32(static_cast<std::uint32_t>(at)) + name + extra();
  }
};

std::string closed(std::string archive, const std::string& directory, std::size_t count) {
  const auto at = static_cast<std::uint32_t>(archive.size());
  const auto entries = static_cast<std::uint16_t>(count);
  return std::move(archive) + directory + "PK\x05\x06" + u16(0) + u16(0) + u16(entries) +
         u16(entries) + u32(static_cast<std::uint32_t>(directory.size())) + u32(at) + u16(0);
}

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::string zip_of_described(const std::vector<std::pair<Described, std::string>>& members) {
  std::string archive;
  std::string directory;
  for (const auto& [described, bytes] : members) {
    directory += described.listed(archive.size());
    archive += described.local() + bytes;
  }
  return closed(std::move(archive), directory, members.size());
}

}  // namespace

std::string zip_of_deflated(const std::vector<ZipMember>& members) {
  std::vector<std::pair<Described, std::string>> described;
  for (const auto& [name, content] : members) {
    described.push_back(
        {{name, kDeflate, content.crc, content.bytes.size(), content.size}, content.bytes});
  }
  return zip_of_described(described);
}

std::string zip_stored(const std::vector<std::pair<std::string, std::string>>& members) {
  std::vector<std::pair<Described, std::string>> described;
  for (const auto& [name, content] : members)
    described.push_back(
        {{name, kStored, crc_of(content), content.size(), content.size()}, content});
  return zip_of_described(described);
}

std::string overlapping_zip(std::size_t count, std::size_t mebibytes) {
  const Deflated kernel = deflated_run('\0', mebibytes);
  std::vector<Described> files(count);
  std::vector<std::string> quotes(count);  // the stored block that quotes the header of the next
  for (std::size_t i = count; i-- > 0;) {
    Described& file = files[i];
    file.name = std::to_string(1'000'000 + i);
    if (i + 1 == count) {
      file = {file.name, kDeflate, kernel.crc, kernel.bytes.size(), kernel.size};
      continue;
    }
    const Described& next = files[i + 1];
    const std::string header = next.local();
    const auto length = static_cast<std::uint16_t>(header.size());
    quotes[i] = std::string(1, '\0') + u16(length) + u16(static_cast<std::uint16_t>(~length));
    file.crc = static_cast<std::uint32_t>(
        ::crc32_combine(crc_of(header), next.crc, static_cast<z_off_t>(next.unpacked)));
    file.packed = quotes[i].size() + header.size() + next.packed;
    file.unpacked = header.size() + next.unpacked;
  }
  std::string archive;
  std::string directory;
  for (std::size_t i = 0; i < count; ++i) {
    directory += files[i].listed(archive.size());
    archive += files[i].local() + quotes[i];
  }
  return closed(archive + kernel.bytes, directory, count);
}

}  // namespace huxin::hostile
