#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "agent/extract/formats.hpp"
#include "agent/extract/office/plain_number.hpp"
#include "agent/extract/office/properties.hpp"

namespace huxin::extract {
namespace {

constexpr std::uint32_t kMaxRepeated = 1'048'576;  // rows of a sheet
constexpr std::uint32_t kMaxBlanks = 256;

std::uint32_t number_of(std::string_view attributes, std::string_view name, std::uint32_t most) {
  std::uint32_t number = 1;
  if (const auto text = attribute(attributes, name))
    std::from_chars(text->data(), text->data() + text->size(), number);
  return std::clamp(number, 1U, most);
}

/// Walks content.xml or styles.xml (ODF 1.3 part 3, 5 to 11 and 19). Comments are given
/// beside the text.
class OdfReader {
 public:
  OdfReader(std::string_view group, const Part& part, Extraction& extraction)
      : part_(group),
        writer_(group.empty() ? part.writer : part.beside),
        beside_(part.beside),
        markup_(part.markup),
        extraction_(extraction) {}

  void read() {
    writer_.group(part_);
    Token token;
    while (!extraction_.stopped() && markup_.next(token)) {
      if (token.kind != Token::Kind::kText) {
        tag(token);
      } else if (in_text_ > 0) {
        append_text(pending_, token);
      }
    }
    end_paragraph();
    end_table();
    if (markup_.truncated()) extraction_.lose("corrupt");
  }

 private:
  void tag(const Token& token) {
    const std::string_view name = token.local();
    const bool opens = token.kind == Token::Kind::kOpen;
    if (name == "p" || name == "h") {
      end_paragraph();
      if (!token.empty) in_text_ = opens ? in_text_ + 1 : std::max(in_text_, 1) - 1;
    } else if (name == "s") {
      if (opens) pending_.append(number_of(token.attributes, "c", kMaxBlanks), ' ');
    } else if (name == "tab" || name == "line-break") {
      if (opens) pending_.push_back(name == "tab" ? '\t' : '\n');
    } else if (name == "annotation") {
      end_paragraph();
      if (!token.empty) asides_ = opens ? asides_ + 1 : std::max(asides_, 1) - 1;
    } else if (name == "page") {
      if (opens) writer_.group(fmt::format("slide{}", ++slides_));
    } else if (name == "notes") {
      end_paragraph();
      writer_.group(fmt::format("{}{}", opens ? "notes" : "slide", slides_));
    } else if (name == "spreadsheet") {
      spreadsheet_ = true;
    } else {
      table_tag(token, name, opens);
    }
  }

  void table_tag(const Token& token, std::string_view name, bool opens) {
    if (name == "table") {
      end_table();
      if (opens && !token.empty) begin_table(token.attributes);
    } else if (name == "table-row") {
      if (opens) {
        column_ = 0;
        repeated_rows_ = number_of(token.attributes, "number-rows-repeated", kMaxRepeated);
      }
      if (!opens || token.empty) row_ += repeated_rows_;
    } else if (name == "table-cell" || name == "covered-table-cell") {
      if (opens) begin_cell(token.attributes);
      if (!opens || token.empty) end_cell();
    }
  }

  void begin_table(std::string_view attributes) {
    ++tables_;
    row_ = 0;
    table_ = fmt::format("table{}", tables_);
    if (const auto name = attribute(attributes, "name"); name && spreadsheet_) {
      table_.clear();
      append_decoded(table_, *name);
    }
    writer_.group(table_);
  }

  void begin_cell(std::string_view attributes) {
    cell_.clear();
    in_cell_ = true;
    repeated_ = number_of(attributes, "number-columns-repeated", kMaxRepeated);
    const auto type = attribute(attributes, "value-type");
    const auto value = attribute(attributes, "value");
    number_ = type == "float" && value ? plain_number(std::string(*value)) : std::string();
  }

  void end_cell() {
    end_paragraph();
    if (in_cell_) writer_.cell(row_, column_, number_.empty() ? cell_ : number_, !number_.empty());
    column_ += repeated_;
    in_cell_ = false;
  }

  void end_table() {
    end_paragraph();
    writer_.end_table();
    in_cell_ = false;
    table_.clear();
    writer_.group(part_);
  }

  void end_paragraph() {
    if (pending_.empty()) return;
    if (asides_ > 0) {
      beside_.group(table_.empty() ? "comments" : table_ + "comments");
      beside_.paragraph(pending_);
    } else if (in_cell_) {
      if (!cell_.empty()) cell_.push_back('\n');
      cell_ += pending_;
    } else {
      writer_.paragraph(pending_);
    }
    pending_.clear();
  }

  const std::string part_;
  DocumentWriter &writer_, &beside_;
  Markup& markup_;
  Extraction& extraction_;
  std::string table_, pending_, cell_, number_;
  int in_text_ = 0, asides_ = 0;
  bool in_cell_ = false, spreadsheet_ = false;
  unsigned tables_ = 0, slides_ = 0;
  std::uint32_t row_ = 0, column_ = 0, repeated_ = 1, repeated_rows_ = 1;
};

/// A manifest that tells how parts are encrypted (ODF 1.3 part 2, 4.4).
void read_manifest(Markup& markup, Extraction& extraction) {
  Token token;
  while (markup.next(token)) {
    if (token.local() != "encryption-data") continue;
    extraction.lose("encrypted");
    return;
  }
}

/// A chart or a formula is a document in a folder of its own: "Object 1/content.xml".
bool is_content(std::string_view name) {
  return name == "content.xml" || name.ends_with("/content.xml");
}

}  // namespace

void read_odf(ByteView content, const std::string& where, Extraction& extraction) {
  read_package(content, where, extraction, [&](Part& part) {
    if (is_content(part.name)) {
      const std::size_t folder = std::min(part.name.rfind('/'), part.name.size());
      const bool body = folder == part.name.size();
      OdfReader(body ? "" : part.name.substr(0, folder), part, extraction).read();
    } else if (part.name == "styles.xml") {
      OdfReader("header", part, extraction).read();
    } else if (part.name == "meta.xml") {
      return read_properties(part, extraction);
    } else if (part.name == "META-INF/manifest.xml") {
      read_manifest(part.markup, extraction);
    } else {
      return false;
    }
    return true;
  });
}

}  // namespace huxin::extract
