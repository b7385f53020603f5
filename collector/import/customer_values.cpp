#include "collector/import/customer_values.hpp"

#include <algorithm>

#include "collector/import/csv_cells.hpp"
#include "collector/import/csv_pieces.hpp"
#include "policy/detect/same_value.hpp"
#include "policy/text/normalise.hpp"

namespace huxin::imports {
namespace {

using catalog::ElementId;
using Named = std::span<const std::pair<std::string, ElementId>>;

constexpr std::size_t kMostColumns = 256;
constexpr std::size_t kShortestNumber = 5;  // bytes; "无", "-", "0" and "N/A" are no values
constexpr std::size_t kLongestValue = 1024;
constexpr std::string_view kDelimiters = ",\t;";

bool may_be_taken(const catalog::Element& element) {
  return element.level < catalog::Level::kC3 && detect::kind_of(element.id).has_value();
}

bool is_named(const catalog::Element& element, const std::string& header) {
  return header == folded(to_string(element.id)) || header == folded(element.name) ||
         header == folded(element.zh) || header == folded(element.en);
}

/// The delimiter that the first row has most of.
char delimiter_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return *std::ranges::max_element(
      kDelimiters, {}, [&](char delimiter) { return std::ranges::count(line, delimiter); });
}

/// Reads one table; its steps in order.
class ValueReader {
 public:
  ValueReader(Named named, const catalog::Catalog& catalog, known::ExactBuilder& into)
      : named_(named), catalog_(catalog), into_(into) {}

  /// The first piece begins with the header.
  Status take(std::string_view piece) {
    if (width_ == 0) delimiter_ = delimiter_of(piece);
    CsvCells cells(piece, delimiter_);
    if (width_ == 0 && !cells.at_end()) {
      if (const Status read = read_header(cells); !read) return read;
    }
    while (!cells.at_end()) {
      if (const Status taken = take_row(cells); !taken) return taken;
    }
    line_ += cells.line() - 1;
    return {};
  }

  CustomerValues finish() { return std::move(out_); }

 private:
  Status read_header(CsvCells& cells) {
    if (const auto fault = cells.next(row_, kMostColumns))
      return fail(Errc::kInvalid, "the header: {}", fault->en);
    width_ = row_.size();
    for (const CsvCell& cell : row_) {
      const auto element = element_of(cell.text);
      if (element) {
        out_.columns.push_back(
            {.place = cell.column, .header = std::string(trimmed(cell.text)), .element = *element});
      } else {
        out_.left_out.emplace_back(trimmed(cell.text));
      }
    }
    return check_columns();
  }

  std::optional<ElementId> element_of(std::string_view header) const {
    if (named_.empty()) return element_of_header(header, catalog_);
    const auto found = std::ranges::find(named_, folded(header),
                                         [](const auto& each) { return folded(each.first); });
    return found == named_.end() ? std::nullopt : std::optional(found->second);
  }

  Status check_columns() const {
    for (const auto& [header, element] : named_) {
      const catalog::Element* const known = catalog_.find(element);
      if (known == nullptr || !may_be_taken(*known)) {
        return fail(Errc::kInvalid,
                    "column {}: {} cannot be known: authentication data (C3) is never listed, and "
                    "other elements need a recogniser",
                    header, to_string(element));
      }
      const bool there = std::ranges::any_of(out_.columns, [&](const ValueColumn& column) {
        return folded(column.header) == folded(header);
      });
      if (!there) return fail(Errc::kInvalid, "the table has no column {}", header);
    }
    const bool numbers = std::ranges::any_of(
        out_.columns, [](const ValueColumn& column) { return !known::is_shared(column.element); });
    if (numbers) return {};
    return fail(Errc::kInvalid,
                "no column names a number of customers, such as 身份证号 or 手机号; say which by "
                "--columns HEADER=D01");
  }

  Status take_row(CsvCells& cells) {
    const std::size_t line = cells.line();
    if (auto fault = cells.next(row_, kMostColumns)) {
      out_.faults.fault(line_ + fault->line - 1, fault->column, fault->zh, fault->en);
      return {};
    }
    if (std::ranges::all_of(row_, [](const CsvCell& c) { return trimmed(c.text).empty(); }))
      return {};
    if (row_.size() > width_) {
      out_.faults.fault(line_ + line - 1, width_ + 1,
                        fmt::format("本行有{}列，表头只有{}列", row_.size(), width_),
                        fmt::format("the row has {} cells, the header {}", row_.size(), width_));
      return {};
    }
    ++out_.rows;
    return add_row();
  }

  Status add_row() {
    numbers_.clear();
    shared_.clear();
    for (ValueColumn& column : out_.columns) {
      if (column.place > row_.size()) continue;
      if (auto value = value_of(row_[column.place - 1].text, column))
        (known::is_shared(column.element) ? shared_ : numbers_).push_back(*std::move(value));
    }
    for (const known::Value& number : numbers_) {
      if (const Status added = into_.add(number); !added) return added;
      for (const known::Value& each : shared_) {
        if (const Status added = into_.add(each, number); !added) return added;
      }
    }
    return {};
  }

  std::optional<known::Value> value_of(std::string_view cell, ValueColumn& column) const {
    const std::string_view text = trimmed(cell);
    if (text.empty()) return std::nullopt;
    const text::Normalised normal = text::normalise(text);
    const std::string value =
        detect::value_of(*detect::kind_of(column.element), trimmed(normal.view(text)));
    const bool fits = value.size() <= kLongestValue &&
                      (known::is_shared(column.element) || value.size() >= kShortestNumber);
    ++(fits ? column.taken : column.left_out);
    if (!fits) return std::nullopt;
    return detect::comparable(column.element, value);
  }

  Named named_;
  const catalog::Catalog& catalog_;
  known::ExactBuilder& into_;
  CustomerValues out_;
  char delimiter_ = ',';
  std::size_t width_ = 0;  ///< cells of the header; 0: not read yet
  std::size_t line_ = 1;   ///< at which the piece begins
  std::vector<CsvCell> row_;
  std::vector<known::Value> numbers_, shared_;
};

}  // namespace

std::optional<ElementId> element_of_header(std::string_view header,
                                           const catalog::Catalog& catalog) {
  const std::string wanted = folded(header);
  if (wanted.empty()) return std::nullopt;
  for (const catalog::Element& element : catalog.elements()) {
    if (may_be_taken(element) && is_named(element, wanted)) return element.id;
  }
  for (const catalog::Element& element : catalog.elements()) {
    const bool known = std::ranges::any_of(
        element.keywords, [&](const std::string& each) { return folded(each) == wanted; });
    if (may_be_taken(element) && known) return element.id;
  }
  return std::nullopt;
}

Result<CustomerValues> read_customer_values(ByteView table, Named named,
                                            const catalog::Catalog& catalog,
                                            known::ExactBuilder& into,
                                            const std::function<void(std::size_t)>& progress) {
  CsvPieces pieces(table);
  if (pieces.at_end()) return fail(Errc::kInvalid, "the table is empty");
  ValueReader reader(named, catalog, into);
  while (!pieces.at_end()) {
    const auto piece = pieces.next();
    if (!piece) return std::unexpected(piece.error());
    if (const Status taken = reader.take(*piece); !taken) return std::unexpected(taken.error());
    progress(pieces.done());
  }
  return reader.finish();
}

}  // namespace huxin::imports
