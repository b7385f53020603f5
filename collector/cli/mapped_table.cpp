#include "collector/cli/mapped_table.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <utility>

#include "policy/base/file.hpp"

namespace huxin::collector::cli {

Result<MappedTable> MappedTable::open(const std::filesystem::path& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file) return fail_errno("open " + path.string());
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return fail_errno("stat " + path.string());
  if (!S_ISREG(info.st_mode))
    return fail(Errc::kInvalid, "{} is not a regular file", path.string());
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size == 0) return MappedTable(ByteView{});
  void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (memory == MAP_FAILED) return fail_errno("map " + path.string());
  return MappedTable({static_cast<const std::uint8_t*>(memory), size});
}

MappedTable::MappedTable(MappedTable&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedTable::~MappedTable() {
  if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace huxin::collector::cli
