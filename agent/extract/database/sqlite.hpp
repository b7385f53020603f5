#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "agent/extract/extraction.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace huxin::extract {

/// A value of a cell, as SQLite stores it. Views live until the statement's next step.
struct SqliteBlob {
  ByteView bytes;
};
using SqliteValue =
    std::variant<std::monostate, std::int64_t, double, std::string_view, SqliteBlob>;

/// Rows of a query, one at a time. What breaks while stepping is lost by the extraction: "corrupt",
/// or "too_large" for a row longer than the file.
class SqliteRows {
 public:
  SqliteRows(sqlite3* database, const std::string& query, Extraction& extraction);
  ~SqliteRows();
  SqliteRows(const SqliteRows&) = delete;
  SqliteRows& operator=(const SqliteRows&) = delete;

  /// Goes to the next row; false at the end, when something broke, or when the extraction stopped.
  bool next();
  int columns() const;
  /// Text need not be UTF-8.
  SqliteValue value(int column) const;
  std::string text(int column) const;

 private:
  void lose(int code);

  sqlite3_stmt* statement_ = nullptr;
  Extraction& extraction_;
};

/// A database file in memory (https://sqlite.org/fileformat2.html), opened so that nothing in it is
/// run: read-only, defensive, its schema not trusted, no extensions, triggers, views or functions,
/// nothing but SELECT of columns and one pragma authorised, limits set, the extraction's clock
/// asked every 1,000 steps of the virtual machine. Needs no file system.
///
/// Borrows the bytes. A file in WAL mode, or shorter than its header says, is copied and its header
/// set right, for SQLite would not open it. One thread.
class SqliteFile {
 public:
  /// A file that cannot be opened loses "corrupt"; its queries give nothing.
  SqliteFile(ByteView content, Extraction& extraction);
  ~SqliteFile();
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;

  SqliteRows query(const std::string& query) { return {database_, query, extraction_}; }

 private:
  bool open(ByteView content);
  void harden(std::size_t size);

  Bytes copy_;
  sqlite3* database_ = nullptr;
  Extraction& extraction_;
};

/// A name of SQL in quotes.
std::string quoted_name(std::string_view name);

}  // namespace huxin::extract
