#include "agent/enforce/disk_kind.hpp"

#include <sys/vfs.h>

#include <array>

#include <fmt/format.h>

namespace huxin::enforce {
namespace {

struct Known {
  std::uint32_t magic;
  DiskKind kind;
  const char* name;
};

/// From <linux/magic.h> and the kernel's file systems; written out, because each kernel's header
/// lacks some.
constexpr std::array<Known, 22> kKnown{{
    {0xef53, DiskKind::kInPlace, "ext4"},
    {0x58465342, DiskKind::kInPlace, "xfs"},
    {0x3153464a, DiskKind::kInPlace, "jfs"},
    {0x4d44, DiskKind::kInPlace, "vfat"},
    {0x2011bab0, DiskKind::kInPlace, "exfat"},
    {0x7366746e, DiskKind::kInPlace, "ntfs3"},
    {0x5346544e, DiskKind::kInPlace, "ntfs"},
    {0x9123683e, DiskKind::kCopyOnWrite, "btrfs"},
    {0x2fc12fc1, DiskKind::kCopyOnWrite, "zfs"},
    {0xca451a4e, DiskKind::kCopyOnWrite, "bcachefs"},
    {0xf2f52010, DiskKind::kCopyOnWrite, "f2fs"},
    {0x3434, DiskKind::kCopyOnWrite, "nilfs2"},
    {0x794c7630, DiskKind::kCopyOnWrite, "overlay"},
    {0x01021994, DiskKind::kMemory, "tmpfs"},
    {0x858458f6, DiskKind::kMemory, "ramfs"},
    {0x6969, DiskKind::kNetwork, "nfs"},
    {0xff534d42, DiskKind::kNetwork, "cifs"},
    {0xfe534d42, DiskKind::kNetwork, "smb2"},
    {0x517b, DiskKind::kNetwork, "smb"},
    {0x01021997, DiskKind::kNetwork, "9p"},
    {0x65735546, DiskKind::kNetwork, "fuse"},
    {0x00c36400, DiskKind::kNetwork, "ceph"},
}};

}  // namespace

Disk disk_of(int file) {
  struct statfs info{};
  if (::fstatfs(file, &info) != 0) return {.kind = DiskKind::kUnknown, .name = "unknown"};
  const auto magic = static_cast<std::uint32_t>(info.f_type);
  for (const Known& known : kKnown) {
    if (known.magic == magic) return {.kind = known.kind, .name = known.name};
  }
  return {.kind = DiskKind::kUnknown, .name = fmt::format("{:#x}", magic)};
}

std::string warning(const Disk& disk) {
  switch (disk.kind) {
    case DiskKind::kInPlace:
    case DiskKind::kMemory:
      return {};
    case DiskKind::kCopyOnWrite:
      return fmt::format(
          "{} 为写时复制文件系统，旧数据块可能留存; {} writes copies: old blocks may remain",
          disk.name, disk.name);
    case DiskKind::kNetwork:
      return fmt::format(
          "{} 由其他主机或程序存储，覆写效果不可知; {} is kept by another machine or program, "
          "which "
          "may keep the old content",
          disk.name, disk.name);
    case DiskKind::kUnknown:
      return fmt::format("文件系统 {} 的覆写效果不可知; what overwriting does on {} is not known",
                         disk.name, disk.name);
  }
  return {};
}

}  // namespace huxin::enforce
