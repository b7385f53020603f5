#include "agent/extract/byte_reader.hpp"
#include "agent/extract/database/sqlite.hpp"
#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/office/plain_number.hpp"
#include "agent/extract/sniff.hpp"
#include "agent/extract/text/words.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kShortText = 4096;  // a longer blob is content of its own
constexpr std::size_t kShortBlob = 256;   // a key or a digest: nothing that anybody could read
constexpr int kName = 1, kHidden = 6;     // columns of table_xinfo
constexpr std::int64_t kComputed = 2;     // a generated column that is not stored

/// Bytes of all pages by the header's count; 0 where that is old, and the file's length counts.
std::size_t pages_size(ByteView content) {
  if (content.size() < 100) return 0;
  const bool current = std::ranges::equal(content.subspan(24, 4), content.subspan(92, 4));
  const std::size_t page = ByteReader(content, 16).u16be();
  const std::size_t pages = ByteReader(content, 28).u32be();
  return current ? pages * (page == 1 ? 65536 : page) : 0;
}

/// Reads the tables that are stored, one after another.
class SqliteReader {
 public:
  SqliteReader(ByteView content, const std::string& where, Extraction& extraction)
      : content_(content),
        file_(content, extraction),
        where_(where),
        extraction_(extraction),
        writer_(where, extraction) {}

  void read() {
    for (const std::string& table : tables()) {
      if (extraction_.stopped()) break;
      extraction_.enter_member();
      read_table(table);
    }
    writer_.flush();
    read_behind();
  }

 private:
  /// What stands behind the pages that the header counts is no part of the database, but in the
  /// file (https://sqlite.org/fileformat2.html, 1.3).
  void read_behind() {
    const std::size_t size = pages_size(content_);
    if (size == 0 || size >= content_.size() || extraction_.stopped()) return;
    const ByteView rest = content_.subspan(size);
    const bool blank = std::ranges::all_of(rest, [](std::uint8_t byte) { return byte == 0; });
    if (!blank) read_any(rest, where_ + "!behind", extraction_);
  }

  /// A virtual table has no page of its own, a view neither.
  std::vector<std::string> tables() {
    std::vector<std::string> names;
    SqliteRows rows =
        file_.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0");
    while (rows.next()) names.push_back(rows.text(0));
    return names;
  }

  /// Those that are stored: a computed one says nothing new, and would be computed here.
  std::vector<std::string> columns(const std::string& table) {
    std::vector<std::string> names;
    SqliteRows rows = file_.query(fmt::format("PRAGMA table_xinfo({})", quoted_name(table)));
    while (rows.next()) {
      const SqliteValue hidden = rows.value(kHidden);
      const auto* const kind = std::get_if<std::int64_t>(&hidden);
      if (kind == nullptr || *kind != kComputed) names.push_back(rows.text(kName));
    }
    return names;
  }

  void read_table(const std::string& table) {
    table_ = words_utf8(table);
    const std::vector<std::string> names = columns(table);
    if (names.empty()) return;
    std::string query = "SELECT ";
    for (const std::string& name : names) query += quoted_name(name) + ',';
    query.back() = ' ';
    // Without an index, which may hold the columns in another order of rows.
    query += fmt::format("FROM main.{} NOT INDEXED", quoted_name(table));
    writer_.group(table_);
    for (std::size_t i = 0; i < names.size(); ++i)
      writer_.cell(0, static_cast<std::uint32_t>(i), words_utf8(names[i]));
    SqliteRows rows = file_.query(query);
    for (std::uint32_t row = 1; rows.next() && row < UINT32_MAX; ++row) read_row(rows, row);
    writer_.end_table();
  }

  void read_row(const SqliteRows& rows, std::uint32_t row) {
    for (int column = 0; column < rows.columns(); ++column) {
      const auto index = static_cast<std::uint32_t>(column);
      const SqliteValue value = rows.value(column);
      if (const auto* const whole = std::get_if<std::int64_t>(&value)) {
        writer_.cell(row, index, fmt::format_int(*whole).c_str());
      } else if (const auto* const real = std::get_if<double>(&value)) {
        writer_.cell(row, index, plain_number(fmt::format("{}", *real)));
      } else if (const auto* const text = std::get_if<std::string_view>(&value)) {
        writer_.cell(row, index, words_utf8(*text));
      } else if (const auto* const blob = std::get_if<SqliteBlob>(&value)) {
        read_blob(blob->bytes, row, index);
      }
    }
  }

  /// A file is read as one; a short text is a cell's; a short binary is passed over.
  void read_blob(ByteView blob, std::uint32_t row, std::uint32_t column) {
    if (blob.empty()) return;
    const Sniffed sniffed = sniff(blob);
    if (sniffed.format == Format::kUnknown && blob.size() < kShortBlob) return;
    if (sniffed.encoding != text::Encoding::kBinary && blob.size() < kShortText) {
      writer_.cell(row, column, text::decode(blob, sniffed.encoding).text);
      return;
    }
    extraction_.enter_member();
    if (extraction_.stopped()) return;
    const std::string cell = text::column_name(column) + std::to_string(std::uint64_t{row} + 1);
    read_any(blob, fmt::format("{}!{}!{}", where_, table_, cell), extraction_);
  }

  ByteView content_;
  SqliteFile file_;
  const std::string& where_;
  Extraction& extraction_;
  DocumentWriter writer_;
  std::string table_;
};

}  // namespace

void read_sqlite(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  SqliteReader(content, where, extraction).read();
}

}  // namespace huxin::extract
