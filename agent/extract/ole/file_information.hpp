#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Where the parts of a letter are: its file information block, [MS-DOC] 2.5. Offsets are bytes of
/// the table stream unless it says otherwise.
struct FileInformation {
  struct Place {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };

  bool encrypted = false;
  bool old = false;           ///< of Word 6 or 95: text is `bytes` of the main stream
  bool second_table = false;  ///< the table stream is "1Table", not "0Table"
  std::uint16_t language = 0;
  Place bytes;            ///< of the main stream: where text begins, and how much of it there is
  Place paragraph_pages;  ///< PlcfBtePapx
  Place pieces;           ///< Clx
  /// Characters of the main text, footnotes, headers, macros, comments, endnotes, text boxes, and
  /// text boxes of headers, which follow each other.
  std::array<std::uint32_t, 8> characters{};
};

/// Nullopt for what is no such block.
std::optional<FileInformation> read_file_information(ByteView main_stream);

/// As much of a place as the stream has.
ByteView at_place(ByteView stream, FileInformation::Place place);

}  // namespace huxin::extract
