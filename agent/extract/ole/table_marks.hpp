#pragma once
#include <cstdint>
#include <vector>

#include "agent/extract/extraction.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Which paragraphs of a letter stand in a table, and which of them end a row: their text alone
/// does not tell the end of a row from an empty cell.
class TableMarks {
 public:
  enum class Mark : std::uint8_t { kOutside, kInCell, kEndOfRow };

  /// `pages`: the PlcfBtePapx ([MS-DOC] 2.8.6), which names pages of the main stream. Broken pages
  /// say nothing.
  TableMarks(ByteView main_stream, ByteView pages, Extraction& extraction);

  /// Of the paragraph that holds a byte of the main stream.
  Mark at(std::size_t offset) const;
  /// The letter says nothing of its paragraphs.
  bool unknown() const { return unknown_; }

 private:
  struct Run {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    Mark mark = Mark::kOutside;
  };

  void read_page(ByteView page);

  std::vector<Run> runs_;  ///< those in tables, by their beginning
  bool unknown_ = true;
};

}  // namespace huxin::extract
