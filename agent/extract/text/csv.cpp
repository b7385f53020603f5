#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/text/csv_dialect.hpp"
#include "agent/extract/windows.hpp"

namespace huxin::extract {

namespace {

// A cell takes 32 bytes beside its text, and may have one character: windows are small.
constexpr std::size_t kTableWindow = kWindow / 4;

/// Turns decoded windows into tables in place: delimiters become tabs, nothing moves, so that
/// places stay bytes of the file. A quoted cell that straddles two windows is cut there.
class CsvReader {
 public:
  CsvReader(const std::string& where, Extraction& extraction)
      : where_(where), extraction_(extraction) {}

  void read(Window&& window) {
    if (!delimiter_) delimiter_ = csv_dialect(window.decoded.text, true).value_or(',');
    text::Document document;
    document.where = where_;
    document.layout = text::Layout::kTable;
    document.origin = std::move(window.decoded.origin);
    document.text = std::move(window.decoded.text);
    document.segments.reserve(segments_);
    const std::size_t heading = prepend_heading(document);
    if (first_) keep_heading(document);
    first_ = false;
    split(document, heading);
    segments_ = document.segments.size();
    extraction_.emit_window(std::move(document));
  }

 private:
  void split(text::Document& document, std::size_t heading) {
    std::vector<Span> cells;
    for (std::size_t at = 0; at < document.text.size();) {
      cells.clear();
      const bool repeated = at < heading;
      const std::size_t begin = at;
      at = split_csv_row(document.text, at, *delimiter_, cells);
      part_by_tabs(document.text, {begin, at}, cells);
      add_row(document, cells, repeated ? 0 : row_);
      if (!repeated) ++row_;
    }
  }

  /// Those inside quoted cells stay.
  void part_by_tabs(std::string& text, const Span& row, const std::vector<Span>& cells) const {
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
      const std::size_t delimiter = text.find(*delimiter_, cells[i].end);
      if (delimiter < row.end) text[delimiter] = '\t';
    }
  }

  static void add_row(text::Document& document, const std::vector<Span>& cells, std::uint32_t row) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (cells[column].size() > 0) {
        document.segments.push_back({cells[column], row, static_cast<std::uint32_t>(column), 0});
      }
    }
  }

  /// As it stands in the file: split() parts it anew in each window.
  void keep_heading(const text::Document& document) {
    std::vector<Span> cells;
    const std::size_t end = split_csv_row(document.text, 0, *delimiter_, cells);
    const std::string row = document.text.substr(0, end);
    if (cells.size() > 1 && reads_like_heading(row)) heading_ = row;
  }

  /// Later windows repeat the heading row, mapped to nothing.
  std::size_t prepend_heading(text::Document& document) {
    if (heading_.empty()) return 0;
    text::OffsetMap origin;
    origin.start_at(document.origin.original({0, 0}).begin);
    origin.replaced(heading_.size(), 0);
    origin.then(document.origin, document.text.size());
    document.origin = std::move(origin);
    document.text.insert(0, heading_);
    return heading_.size();
  }

  const std::string& where_;
  Extraction& extraction_;
  std::optional<char> delimiter_;
  std::string heading_;
  std::uint32_t row_ = 0;
  std::size_t segments_ = 0;  ///< of the last window: the next one will hardly have fewer
  bool first_ = true;
};

}  // namespace

void read_csv(Source& source, text::Encoding encoding, const std::string& where,
              Extraction& extraction) {
  CsvReader reader(where, extraction);
  for_each_window(
      source, encoding, extraction, [&](Window&& window) { reader.read(std::move(window)); },
      kTableWindow);
}

}  // namespace huxin::extract
