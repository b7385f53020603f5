#pragma once
#include <string>
#include <vector>

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {

/// One record of a workbook stream ([MS-XLS] 2.1.4), without its header.
struct BiffRecord {
  std::uint16_t type = 0;
  std::size_t at = 0;  ///< of its header in the stream
  ByteView body;       ///< cut off where the stream ends
};

/// Reads what a record and the CONTINUE records behind it hold as one. Borrows the stream.
class ContinuedReader {
 public:
  explicit ContinuedReader(std::vector<ByteView> parts)
      : parts_(std::move(parts)), reader_(parts_.empty() ? ByteView{} : parts_[0]) {}

  std::uint8_t u8() { return fetched(1).u8(); }
  std::uint16_t u16() { return fetched(2).u16(); }
  std::uint32_t u32() { return fetched(4).u32(); }
  /// Passes over bytes, into the next part if need be.
  void skip(std::size_t size);
  /// Passes over what is left of the present part.
  void skip_part() { reader_.skip(reader_.left()); }
  /// Appends `count` characters. In every further part the characters begin with a byte that says
  /// anew whether they are wide, two bytes each ([MS-XLS] 2.5.293).
  void append_text(std::string& out, std::size_t count, bool wide);
  /// Something was asked that is not there.
  bool failed() const { return failed_ || reader_.failed(); }

 private:
  ByteReader& fetched(std::size_t size);
  bool next_part();

  std::vector<ByteView> parts_;
  std::size_t part_ = 0;
  ByteReader reader_;
  bool failed_ = false;
};

/// Walks the records of a stream, which it borrows.
class BiffReader {
 public:
  explicit BiffReader(ByteView stream) : reader_(stream) {}

  /// Gives the next record; false at the end.
  bool next(BiffRecord& record);
  /// The record last given together with the CONTINUE records behind it, which next() then passes
  /// over.
  ContinuedReader continued(const BiffRecord& record);
  /// The stream ended within a record.
  bool cut() const { return cut_; }

 private:
  ByteReader reader_;
  bool cut_ = false;
};

}  // namespace huxin::extract
