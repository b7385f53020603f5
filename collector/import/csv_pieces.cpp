#include "collector/import/csv_pieces.hpp"

#include <algorithm>

#include "policy/text/utf8.hpp"

namespace huxin::imports {
namespace {

constexpr std::size_t kPiece = std::size_t{4} << 20U;
constexpr std::size_t kLongestPiece = std::size_t{64} << 20U;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";

}  // namespace

CsvPieces::CsvPieces(ByteView table) : table_(as_text(table)) {
  if (table_.starts_with(kUtf8Mark)) at_ = kUtf8Mark.size();
  if (text::valid_utf8_prefix(table_) == table_.size()) return;
  encoding_ = text::Encoding::kGb18030;
  if (table_.starts_with(kUtf16LeMark)) encoding_ = text::Encoding::kUtf16le;
  if (table_.starts_with(kUtf16BeMark)) encoding_ = text::Encoding::kUtf16be;
  if (utf16()) at_ = kUtf16LeMark.size();
}

char CsvPieces::at(std::size_t offset) const {
  if (!utf16()) return table_[offset];
  if (offset + 1 >= table_.size()) return 0;
  const bool little = encoding_ == text::Encoding::kUtf16le;
  return table_[offset + (little ? 1 : 0)] == 0 ? table_[offset + (little ? 0 : 1)] : '\0';
}

/// Behind a line's end that is in no quotes: so many quotes stand before it that each is closed.
std::size_t CsvPieces::piece_end() const {
  bool quoted = false;
  const std::size_t limit = std::min(table_.size(), at_ + kLongestPiece);
  for (std::size_t end = at_; end < limit; end += unit()) {
    const char c = at(end);
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted && end - at_ >= kPiece) return end + unit();
  }
  return limit;
}

std::size_t CsvPieces::lines_before(std::size_t offset) const {
  std::size_t lines = 0;
  for (std::size_t each = utf16() ? kUtf16LeMark.size() : 0; each < offset; each += unit())
    lines += at(each) == '\n' ? 1 : 0;
  return lines;
}

Result<std::string_view> CsvPieces::next() {
  const std::size_t begin = at_;
  const std::size_t end = piece_end();
  const std::string_view raw = table_.substr(begin, end - begin);
  if (end < table_.size() && at(end - unit()) != '\n')
    return fail(Errc::kInvalid, "line {}: a quote on it or behind it is not closed",
                lines_before(begin) + 1);
  at_ = end;
  if (encoding_ == text::Encoding::kUtf8) return raw;
  text::Decoded decoded = text::decode(as_bytes(raw), encoding_);
  if (decoded.replaced > 0) {
    const std::string_view before =
        std::string_view(decoded.text).substr(0, decoded.text.find(text::kReplacement));
    return fail(
        Errc::kInvalid,
        "line {}: neither UTF-8 nor GB18030 text, nor UTF-16 with a mark; save it as CSV "
        "UTF-8",
        lines_before(begin) + 1 + static_cast<std::size_t>(std::ranges::count(before, '\n')));
  }
  decoded_ = std::move(decoded.text);
  return std::string_view(decoded_);
}

}  // namespace huxin::imports
