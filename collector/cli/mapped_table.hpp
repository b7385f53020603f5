#pragma once
#include <filesystem>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"

namespace huxin::collector::cli {

/// A regular file mapped for reading, however long: pages come and go as they are read. Our own
/// user's: nobody else should shorten it meanwhile (that ends the process).
class MappedTable {
 public:
  static Result<MappedTable> open(const std::filesystem::path& path);
  MappedTable(MappedTable&& other) noexcept;
  MappedTable& operator=(MappedTable&&) = delete;
  ~MappedTable();

  ByteView bytes() const { return bytes_; }

 private:
  explicit MappedTable(ByteView bytes) : bytes_(bytes) {}
  ByteView bytes_;
};

}  // namespace huxin::collector::cli
