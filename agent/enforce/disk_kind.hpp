#pragma once
#include <cstdint>
#include <string>

namespace huxin::enforce {

/// What overwriting a file in place means on the file system it is on.
enum class DiskKind : std::uint8_t {
  kInPlace,      ///< ext4, XFS, FAT, NTFS: the same blocks are written, as far as the device does
  kCopyOnWrite,  ///< btrfs, ZFS, overlay, F2FS…: new blocks are written, the old ones are left over
  kMemory,       ///< tmpfs: there is no disk, but for swap
  kNetwork,      ///< NFS, SMB, FUSE: what is done is done by another machine or program
  kUnknown,
};

struct Disk {
  DiskKind kind = DiskKind::kUnknown;
  std::string name;  ///< "ext4", or the magic number in hex
};
/// The file system an open file is on. By the magic number of fstatfs; kUnknown, named "unknown",
/// when even that fails.
Disk disk_of(int file);

/// What overwriting promises on it, in one sentence, Chinese and English; empty where it promises
/// as much as it can.
std::string warning(const Disk& disk);

}  // namespace huxin::enforce
