#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/text/decode.hpp"

namespace huxin::imports {

/// Cuts a table that is too long to be held into pieces of whole rows, decoded. Borrows the bytes.
///
/// UTF-8 with or without a mark, else GB18030; in both a line's end and a quote are bytes of their
/// own, so that rows can be told apart before they are decoded.
class CsvPieces {
 public:
  explicit CsvPieces(ByteView table);

  bool at_end() const { return at_ >= table_.size(); }
  /// Bytes handed out so far.
  std::size_t done() const { return at_; }
  /// The next rows, some 4 MiB of them; valid until the next call. kInvalid: a quote that is not
  /// closed within 64 MiB, or bytes that are no text of the encoding.
  Result<std::string_view> next();

 private:
  std::size_t piece_end() const;

  std::string_view table_;
  text::Encoding encoding_ = text::Encoding::kUtf8;
  std::size_t at_ = 0;
  std::string decoded_;
};

}  // namespace huxin::imports
