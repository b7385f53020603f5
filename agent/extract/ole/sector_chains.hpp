#pragma once
#include <vector>

#include "agent/extract/extraction.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Follows the chains of sectors that the streams of a compound file are stored in ([MS-CFB] 2.2 to
/// 2.5): the allocation table, and the one of small streams within the root's stream.
///
/// One thread; borrows the bytes and the extraction. A chain is never followed for longer than the
/// file has sectors; one that breaks off loses "corrupt".
class SectorChains {
 public:
  SectorChains(ByteView content, Extraction& extraction);

  /// False when the header is none.
  bool valid() const { return shift_ != 0; }
  std::size_t size() const { return content_.size(); }  ///< of the file, in bytes
  std::uint32_t first_directory_sector() const { return first_directory_; }
  /// Sizes of streams are 32 bits wide in files of version 3; what stands above them is noise.
  bool wide_sizes() const { return shift_ == 12; }

  /// The whole chain, at most `limit` bytes.
  Bytes read_all(std::uint32_t first, std::size_t limit);
  /// A stream of the directory: `size` bytes, or as many as there are.
  Bytes read_stream(std::uint32_t first, std::uint64_t size);
  /// Where the small streams are, which the root's entry tells.
  void small_streams_at(std::uint32_t first, std::uint64_t size);

 private:
  using Table = std::vector<std::uint32_t>;

  std::vector<std::uint32_t> table_sectors(std::uint32_t first_more);
  void read_table(const std::vector<std::uint32_t>& sectors);
  ByteView sector(std::uint32_t index) const;
  Bytes follow(std::uint32_t first, std::size_t size, bool whole);
  Bytes follow_small(std::uint32_t first, std::size_t size);
  void read_small();

  ByteView content_;
  Extraction& extraction_;
  std::size_t shift_ = 0;  ///< of a sector's size
  std::size_t sectors_ = 0;
  std::uint32_t first_directory_ = 0;
  std::uint32_t first_small_table_ = 0;
  Table next_;
  // Read when the first small stream is.
  bool small_read_ = false;
  std::uint32_t small_start_ = 0;
  std::uint64_t small_size_ = 0;
  Bytes small_;
  Table small_next_;
};

}  // namespace huxin::extract
