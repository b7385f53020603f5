#include <charconv>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
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

/// Writes a whole number that a spreadsheet stored in exponent form in full: 6.2220212345678E+18.
/// What has a fraction, or is no number, stays as it is.
std::string plain_number(std::string value) {
  const std::size_t e = value.find_first_of("eE");
  if (e == std::string::npos) return value;
  int exponent = 0;
  const char* first = value.data() + e + (e + 1 < value.size() && value[e + 1] == '+' ? 2 : 1);
  const auto [end, error] = std::from_chars(first, value.data() + value.size(), exponent);
  if (error != std::errc{} || end != value.data() + value.size() || exponent < 0 || exponent > 40)
    return value;
  std::string digits = value.substr(0, e);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t fraction = digits.size() - std::min(digits.size(), point + 1);
  if (point < digits.size()) digits.erase(point, 1);
  const auto wanted = static_cast<std::size_t>(exponent);
  return fraction > wanted ? value : digits.append(wanted - fraction, '0');
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
    if (valued && !value_.empty()) writer_.cell(next_.row, next_.column, shown());
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

/// Reads the comments of a sheet: <comment ref="B7"><text>…<t>…</t></text></comment>.
void read_comments(Markup& markup, DocumentWriter& writer, Extraction& extraction) {
  Token token;
  std::string text;
  bool in_text = false;
  while (!extraction.stopped() && markup.next(token)) {
    const bool opens = token.kind == Token::Kind::kOpen && !token.empty;
    if (token.kind == Token::Kind::kText) {
      if (in_text) append_decoded(text, token.text);
    } else if (token.local() == "t") {
      in_text = opens;
    } else if (token.local() == "comment" && !opens) {
      writer.paragraph(std::exchange(text, {}));
    }
  }
}

std::string sheet_name(const Workbook& book, std::string_view part) {
  if (const auto name = book.sheet_names.find(part); name != book.sheet_names.end())
    return name->second;
  const std::string_view file = part.substr(part.rfind('/') + 1);
  return std::string(file.substr(0, file.find('.')));
}

void read_part(Archive& archive, const std::string& name, const Workbook& book,
               const std::string& where, DocumentWriter& writer, Extraction& extraction) {
  Markup markup([&](char* to, std::size_t size) { return archive.read(to, size); });
  if (name.starts_with("xl/worksheets/") && name.ends_with(".xml")) {
    writer.group(sheet_name(book, name));
    SheetReader(book, writer, extraction).read(markup);
  } else if (name.starts_with("xl/comments") || name.starts_with("xl/threadedComments/")) {
    writer.group(name.substr(3, name.find('.') - 3));
    read_comments(markup, writer, extraction);
  } else if (name.starts_with("xl/embeddings/")) {
    const std::string inside = archive.read_all(extraction.budget().max_bytes);
    read_any(as_bytes(inside), where + "!" + name, extraction);
  }
}

}  // namespace

void read_xlsx(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  const Workbook book = read_workbook(content, extraction);
  Archive archive(content, ArchiveKind::kZip, extraction);
  DocumentWriter writer(where, extraction);
  while (const auto member = archive.next()) {
    extraction.enter_member();
    if (member->file) read_part(archive, member->name, book, where, writer, extraction);
  }
  writer.flush();
}

}  // namespace huxin::extract
