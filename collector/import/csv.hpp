#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"

/// Tables that people import at the collector. (`import` alone is a word of C++ modules.)
namespace huxin::imports {

/// A column that an import knows. A header cell names it by `name` or one of `aliases`; case,
/// blanks, '_', '-' and '*' do not count. An import's columns are constants of the program; two of
/// them must not share a name.
struct CsvColumn {
  std::string name;                  ///< "id_number"
  std::string zh;                    ///< "身份证号": accepted too, and shown in faults
  std::vector<std::string> aliases;  ///< further headers: "证件号码"
  bool required = true;              ///< false: the header may lack it, and cells may be empty
};

/// What is taken of a table at most; beyond it the import is refused.
struct CsvLimits {
  std::size_t bytes = std::size_t{16} << 20U;
  std::size_t rows = 100'000;  ///< without the header and empty rows
  std::size_t columns = 256;
  std::size_t cell = 4096;   ///< bytes of one cell
  std::size_t faults = 100;  ///< told; the rest is counted
};

/// One cell, trimmed. `column` counts cells from 1 as a spreadsheet does; 0: the table has no such
/// column, and the text is empty.
struct CsvCell {
  std::string text;
  std::size_t line = 0;
  std::size_t column = 0;
};

/// One row; `cells` stand in the order of the wanted columns, whatever the table's order is.
struct CsvRow {
  std::size_t line = 0;  ///< from 1; the line on which the row begins
  std::vector<CsvCell> cells;
};

/// One thing wrong in a table. The sentences name lines and columns, never what a cell holds. Both
/// languages are one sentence without a full stop.
struct CsvFault {
  std::size_t line = 0;    ///< from 1
  std::size_t column = 0;  ///< from 1; 0: the whole line
  std::string zh, en;
};

/// A table read whole and checked, with everything that is wrong in it; importers add their own
/// faults, and import only what is ok(): nothing is imported by halves.
///
/// Takes UTF-8 with or without a mark, GB18030 and UTF-16 with a mark; comma, tab or semicolon;
/// quotes by RFC 4180, and nothing looser: a stray quote is a fault, not a guess. Unknown columns
/// are left out. The bytes are hostile: nothing throws, and memory is a small multiple of their
/// size.
/// What does not decode is told by its line, and nothing else of the file is: no row is read then.
/// A header that lacks a required column ends reading too; behind it, every row is looked at.
class CsvTable {
 public:
  /// The delimiter is the one under which the first row names most of the wanted columns. Empty
  /// rows are skipped; cells at a row's end beyond the header must be empty.
  static CsvTable read(ByteView bytes, std::span<const CsvColumn> wanted,
                       const CsvLimits& limits = {});

  bool ok() const { return faults_.empty(); }
  /// Empty unless ok() held when reading ended. Cells are UTF-8 without control characters.
  const std::vector<CsvRow>& rows() const { return rows_; }
  const std::vector<CsvFault>& faults() const { return faults_; }
  /// How many faults there are beyond those listed.
  std::size_t more_faults() const { return more_; }

  /// Adds a fault that the importer found, at a cell.
  void fault(const CsvCell& cell, std::string zh, std::string en);
  void fault(std::size_t line, std::size_t column, std::string zh, std::string en);

  /// One line a fault, as compilers print them: "名单.csv:3:2: 中文 / English". `origin` is the
  /// file's name as its user gave it, and is not checked.
  std::string render(std::string_view origin) const;

 private:
  friend class CsvReader;
  std::vector<CsvRow> rows_;
  std::vector<CsvFault> faults_;
  std::size_t most_faults_ = 100;
  std::size_t more_ = 0;
};

}  // namespace huxin::imports
