#include "policy/detect/record_gaps.hpp"

#include <algorithm>

#include "policy/base/byte_set.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxGap = 2000;  // bytes; findings further apart are of different records
constexpr std::string_view kCardBegins = "BEGIN:VCARD";
constexpr std::string_view kCardEnds = "END:VCARD";
constexpr std::uint32_t kMaxFormRows = 3;  // rows of a form without a finding

bool has_blank_line(std::string_view between) {
  for (std::size_t at = between.find('\n'); at != std::string_view::npos;
       at = between.find('\n', at + 1)) {
    const std::size_t next = between.find_first_not_of(" \t\r", at + 1);
    if (next != std::string_view::npos && between[next] == '\n') return true;
  }
  return false;
}

// A label stands on the line before the value, whether the detector knows it or not.
bool is_field(std::string_view before) { return before.contains(':') || before.contains("："); }

char opening_of(char closing) { return closing == '}' ? '{' : closing == ')' ? '(' : '['; }

}  // namespace

Gap RecordGaps::before(const Candidate& candidate) {
  const bool near = last_.size() > 0 && candidate.span.begin - last_.end <= kMaxGap;
  const std::size_t from =
      near ? last_.end : candidate.span.begin - std::min(candidate.span.begin, kMaxGap);
  if (!near) in_card_ = false;
  const std::string_view between = layout_.text({from, candidate.span.begin});
  note_card(between);
  Gap gap = Gap::kRecord;
  if (near) gap = layout_.table() ? in_table(candidate) : in_text(between);
  if (!near) depth_ = 0;
  last_ = candidate.span;
  return gap;
}

// A row is a record; but a form laid out as a table goes on from row to row, label by label.
Gap RecordGaps::in_table(const Candidate& candidate) const {
  const auto before = layout_.segment_at(last_.begin);
  const auto here = layout_.segment_at(candidate.span.begin);
  if (!before || !here) return Gap::kRecord;
  const text::Segment& a = layout_.segments()[*before];
  const text::Segment& b = layout_.segments()[*here];
  if (a.group != b.group) return Gap::kRecord;
  if (a.row == b.row) return Gap::kNone;
  const bool form = candidate.label == Label::kBeside && b.row - a.row <= kMaxFormRows;
  return form ? Gap::kLine : Gap::kRecord;
}

Gap RecordGaps::in_text(std::string_view between) {
  if (between == ",") return Gap::kNone;  // of a list: nearly all of them
  if (next_bracket(between)) return Gap::kRecord;
  if (!between.contains('\n')) return Gap::kNone;
  const bool card_ends = between.contains(kCardEnds);
  const bool ends = card_ends || has_blank_line(between);
  if (ends) depth_ = 0;
  if (ends) return card_ends ? Gap::kRecord : Gap::kBlank;
  if (in_card_) return Gap::kWithin;
  return is_field(between.substr(text::find_last(between, '\n') + 1)) ? Gap::kField : Gap::kLine;
}

void RecordGaps::note_card(std::string_view between) {
  if (between.size() < kCardEnds.size()) return;
  const std::size_t begins = between.rfind(kCardBegins);
  const std::size_t ends = between.rfind(kCardEnds);
  if (begins != std::string_view::npos) {
    in_card_ = ends == std::string_view::npos || begins > ends;
  } else if (ends != std::string_view::npos) {
    in_card_ = false;
  }
}

bool RecordGaps::next_bracket(std::string_view between) {
  static constexpr ByteSet kBrackets("([{)]}");
  if (!kBrackets.any_in(between)) return false;
  char closed = 0;  // the record's own bracket, as long as nothing but separators follows it
  bool comma = false;
  bool next = false;
  for (const char c : between) {
    if (c == '{' || c == '(' || c == '[') {
      // 张伟(138…)(110…) is one person: only objects go without a comma, on lines of their own.
      const bool follows = closed != 0 && c == opening_of(closed) && (comma || c == '{');
      next = next || follows;
      depth_ = follows ? 0 : depth_ + 1;
      closed = 0;
    } else if (c == '}' || c == ')' || c == ']') {
      closed = depth_ == 0 ? c : '\0';
      depth_ = depth_ == 0 ? 0 : depth_ - 1;
      comma = false;
    } else if (c == ',' || c == ';') {
      comma = true;
    } else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
      closed = 0;
    }
  }
  return next;
}

}  // namespace huxin::detect
