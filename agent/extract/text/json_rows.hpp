#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/extract/document_writer.hpp"

namespace huxin::extract {

/// Tells the arrays of JSON that are rows of a table from those that are lists, and writes both:
/// `[["姓名","手机"],["张伟","138…"]]`, `{"columns":["姓名",…],"rows":[["张伟",…]]}`, and lines of
/// such arrays. A row is an array of strings and numbers alone that stands in another array, or on
/// a line of its own, and has as many as the heading before it; the heading is an array of short
/// strings. Everything else becomes lines "key: value".
///
/// An array is held until its end, up to 256 values or 16 KiB; longer ones are lists. Borrows the
/// writer; finish() at the end, or what was held is lost.
class JsonRows {
 public:
  explicit JsonRows(DocumentWriter& writer) : writer_(writer) {}

  /// An array begins. `group`: its path; `label`: the key that its elements go by; `inside`:
  /// whether it stands in another array or by itself.
  void begin(std::string group, std::string label, bool inside);
  /// Takes a value of the array that began last; false: none is held, the value is no array's.
  /// Nothing (null, true) only keeps its column free.
  bool take(std::string_view value, bool text);
  /// What is held has something inside it and is no row.
  void give_up();
  /// The array that began last ends.
  void end();
  /// A value was written elsewhere, or the document ends: a heading that had no rows is a list.
  void finish() { settle_heading(); }

 private:
  struct Row {
    std::string group;
    std::string label;
    std::vector<std::string> cells;
    std::size_t bytes = 0;
    bool inside = false;
    bool texts = true;  ///< no numbers among them
  };

  bool reads_like_heading(const Row& row) const;
  void write_lines(const Row& row);
  void write_cells(const Row& row);
  void settle_heading();

  DocumentWriter& writer_;
  std::optional<Row> held_;
  std::optional<Row> heading_;
  bool pending_ = false;  ///< the heading is not written yet
  bool table_ = false;    ///< the heading is above rows
  std::uint32_t row_ = 0;
};

}  // namespace huxin::extract
