#include "agent/extract/archive/archive_kind.hpp"

#include <algorithm>

namespace huxin::extract {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t at;
  std::string_view bytes;
  ArchiveKind kind;
};

constexpr Magic kMagic[] = {
    {0, "PK\x03\x04"sv, ArchiveKind::kZip},
    {0, "PK\x05\x06"sv, ArchiveKind::kZip},  // of nothing
    {0, "PK\x07\x08"sv, ArchiveKind::kZip},  // of one volume that was to be several
    {0, "7z\xBC\xAF\x27\x1C"sv, ArchiveKind::kSevenZip},
    {0, "Rar!\x1A\x07"sv, ArchiveKind::kRar},
    {257, "ustar"sv, ArchiveKind::kTar},
    {0, "MSCF\0\0\0\0"sv, ArchiveKind::kCab},
    {32769, "CD001"sv, ArchiveKind::kIso},
    {0, "\x1F\x8B\x08"sv, ArchiveKind::kGzip},
    {0, "BZh"sv, ArchiveKind::kBzip2},
    {0, "\xFD\x37zXZ\0"sv, ArchiveKind::kXz},
    {0, "\x28\xB5\x2F\xFD"sv, ArchiveKind::kZstd},
    {0, "\x04\x22\x4D\x18"sv, ArchiveKind::kLz4},
    {0, "\x1F\x9D"sv, ArchiveKind::kCompress},
};

constexpr std::string_view kBlock = "1AY&SY";  // of bzip2, behind "BZh" and the level

}  // namespace

std::optional<ArchiveKind> archive_kind(std::string_view head) {
  const auto found = std::ranges::find_if(kMagic, [&](const Magic& magic) {
    return head.size() > magic.at && head.substr(magic.at).starts_with(magic.bytes);
  });
  if (found == std::ranges::end(kMagic)) return std::nullopt;
  // A text may begin with BZh.
  if (found->kind == ArchiveKind::kBzip2 && (head.size() < 10 || head.substr(4, 6) != kBlock))
    return std::nullopt;
  return found->kind;
}

std::string_view to_string(ArchiveKind kind) {
  constexpr std::string_view kNames[] = {"zip",  "7z",    "rar", "tar",  "cab", "iso",
                                         "gzip", "bzip2", "xz",  "zstd", "lz4", "compress"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view unpacked_name(std::string_view name) {
  constexpr std::string_view kEndings[] = {".gz", ".bz2", ".xz", ".zst", ".lz4", ".Z"};
  for (const std::string_view ending : kEndings) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

}  // namespace huxin::extract
