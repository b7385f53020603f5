#include "agent/extract/archive/archive.hpp"
#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

namespace {

/// Walks one part of WordprocessingML (ECMA-376 part 1, 17). Runs of a paragraph are joined, so a
/// number split over runs is one number; cells are not. Deleted text (w:delText) is still in the
/// file and is read. Of alternate content the first choice is read, not the fallback.
class WordReader {
 public:
  WordReader(std::string_view part, DocumentWriter& writer, Extraction& extraction)
      : part_(part == "document" ? "" : part), writer_(writer), extraction_(extraction) {}

  void read(Markup& markup) {
    writer_.group(part_);
    Token token;
    while (!extraction_.stopped() && markup.next(token)) {
      if (token.kind == Token::Kind::kText) {
        if (!in_text_ || fallback_ != 0) continue;
        append_text(pending_, token);
      } else {
        tag(token.local(), token.kind == Token::Kind::kOpen, token.empty);
      }
    }
    end_paragraph();
    end_cell();
    writer_.end_table();
    if (markup.truncated()) extraction_.lose("corrupt");
  }

 private:
  void tag(std::string_view name, bool opens, bool empty) {
    if (name == "Fallback" && !empty)
      fallback_ = opens ? fallback_ + 1 : std::max(fallback_, 1) - 1;
    if (fallback_ != 0) return;
    if (name == "t" || name == "delText" || name == "instrText") {
      in_text_ = opens && !empty;
    } else if (name == "p") {
      end_paragraph();
    } else if (name == "tab") {
      if (opens) pending_.push_back('\t');
    } else if (name == "br" || name == "cr") {
      if (opens) pending_.push_back('\n');
    } else if (name == "noBreakHyphen") {
      if (opens) pending_.push_back('-');
    } else {
      table_tag(name, opens);
    }
  }

  void table_tag(std::string_view name, bool opens) {
    if (name == "tbl") {
      end_cell();
      writer_.end_table();
      in_cell_ = false;
      if (opens) row_ = 0;
      writer_.group(opens ? fmt::format("{}table{}", part_, ++tables_) : part_);
    } else if (name == "tr") {
      end_cell();
      if (opens) ++row_;
      column_ = 0;
    } else if (name == "tc") {
      end_cell();
      if (!opens) ++column_;
      in_cell_ = opens;
    }
  }

  void end_paragraph() {
    if (in_cell_) {
      if (!pending_.empty() && !cell_.empty()) cell_.push_back('\n');
      cell_ += pending_;
    } else {
      writer_.paragraph(pending_);
    }
    pending_.clear();
  }

  void end_cell() {
    end_paragraph();
    if (in_cell_) writer_.cell(row_ == 0 ? 0 : row_ - 1, column_, cell_);
    cell_.clear();
  }

  const std::string part_;  ///< empty for the body
  DocumentWriter& writer_;
  Extraction& extraction_;
  std::string pending_, cell_;
  bool in_text_ = false;
  bool in_cell_ = false;
  unsigned tables_ = 0;
  int fallback_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
};

/// "word/header1.xml" → "header1" for the parts that hold text; empty for the others.
std::string_view text_part(std::string_view name) {
  if (!name.starts_with("word/") || !name.ends_with(".xml")) return {};
  const std::string_view stem = name.substr(5, name.size() - 9);
  for (const std::string_view part :
       {"document", "header", "footer", "comments", "footnotes", "endnotes"}) {
    const bool numbered =
        stem.find_first_not_of("0123456789", part.size()) == std::string_view::npos;
    if (stem.starts_with(part) && numbered) return stem;
  }
  return {};
}

}  // namespace

void read_docx(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  Archive archive(content, ArchiveKind::kZip, extraction);
  DocumentWriter writer(where, extraction);
  while (const auto member = archive.next()) {
    extraction.enter_member();
    if (const std::string_view part = text_part(member->name); !part.empty()) {
      Markup markup([&](char* to, std::size_t size) { return archive.read(to, size); });
      WordReader(part, writer, extraction).read(markup);
    } else if (member->name.starts_with("word/embeddings/") && member->file) {
      const std::string inside = archive.read_all(extraction.budget().max_bytes);
      read_any(as_bytes(inside), where + "!" + member->name, extraction);
    }
  }
  writer.flush();
}

}  // namespace huxin::extract
