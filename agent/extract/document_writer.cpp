#include "agent/extract/document_writer.hpp"

#include "agent/extract/windows.hpp"
#include "policy/text/byte_search.hpp"
#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kMaxGroups = 4096;   // a window of single-letter keys would have millions
constexpr std::size_t kMaxHeading = 4096;  // longer rows are data
constexpr std::size_t kMaxSegments = std::size_t{256} << 10U;  // of a document: 32 bytes each

/// Adds text, with what is not UTF-8 replaced.
void append_valid(std::string& out, std::string_view text) {
  const bool marked = text.starts_with("\xEF\xBB\xBF");
  if (!marked && text::valid_utf8_prefix(text) == text.size()) {
    out += text;
  } else {
    out += text::decode(as_bytes(text), text::Encoding::kUtf8).text;
  }
}

}  // namespace

bool reads_like_heading(std::string_view row) {
  if (row.empty() || row.size() > kMaxHeading) return false;
  std::size_t digits = 0;
  for (const char c : row) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits >= 5) return false;
  }
  return !row.contains('@');
}

void DocumentWriter::group(std::string_view name) { group_ = name; }

std::uint32_t DocumentWriter::group_index() {
  if (const auto known = groups_.find(group_); known != groups_.end()) return known->second;
  if (groups_.size() >= kMaxGroups) return kMaxGroups - 1;
  const auto index = static_cast<std::uint32_t>(document_.groups.size());
  document_.groups.push_back({});
  append_valid(document_.groups.back(), group_);
  groups_.emplace(group_, index);
  return index;
}

bool DocumentWriter::full() const {
  return document_.text.size() >= kWindow || document_.segments.size() >= kMaxSegments;
}

void DocumentWriter::become(text::Layout layout) {
  if (document_.layout == layout) return;
  flush();
  document_.layout = layout;
}

void DocumentWriter::append(std::uint32_t row, std::uint32_t column, std::string_view text,
                            bool number) {
  const std::size_t begin = document_.text.size();
  append_valid(document_.text, text);
  document_.segments.push_back(
      {{begin, document_.text.size()}, row, column, group_index(), number});
}

void DocumentWriter::paragraph(std::string_view text) {
  if (text.empty() || extraction_.stopped()) return;
  become(text::Layout::kProse);
  append(paragraph_++, 0, text, false);
  document_.text.push_back('\n');
  if (full()) flush();
}

void DocumentWriter::bracket(char bracket) {
  if (document_.layout != text::Layout::kProse || document_.text.empty() || extraction_.stopped())
    return;
  document_.text.append({bracket, '\n'});
  if (full()) flush();
}

void DocumentWriter::cell(std::uint32_t row, std::uint32_t column, std::string_view text,
                          bool number) {
  if (text.empty() || extraction_.stopped()) return;
  become(text::Layout::kTable);
  if (!document_.segments.empty()) {
    const bool same_row = document_.segments.back().row == row;
    if (!same_row) keep_heading();
    document_.text.push_back(same_row ? '\t' : '\n');
    if (full()) {
      flush();
      document_.layout = text::Layout::kTable;
      repeat_heading();
    }
  }
  append(row, column, text, number);
}

void DocumentWriter::keep_heading() {
  if (heading_known_) return;
  heading_known_ = true;
  if (!reads_like_heading(document_.text)) return;
  heading_ = document_;
  heading_.text.push_back('\n');
}

void DocumentWriter::repeat_heading() {
  if (heading_.text.empty()) return;
  document_ = heading_;
  groups_.clear();
  for (std::size_t i = 0; i < heading_.groups.size(); ++i) {
    groups_.emplace(heading_.groups[i], static_cast<std::uint32_t>(i));
  }
  repeated_ = heading_.text.size();
}

void DocumentWriter::end_table() {
  if (document_.layout == text::Layout::kTable) flush();
  heading_ = {};
  heading_known_ = false;
}

void DocumentWriter::flush() {
  text::Document done = std::exchange(document_, {});
  groups_.clear();
  document_.segments.reserve(done.segments.size());  // the next one will hardly have fewer
  document_.text.reserve(done.text.size());
  const std::size_t fresh = done.text.size() - repeated_;
  if (fresh > 0) {
    const bool one_column =
        std::ranges::all_of(done.segments, [](const text::Segment& s) { return s.column == 0; });
    if (one_column) done.layout = text::Layout::kProse;
    done.where = where_;
    done.first_line = lines_;
    lines_ += text::count(done.text, '\n');
    if (written_ != 0) done.origin.start_at(written_);
    if (repeated_ != 0) {
      done.origin.replaced(repeated_, 0);
      done.origin.copied(fresh);
    }
    written_ += fresh;
    extraction_.emit(std::move(done));
  }
  repeated_ = 0;
}

}  // namespace huxin::extract
