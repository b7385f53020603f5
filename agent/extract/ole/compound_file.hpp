#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/extract/extraction.hpp"
#include "agent/extract/ole/sector_chains.hpp"

namespace huxin::extract {

/// Opens a compound file ([MS-CFB]): folders, called storages, and files, called streams, in the
/// sectors of one file. Entry 0 is the root.
///
/// One thread; borrows the bytes and the extraction, to which it charges every stream read. What is
/// broken loses "corrupt" and is read as far as it goes: a chain that meets itself gives no more
/// than was told of it (which nothing shows), an entry that no storage holds is the root's, and
/// where a part of the allocation table is missing sectors are taken to follow each other. Of more
/// than 65,536 entries the rest is lost ("too_many_entries").
class CompoundFile {
 public:
  struct Entry {
    std::string
        name;  ///< UTF-8; the first character may be a control, as in "\5SummaryInformation"
    bool storage = false;
    std::uint32_t start = 0;              ///< first sector
    std::uint64_t size = 0;               ///< bytes, of a stream, as the directory tells
    std::vector<std::uint32_t> children;  ///< of a storage, in the order of the directory's tree
  };

  CompoundFile(ByteView content, Extraction& extraction);

  const Entry& entry(std::uint32_t index) const { return entries_[index]; }
  bool empty() const { return entries_.empty(); }
  /// A stream, or as much of it as there is; nothing once the extraction is stopped.
  Bytes read(const Entry& stream);

 private:
  struct Links {
    std::uint32_t left, right, child;
  };

  void read_directory(std::uint32_t first);
  void adopt_all();
  void adopt_children(std::uint32_t parent, std::vector<std::uint32_t>& storages);
  void adopt_orphans();
  bool take(std::uint32_t index);

  Extraction& extraction_;
  SectorChains chains_;
  std::size_t unpacked_ = 0;
  std::vector<Entry> entries_;
  std::vector<Links> links_;  ///< beside entries_; gone once the tree was walked
  std::vector<bool> taken_;   ///< the same
};

/// One storage of a compound file, by which readers look for what they know. Borrows the file.
class Storage {
 public:
  explicit Storage(CompoundFile& file, std::uint32_t index = 0) : file_(&file), index_(index) {}

  /// Names are compared as Windows does, ignoring (ASCII) case.
  bool has_stream(std::string_view name) const { return find(name, false).has_value(); }
  std::optional<Bytes> stream(std::string_view name) const;
  std::optional<Storage> storage(std::string_view name) const;
  std::vector<Storage> storages() const;
  std::vector<std::string> stream_names() const;
  const std::string& name() const { return file_->entry(index_).name; }

 private:
  std::optional<std::uint32_t> find(std::string_view name, bool storage) const;

  CompoundFile* file_;
  std::uint32_t index_;
};

}  // namespace huxin::extract
