#pragma once
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// A stretch of a letter's text ([MS-DOC] 2.9.177): an editor that saved fast left text where it
/// was, and a table to say in which order it goes.
struct Piece {
  std::uint32_t begin = 0;  ///< first character …
  std::uint32_t end = 0;    ///< … and the one behind the last
  std::size_t offset = 0;   ///< byte of the main stream
  bool narrow = false;      ///< a byte each, Windows-1252; else UTF-16

  std::size_t width() const { return narrow ? 1 : 2; }
};

/// Reads the Clx of a letter ([MS-DOC] 2.9.38). Pieces of nothing are left out; empty where there
/// is no table.
std::vector<Piece> read_piece_table(ByteView clx);

}  // namespace huxin::extract
