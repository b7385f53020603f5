#include "agent/extract/ole/letter_writer.hpp"

#include "policy/text/windows.hpp"

namespace huxin::extract {

void LetterWriter::begin_part(std::string_view name) {
  end_paragraph(false);
  part_ = name;
  writer_.group(part_);
}

void LetterWriter::flow() {
  if (pending_.size() < text::kWindow) return;
  in_table_ ? end_cell() : end_paragraph(false);
}

void LetterWriter::end_paragraph(bool in_cell) {
  if (in_cell) {
    pending_.push_back('\n');
    return;
  }
  end_table();
  writer_.paragraph(pending_);
  pending_.clear();
}

void LetterWriter::end_cell() {
  if (!in_table_) {
    in_table_ = true;
    row_ = column_ = 0;
    ++tables_;
    writer_.group(part_.empty() ? fmt::format("table{}", tables_)
                                : fmt::format("{} table{}", part_, tables_));
  }
  writer_.cell(row_, column_++, pending_);
  pending_.clear();
}

void LetterWriter::end_row() {
  if (!pending_.empty()) end_cell();
  ++row_;
  column_ = 0;
}

void LetterWriter::end_table() {
  if (!in_table_) return;
  in_table_ = false;
  writer_.end_table();
  writer_.group(part_);
}

void LetterWriter::finish() {
  end_paragraph(false);
  writer_.flush();
}

}  // namespace huxin::extract
