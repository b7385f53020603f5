#include "agent/extract/office/ooxml_part.hpp"

#include <algorithm>
#include <array>

namespace huxin::extract {
namespace {

// Runs of Word and of drawings; deleted text; field codes; comments of PowerPoint; a chart's
// values.
bool is_text(std::string_view name) {
  constexpr std::array<std::string_view, 5> kText = {"t", "delText", "instrText", "text", "v"};
  return std::ranges::find(kText, name) != kText.end();
}

bool is_paragraph(std::string_view name) {
  constexpr std::array<std::string_view, 5> kParagraph = {"p", "comment", "threadedComment", "cm",
                                                          "pt"};
  return std::ranges::find(kParagraph, name) != kParagraph.end();
}

class PartReader {
 public:
  PartReader(std::string_view part, DocumentWriter& writer, Extraction& extraction)
      : part_(part), writer_(writer), extraction_(extraction) {}

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
    if (is_text(name)) {
      in_text_ = opens && !empty;
    } else if (is_paragraph(name)) {
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

  const std::string part_;
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

}  // namespace

void read_ooxml_part(std::string_view group, const Part& part, Extraction& extraction) {
  PartReader(group, group.empty() ? part.writer : part.beside, extraction).read(part.markup);
}

}  // namespace huxin::extract
