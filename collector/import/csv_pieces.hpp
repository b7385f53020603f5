#pragma once
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/text/decode.hpp"

namespace huxin::imports {

/// Cuts a table that is too long to be held into pieces of whole rows, decoded. Borrows the bytes.
///
/// UTF-8 with or without a mark, UTF-16 with one, else GB18030; in all of them a line's end and a
/// quote are units of their own, so that rows can be told apart before they are decoded.
class CsvPieces {
 public:
  explicit CsvPieces(ByteView table);

  bool at_end() const { return at_ >= table_.size(); }
  /// Bytes handed out so far.
  std::size_t done() const { return at_; }
  /// The next rows, some 4 MiB of them; valid until the next call. kInvalid: a quote that is not
  /// closed within 64 MiB, or bytes that are no text of the encoding, with the line they stand on.
  Result<std::string_view> next();

 private:
  bool utf16() const {
    return encoding_ == text::Encoding::kUtf16le || encoding_ == text::Encoding::kUtf16be;
  }
  std::size_t unit() const { return utf16() ? 2 : 1; }
  /// The character of a unit; anything beyond ASCII is 0.
  char at(std::size_t offset) const;
  std::size_t piece_end() const;
  /// Line ends before an offset that is behind a unit.
  std::size_t lines_before(std::size_t offset) const;

  std::string_view table_;
  text::Encoding encoding_ = text::Encoding::kUtf8;
  std::size_t at_ = 0;
  std::string decoded_;
};

}  // namespace huxin::imports
