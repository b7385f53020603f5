#include "policy/detect/label_tail.hpp"

#include <algorithm>
#include <array>

#include "policy/base/byte_set.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/context.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxBetween = 12;  // bytes between a label's word and its mark
constexpr std::size_t kMaxNote = 40;     // bytes: （与身份证一致）
constexpr std::size_t kMaxOrdinal = 2;   // digits
constexpr int kMaxParts = 3;
constexpr Mark kAssigns = Mark::kColon | Mark::kEquals;

constexpr auto kNumberWords = std::to_array<std::string_view>(
    {"号码",    "编号",       "证号",    "卡号",    "账号",    "帐号",        "代码",
     "编码",    "号",         "码",      "號碼",    "編號",    "證號",        "卡號",
     "帳號",    "代碼",       "號",      "no",      "nos",     "num",         "number",
     "nbr",     "id",         "code",    "account", "acct",    "card",        "account no",
     "acct no", "account_no", "acct_no", "card no", "card_no", "card number", "account number",
     "cardno",  "accountno",  "acctno"});
constexpr auto kFillers = std::to_array<std::string_view>(
    {"信息", "如下", "约为", "约", "大约", "共计", "合计", "达", "is", "value"});

// What they begin with, in either case: most of what stands behind a label is ruled out by it.
struct Begins {
  ByteSet first;   // letters of words in ASCII
  ByteSet second;  // of the same
  HanSet han;

  constexpr void add(std::string_view word) {
    if (is_high(word[0])) return han.add(word.substr(0, kHanBytes));
    for (const auto cased : {ascii_lower, ascii_upper}) {
      first.add(cased(word[0]));
      second.add(cased(word[1]));
    }
  }
  constexpr bool has(std::string_view rest) const {
    if (rest.size() < 2) return false;
    return is_high(rest[0]) ? han.has(rest) : first.has(rest[0]) && second.has(rest[1]);
  }
};
constexpr Begins kBeginsTailWord = [] {
  Begins begins;
  for (const std::string_view word : kNumberWords) begins.add(word);
  for (const std::string_view word : kFillers) begins.add(word);
  return begins;
}();

bool is_letter(std::string_view text, std::size_t at) {
  const char c = text[at];
  return static_cast<unsigned char>(c) >= 0x80 || (is_ascii_alnum(c) && !is_ascii_digit(c));
}

// ＊ and ＃, and their ASCII twins; a full stop behind No.
constexpr std::string_view kDecorations = "*#.`_-\\";

std::size_t wide_decoration_before(std::string_view text, std::size_t end) {
  const std::string_view before = text.substr(0, end);
  return before.ends_with("＊") || before.ends_with("＃") || before.ends_with("．") ? 3 : 0;
}

std::size_t decoration_at(std::string_view rest) {
  if (rest.empty()) return 0;
  static constexpr ByteSet kAscii("*#.`\\");
  if (!is_high(rest[0])) return kAscii.has(rest[0]) ? 1 : 0;
  if (rest[0] != '\xE2' && rest[0] != '\xEF') return 0;
  return rest.starts_with("＊") || rest.starts_with("＃") || rest.starts_with("．") ||
                 rest.starts_with("…")
             ? 3
             : 0;
}

std::size_t ordinal_at(std::string_view rest) {
  std::size_t digits = 0;
  while (digits < rest.size() && digits <= kMaxOrdinal && is_ascii_digit(rest[digits])) ++digits;
  return digits <= kMaxOrdinal ? digits : 0;
}

// Bytes of the word of a tail that is all of the word there.
std::size_t tail_word_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (!kBeginsTailWord.has(rest)) return 0;
  const auto begins = [&](std::string_view word) {
    return std::ranges::equal(rest.substr(0, word.size()), word, {}, ascii_lower) &&
           ends_word(text, at + word.size());
  };
  if (const auto word = std::ranges::find_if(kNumberWords, begins); word != kNumberWords.end())
    return word->size();
  const auto word = std::ranges::find_if(kFillers, begins);
  return word == kFillers.end() ? 0 : word->size();
}

