#pragma once
#include <optional>

#include "agent/extract/archive/archive_kind.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// An archive behind something else.
struct AttachedArchive {
  ArchiveKind kind;
  ByteView content;  ///< of a ZIP all there is, since its places may count from either beginning
};

/// Finds an archive that is put behind content of another format, where programs that unpack find
/// it: a ZIP by its end of central directory in the last 64 KiB (APPNOTE 6.3.10, 4.3.16), and in a
/// program that unpacks itself ("MZ") a 7z or RAR in the first 2 MiB. Nullopt where there is none.
std::optional<AttachedArchive> attached_archive(ByteView content);

/// Says whether content begins as a program for Windows does ([MS-DOS] header, "MZ").
bool is_program(ByteView content);

}  // namespace huxin::extract
