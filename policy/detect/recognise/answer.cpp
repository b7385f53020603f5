#include "policy/detect/recognise/answer.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr int kMaxTails = 4;
constexpr std::size_t kMaxSpeaker = 60;  // bytes: [2026-02-21 15:03] 客户-阿强：
constexpr Mark kAround = Mark::kSpace | Mark::kQuote;

// Behind a label; before it.
constexpr auto kAskTails = std::to_array<std::string_view>(
    {"报一下", "发一下", "说一下", "给一下", "念一下", "提供一下", "核对一下", "发我一下", "一下",
     "提供下", "报下",   "发下",   "说下",   "是多少", "多少",     "是什么",   "是哪个",   "是几号",
     "发我",   "发给我", "报给我", "给我",   "有吗",   "吗",       "呢",       "?",        "？"});
constexpr HanSet kTailEnds = han_set("下少么个号我吗呢");  // the last character of such a word
constexpr auto kAskWords = std::to_array<std::string_view>(
    {"请", "麻烦", "提供", "报一下", "报下", "发一下", "告诉", "您的", "你的"});
constexpr auto kAnswerWords =
    std::to_array<std::string_view>({"是的", "我的是", "就是", "是", "好的", "嗯", "哦"});
constexpr HanSet kAnswerBegins = han_set("是我就好嗯哦");

template <std::size_t N>
std::size_t bytes_at_end(std::string_view text, const std::array<std::string_view, N>& words) {
  std::size_t bytes = 0;
  for (const std::string_view word : words) {
    if (text.ends_with(word)) bytes = std::max(bytes, word.size());
  }
  return bytes;
}

// Han, which are no marks, are passed over whole.
std::size_t step_at(std::string_view text, std::size_t at) {
  return is_high(text[at]) && is_han(text.substr(at)) ? kHanBytes : 1;
}

constexpr HanSet begins_of(std::span<const std::string_view> words) {
  HanSet begins;
  for (const std::string_view word : words) {
    if (is_high(word[0])) begins.add(word.substr(0, kHanBytes));
  }
  return begins;
}

// Whether a text holds one of the words in Han, by what they begin with: most texts hold none.
bool holds(std::string_view text, std::span<const std::string_view> words, const HanSet& begins) {
  for (std::size_t at = 0; at < text.size(); at += step_at(text, at)) {
    const std::string_view rest = text.substr(at);
    const auto here = [&](std::string_view word) { return rest.starts_with(word); };
    if (begins.has(rest) && std::ranges::any_of(words, here)) return true;
  }
  return false;
}

// Behind the colon that a speaker's name stands before; `line.begin` where none does.
std::size_t behind_speaker(std::string_view text, const Span& line) {
  const std::size_t stop = std::min(line.end, line.begin + kMaxSpeaker);
  std::size_t behind = line.begin;
  for (std::size_t at = line.begin; at < stop; at += step_at(text, at)) {
    const MarkAt mark = mark_at(text, at);
    if (mark.mark == Mark::kComma || mark.mark == Mark::kStop) break;
    if (mark.mark != Mark::kColon) continue;
    const bool time = at > line.begin && is_ascii_digit(text[at - 1]) && at + 1 < line.end &&
                      is_ascii_digit(text[at + 1]);
    if (!time) behind = at + mark.bytes;
  }
  return behind;
}

}  // namespace

std::size_t asked_label_end(std::string_view text, std::size_t line_end) {
  constexpr Mark kEnds = kAround | Mark::kStop | Mark::kComma;
  std::size_t end = line_end;
  for (int tail = 0; tail < kMaxTails; ++tail) {
    end = skip_marks_back(text, end, end - std::min<std::size_t>(end, 8), kEnds);
    const std::string_view before = text.substr(0, end);
    if (before.ends_with('?') || before.ends_with('!')) {
      --end;
    } else if (before.ends_with("？") || before.ends_with("！")) {
      end -= kHanBytes;
    } else if (end >= kHanBytes && kTailEnds.has(text.substr(end - kHanBytes))) {
      const std::size_t bytes = bytes_at_end(before, kAskTails);
      if (bytes == 0) break;
      end -= bytes;
    } else {
      break;
    }
  }
  return end;
}

bool asks_for(std::string_view text, const Span& line, const Span& label) {
  const std::string_view before = text.substr(line.begin, label.begin - line.begin);
  const std::string_view behind = text.substr(label.end, line.end - label.end);
  static constexpr HanSet kTailBegins = begins_of(kAskTails);
  static constexpr HanSet kAskBegins = begins_of(kAskWords);
  return behind.contains('?') || holds(behind, kAskTails, kTailBegins) ||
         holds(before, kAskWords, kAskBegins);
}

Span answer_in(std::string_view text, const Span& line) {
  std::size_t begin = skip_marks(text, behind_speaker(text, line), line.end, kAround);
  for (const std::string_view word : kAnswerWords) {
    if (!kAnswerBegins.has(text.substr(begin))) break;
    if (text.substr(begin, line.end - begin).starts_with(word)) {
      constexpr Mark kBetween = kAround | Mark::kComma | Mark::kColon;
      begin = skip_marks(text, begin + word.size(), line.end, kBetween);
    }
  }
  std::size_t end = begin;
  while (end < line.end && !in(mark_at(text, end).mark, Mark::kComma | Mark::kStop))
    end += step_at(text, end);
  end = std::min(end, line.end);  // which may cut a character
  return {begin, skip_marks_back(text, end, begin, kAround)};
}

}  // namespace huxin::detect
