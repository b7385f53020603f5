#include "collector/import/csv_pieces.hpp"

#include <algorithm>

#include "policy/text/utf8.hpp"

namespace huxin::imports {
namespace {

constexpr std::size_t kPiece = std::size_t{4} << 20U;
constexpr std::size_t kLongestPiece = std::size_t{64} << 20U;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

}  // namespace

CsvPieces::CsvPieces(ByteView table) : table_(as_text(table)) {
  if (table_.starts_with(kUtf8Mark)) at_ = kUtf8Mark.size();
  if (text::valid_utf8_prefix(table_) != table_.size()) encoding_ = text::Encoding::kGb18030;
}

/// Behind a line's end that is in no quotes: so many quotes stand before it that each is closed.
std::size_t CsvPieces::piece_end() const {
  bool quoted = false;
  const std::size_t limit = std::min(table_.size(), at_ + kLongestPiece);
  for (std::size_t end = at_; end < limit; ++end) {
    if (table_[end] == '"') quoted = !quoted;
    if (table_[end] == '\n' && !quoted && end - at_ >= kPiece) return end + 1;
  }
  return limit;
}

Result<std::string_view> CsvPieces::next() {
  const std::size_t end = piece_end();
  const std::string_view raw = table_.substr(at_, end - at_);
  if (end < table_.size() && raw.back() != '\n')
    return fail(Errc::kInvalid, "a quote at or behind byte {} is not closed", at_);
  at_ = end;
  if (encoding_ == text::Encoding::kUtf8) return raw;
  text::Decoded decoded = text::decode(as_bytes(raw), encoding_);
  if (decoded.replaced > 0) {
    return fail(Errc::kInvalid,
                "neither UTF-8 nor GB18030 text within the {} bytes before byte {}; save it as CSV "
                "UTF-8",
                raw.size(), end);
  }
  decoded_ = std::move(decoded.text);
  return std::string_view(decoded_);
}

}  // namespace huxin::imports
