#include <algorithm>
#include <array>
#include <charconv>

#include "agent/extract/formats.hpp"
#include "agent/extract/office/ooxml_part.hpp"
#include "agent/extract/office/package.hpp"
#include "agent/extract/office/plain_number.hpp"
#include "agent/extract/office/properties.hpp"
#include "agent/extract/office/workbook.hpp"

namespace huxin::extract {

namespace {

constexpr std::uint32_t kMaxColumn = 16'384;  // XFD
constexpr std::uint32_t kMaxRow = 1'048'576;

struct Place {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
};

/// Reads "B7" as row 6, column 1; nullopt for what is no cell of a sheet.
std::optional<Place> place_of(std::string_view reference) {
  std::uint32_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' &&
         column <= kMaxColumn;
       ++at) {
    column = (column * 26) + static_cast<std::uint32_t>(reference[at] - 'A') + 1;
  }
  std::uint32_t row = 0;
  const auto [end, error] =
      std::from_chars(reference.data() + at, reference.data() + reference.size(), row);
  const bool good = error == std::errc{} && end == reference.data() + reference.size() &&
                    column > 0 && column <= kMaxColumn && row > 0 && row <= kMaxRow;
  return good ? std::optional(Place{row - 1, column - 1}) : std::nullopt;
}

/// Walks one sheet (ECMA-376 part 1, 18.3.1): <c r="B7" t="s"><v>12</v></c>, inline strings, page
/// headers and footers.
class SheetReader {
 public:
  SheetReader(const Workbook& book, DocumentWriter& writer, Extraction& extraction)
      : book_(book), writer_(writer), extraction_(extraction) {}

  void read(Markup& markup) {
    Token token;
    while (!extraction_.stopped() && markup.next(token)) {
      if (token.kind == Token::Kind::kText) {
        if (!in_value_) continue;
        append_text(value_, token);
      } else {
        tag(token, token.kind == Token::Kind::kOpen && !token.empty);
      }
    }
    writer_.end_table();
    if (markup.truncated()) extraction_.lose("corrupt");
  }

 private:
  void tag(const Token& token, bool opens) {
    const std::string_view name = token.local();
    if (name == "c") {
      opens ? begin_cell(token.attributes) : end_cell(token);
    } else if (name == "v" || name == "t") {
      in_value_ = opens;
    } else if (name == "row" && token.kind == Token::Kind::kOpen) {
      next_ = {row_of(token.attributes), 0};
    } else if (name.ends_with("Header") || name.ends_with("Footer")) {
      in_value_ = opens;  // oddHeader, evenFooter, …
      if (!opens) writer_.paragraph(value_);
      value_.clear();
    }
  }

  std::uint32_t row_of(std::string_view attributes) {
    std::uint32_t row = 0;
    if (const auto r = attribute(attributes, "r"))
      std::from_chars(r->data(), r->data() + r->size(), row);
    if (row > 0 && row <= kMaxRow) return row - 1;
    return seen_row_ ? next_.row + 1 : 0;
  }

  void begin_cell(std::string_view attributes) {
    seen_row_ = true;
    value_.clear();
    type_ = attribute(attributes, "t").value_or("n");
    if (const auto reference = attribute(attributes, "r"))
      next_ = place_of(*reference).value_or(next_);
  }

  void end_cell(const Token& token) {
    const bool valued = token.kind == Token::Kind::kClose;
    if (valued && !value_.empty()) writer_.cell(next_.row, next_.column, shown(), type_ == "n");
    value_.clear();
    ++next_.column;
  }

  std::string shown() const {
    if (type_ != "s") return type_ == "n" ? plain_number(value_) : value_;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
    return std::string(error == std::errc{} ? book_.shared(index) : std::string_view{});
  }

  const Workbook& book_;
  DocumentWriter& writer_;
  Extraction& extraction_;
  Place next_;
  bool seen_row_ = false;
  bool in_value_ = false;
  std::string type_, value_;
};

std::string sheet_name(const Workbook& book, std::string_view part) {
  if (const auto name = book.sheet_names.find(part); name != book.sheet_names.end())
    return name->second;
  const std::string_view file = part.substr(part.rfind('/') + 1);
  return std::string(file.substr(0, file.find('.')));
}

bool is_text_part(std::string_view stem) {
  constexpr std::array<std::string_view, 4> kParts = {"comments", "threadedComment", "drawing",
                                                      "chart"};
  return std::ranges::any_of(kParts,
                             [&](std::string_view part) { return is_numbered(stem, part); });
}

bool read_part(Part& part, const Workbook& book, Extraction& extraction) {
  const std::string_view name = part.name;
  if (is_properties(name)) return read_properties(part, extraction);
  const std::string_view stem = part_stem(name, "xl/");
  if (stem.empty()) return false;
  if (name == kWorkbook || name == kSharedStrings) return true;  // read before
  if (name.starts_with("xl/worksheets/") || name.starts_with("xl/chartsheets/")) {
    part.writer.group(sheet_name(book, name));
    SheetReader(book, part.writer, extraction).read(part.markup);
  } else if (is_text_part(stem)) {
    read_ooxml_part(stem, part, extraction);
  } else {
    return false;
  }
  return true;
}

}  // namespace

void read_xlsx(ByteView content, const std::string& where, Extraction& extraction) {
  const Workbook book = read_workbook(content, extraction);
  read_package(content, where, extraction,
               [&](Part& part) { return read_part(part, book, extraction); });
}

}  // namespace huxin::extract
