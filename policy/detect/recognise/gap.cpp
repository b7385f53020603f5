#include "policy/detect/recognise/gap.hpp"

#include <algorithm>

#include "policy/base/byte_set.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxTag = 24;        // bytes of a tag before a word in it
constexpr std::size_t kMaxTagAround = 80;  // bytes of a tag with a label in it
constexpr std::size_t kMaxUnit = 30;       // bytes: (人民币元)
constexpr std::string_view kVerbs[] = {"为", "是", "為", "约为", "改为"};
// What they begin with, and what kChangeWords do.
constexpr HanSet kBeginsVerb = [] {
  HanSet begins = han_set("为是為约改");
  for (const std::string_view word : kChangeWords) begins.add(word.substr(0, kHanBytes));
  return begins;
}();
constexpr Mark kAssigns = Mark::kColon | Mark::kEquals;
constexpr Mark kOpens = Mark::kSpace | Mark::kQuote | Mark::kOpen | Mark::kBar;
// What leads from a label to its value.
constexpr auto kLeaders = std::to_array<std::string_view>(
    {".", "…", "·", "-", "—", "―", "→", "_", "名叫", "叫", "我叫", "我是"});

std::size_t verb_bytes(std::string_view rest) {
  if (!kBeginsVerb.has(rest)) return 0;
  for (const std::string_view verb : kVerbs) {
    if (rest.starts_with(verb)) return verb.size();
  }
  for (const std::string_view change : kChangeWords) {
    if (!rest.starts_with(change)) continue;
    const std::string_view behind = rest.substr(change.size());
    if (behind.starts_with("为") || behind.starts_with("為")) return change.size() + kHanBytes;
  }
  return 0;
}

// `led`: behind another leader, so that it is no number's sign.
std::size_t leader_bytes(std::string_view rest, bool led) {
  static constexpr ByteSet kBegins(".-_\xC2\xE2");
  static constexpr HanSet kNamed = han_set("名叫我");
  if (!kBegins.has(rest[0]) && !kNamed.has(rest)) return 0;
  for (const std::string_view leader : kLeaders) {
    if (!rest.starts_with(leader)) continue;
    const std::string_view behind = rest.substr(leader.size());
    const bool number = !behind.empty() && is_ascii_digit(behind[0]);
    return number && !led ? 0 : leader.size();  // -5.00, .5
  }
  return 0;
}

// What `>` ends: a tag, an arrow, a prompt; in balance>500000 it compares.
bool ends_tag(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || !is_ascii_digit(text[at + 1])) return true;
  if (at > 0 && std::string_view("-=").contains(text[at - 1])) return true;
  const std::size_t floor = at - std::min(at, kMaxTagAround);
  const std::string_view before = text.substr(floor, at - floor);
  const std::size_t open = before.find_last_of("<>\n");
  return open == std::string_view::npos ? floor > 0 : before[open] == '<';
}

// Where the label's tail ends that starts at `at`, or a bracket around the label.
std::size_t behind_tail(std::string_view text, std::size_t at) {
  const MarkAt first = mark_at(text, at);
  if (first.mark == Mark::kClose && text[at] != '>') at += first.bytes;
  return behind_label_tail(text, at);
}

// **Name:** value, Name: **value**: Markdown's stars, and none of a mask: Name: **明.
std::size_t bold_bytes(std::string_view rest) {
  constexpr std::string_view kBold = "**";
  if (!rest.starts_with(kBold)) return 0;
  const std::string_view behind = rest.substr(kBold.size());
  if (behind.starts_with(' ') || behind.starts_with('`')) return kBold.size();
  const std::size_t mark = behind.find_first_of("*|\n");
  return mark != std::string_view::npos && mark > 0 && behind.substr(mark).starts_with(kBold)
             ? kBold.size()
             : 0;
}

}  // namespace

LabelGap skip_gap(std::string_view text, std::size_t at, std::size_t stop) {
  const std::string_view within = text.substr(0, std::min(stop, at + kGapReach));
  int leads = 0;
  LabelGap gap{std::min(behind_tail(within, at), within.size())};
  while (gap.end < within.size()) {
    const MarkAt here = mark_at(within, gap.end);
    // Of a quote inside quotes; around a value in Markdown.
    if (within[gap.end] == '\\' || within[gap.end] == '`') {
      ++gap.end;
      continue;
    }
    if (const std::size_t bold = gap.assigned ? bold_bytes(within.substr(gap.end)) : 0; bold > 0) {
      gap.end += bold;
      continue;
    }
    const bool high = static_cast<unsigned char>(within[gap.end]) >= 0x80;
    const std::size_t verb = high ? verb_bytes(within.substr(gap.end)) : 0;
    const bool assigns = verb > 0 || in(here.mark, kAssigns);
    // <td>姓名</td><td>…: the tag that ends is no bracket that opens; <name>… is one that labels.
    const bool tag = within[gap.end] == '>' && ends_tag(within, gap.end);
    const bool opens = assigns || tag || in(here.mark, kOpens);
    const std::size_t leader = opens ? 0 : leader_bytes(within.substr(gap.end), leads > 0);
    if (leader > 0) ++leads;
    if (!opens && leader == 0) break;
    gap.assigned = gap.assigned || assigns || (tag && gap.end == at);
    gap.separated = true;
    gap.end += verb + leader > 0 ? verb + leader : here.bytes;
  }
  return gap;
}

std::size_t skip_unit(std::string_view text, std::size_t at, std::size_t stop) {
  if (at >= stop || mark_at(text, at).mark != Mark::kOpen) return at;
  for (std::size_t end = at; end < std::min(stop, at + kMaxUnit); ++end) {
    const MarkAt mark = mark_at(text, end);
    if (mark.mark == Mark::kClose) return end + mark.bytes;
  }
  return at;
}

bool in_closing_tag(std::string_view text, const Span& word) {
  static constexpr ByteSet kEnds("> \n");
  if (word.begin == 0 || kEnds.has(text[word.begin - 1])) return false;  // most words
  const std::size_t floor = word.begin - std::min(word.begin, kMaxTag);
  const std::string_view before = text.substr(floor, word.begin - floor);
  const std::size_t open = text::find_last(before, '<');
  if (open == std::string_view::npos) return false;
  const std::string_view tag = before.substr(open + 1);
  return tag.starts_with('/') && !kEnds.any_in(tag);
}

}  // namespace huxin::detect