std::size_t note_at(std::string_view text, std::size_t at) {
  if (mark_at(text, at).mark != Mark::kOpen) return 0;
  const std::size_t stop = std::min(text.size(), at + kMaxNote);
  for (std::size_t end = at + 1; end < stop && text[end] != '\n'; ++end) {
    if (const MarkAt mark = mark_at(text, end); mark.mark == Mark::kClose)
      return end + mark.bytes - at;
  }
  return 0;
}

// Stars, full stops and leaders: Name*, NAME . . . :
std::size_t behind_decoration(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t next = at; next < text.size();) {
    const std::size_t bytes = decoration_at(text.substr(next));
    if (bytes == 0 && text[next] != ' ') break;
    next += std::max<std::size_t>(bytes, 1);
    if (bytes > 0) end = next;
  }
  return end;
}

}  // namespace

std::span<const std::string_view> number_words() { return kNumberWords; }
bool is_number_word(std::string_view word) {
  return kBeginsTailWord.has(word) && std::ranges::find(kNumberWords, word) != kNumberWords.end();
}
std::span<const std::string_view> filler_words() { return kFillers; }

std::size_t behind_label_tail(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  if (in(mark_at(text, at).mark, kAssigns) || (is_han(rest) && !kBeginsTailWord.has(rest)))
    return at;
  std::size_t end = at;
  std::size_t sure = at;
  std::size_t before = text.size();
  for (int part = 0; part < kMaxParts && end < text.size() && end != before; ++part) {
    before = end;
    std::size_t word = skip_marks(text, end, text.size(), Mark::kSpace);
    if (word < text.size() && (text[word] == '_' || text[word] == '-')) ++word;
    const std::size_t number = tail_word_at(text, word);
    const std::size_t note = number > 0 ? 0 : note_at(text, word);
    const std::size_t bytes = number + note;
    end = bytes > 0 ? word + bytes : end + ordinal_at(text.substr(end));
    const std::size_t plain = end;
    end = behind_decoration(text, end);
    const std::size_t next = skip_marks(text, end, text.size(), Mark::kSpace | Mark::kQuote);
    const bool parted = end > plain && next > end;  // Mr. Li, 姓名* 张三
    if (in(mark_at(text, next).mark, kAssigns) || number > 0 || (parted && note == 0)) sure = end;
  }
  return sure;
}

std::size_t behind_note(std::string_view text, std::size_t at) {
  const std::size_t begin = skip_marks(text, at, text.size(), Mark::kSpace);
  const std::size_t bytes = note_at(text, begin);
  return bytes == 0 ? at : begin + bytes;
}

std::optional<Note> note_before(std::string_view text, std::size_t end) {
  const MarkAt close = mark_before(text, end);
  if (close.mark != Mark::kClose || text[end - 1] == '>') return std::nullopt;
  const std::size_t inside = end - close.bytes;
  const std::size_t stop = end - std::min(end, kMaxNote);
  for (std::size_t at = inside; at > stop && text[at - 1] != '\n'; --at) {
    if (const MarkAt open = mark_before(text, at); open.mark == Mark::kOpen)
      return Note{{at, inside}, at - open.bytes};
  }
  return std::nullopt;
}

std::size_t before_label_marks(std::string_view text, std::size_t end) {
  static constexpr ByteSet kBetween = [] {
    ByteSet between(kDecorations);
    for (std::size_t c = 0; c < detail::kAsciiMarks.size(); ++c) {
      if (in(detail::kAsciiMarks[c], Mark::kSpace | Mark::kQuote))
        between.add(static_cast<char>(c));
    }
    return between;
  }();
  const std::size_t stop = end - std::min(end, kMaxBetween);
  while (end > stop) {
    if (!is_high(text[end - 1])) {
      if (!kBetween.has(text[end - 1])) break;
      --end;
      continue;
    }
    const MarkAt mark = mark_before(text, end);
    const std::size_t bytes =
        in(mark.mark, Mark::kSpace | Mark::kQuote) ? mark.bytes : wide_decoration_before(text, end);
    if (bytes == 0 || end - stop < bytes) break;
    end -= bytes;
  }
  return end;
}

std::size_t before_ordinal(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin <= kMaxOrdinal && is_ascii_digit(text[begin - 1])) --begin;
  const bool ordinal = begin > 0 && end - begin <= kMaxOrdinal && is_letter(text, begin - 1);
  return ordinal ? begin : end;
}

}  // namespace huxin::detect
