#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::extract {

/// The archives and compressed files that are read.
enum class ArchiveKind : std::uint8_t {
  kZip,
  kSevenZip,
  kRar,  ///< 1.5 to 5; not one of several volumes
  kTar,
  kCab,
  kIso,
  kGzip,
  kBzip2,
  kXz,
  kZstd,
  kLz4,
  kCompress,
};

/// Tells an archive by what it begins with (APPNOTE 6.3.10, POSIX.1 ustar, RFC 1952, RFC 8878,
/// ECMA-119, [MS-CAB]); of an ISO the first 32,774 bytes are needed. Nullopt for anything else.
std::optional<ArchiveKind> archive_kind(std::string_view head);

/// The name of the format: "zip", "7z", "gzip", …
std::string_view to_string(ArchiveKind kind);

/// Says whether it is one compressed file, which may hold a TAR.
constexpr bool is_compressed_file(ArchiveKind kind) { return kind >= ArchiveKind::kGzip; }

/// A compressed file's name without the ending that says so: "客户.csv" of "客户.csv.gz". The name
/// as it is where it has none.
std::string_view unpacked_name(std::string_view name);

}  // namespace huxin::extract
