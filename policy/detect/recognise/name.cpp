#include "policy/detect/recognise/name.hpp"

#include <algorithm>
#include <array>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/recognise/gap.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxRun = 18 * kHanBytes;  // bytes of Han that are looked at
constexpr std::size_t kMaxHan = 4 * kHanBytes;   // of a name cut out of a longer run
constexpr int kCutOut = 1;                       // bits more, where the run goes on
constexpr int kUncut = 12;                       // bits of a name that nothing ends
constexpr int kSpaced = 0;                       // bits behind a label and a space
constexpr int kApart = 0;                        // bits of a name whose characters stand apart
constexpr std::size_t kLongestSurname = 2 * kHanBytes;

// What a run goes on with behind a name, if that ends it.
catalog::NameFollower end_at(std::string_view rest) {
  const catalog::NameFollower follower = catalog::name_follower(rest);
  return follower.in_names && rest.size() == follower.bytes ? catalog::NameFollower{} : follower;
}

// What stands behind a gap, and behind a form's line to write on.
std::string_view rest_behind(std::string_view text, const LabelGap& gap, std::size_t stop) {
  std::size_t begin = std::min(gap.end, stop);
  while (begin < stop && text[begin] == '_') ++begin;
  return text.substr(begin, stop - begin);
}

// The likeliest name that a longer run starts with and a following word ends.
WeighedName cut_out(std::string_view run) {
  WeighedName best;
  for (std::size_t bytes = 2 * kHanBytes; bytes <= kMaxHan && bytes < run.size();
       bytes += kHanBytes) {
    const catalog::NameFollower follower = end_at(run.substr(bytes));
    if (follower.bytes == 0) continue;
    const int bits = person_name_bits(run.substr(0, bytes)) - kCutOut + follower.bits;
    if (bits > best.bits) best = {bytes, bits};
  }
  return best;
}

// A name of full length that is hardly anything else, whatever follows it: 尹树人|资金回流.
WeighedName uncut(std::string_view run) {
  const std::size_t surname = catalog::surname_prefix(run);
  const std::size_t bytes = surname + 2 * kHanBytes;
  if (surname == 0 || bytes > run.size()) return {};
  const int bits = person_name_bits(run.substr(0, bytes));
  const int shorter = person_name_bits(run.substr(0, bytes - kHanBytes));
  return bits >= kUncut && bits > shorter ? WeighedName{bytes, bits - kUncut + kBitsAlone}
                                          : WeighedName{};
}

// A dotted name goes on until a word of more than one character follows it: 买买提·吐尔逊先生.
std::string_view without_follower(std::string_view run) {
  bool dotted = false;
  for (std::size_t at = 0; at < run.size();) {
    const std::string_view rest = run.substr(at);
    const std::size_t dot = middle_dot_at(rest);
    if (dotted && dot == 0 && end_at(rest).bits > 0) return run.substr(0, at);
    dotted = dotted || dot > 0;
    at += dot > 0 ? dot : kHanBytes;
  }
  return run;
}

// The Han, and the middle dots between them, that a text starts with; empty when no name begins so.
std::string_view name_run(std::string_view text) {
  const std::string_view rest = text.substr(0, kMaxRun);
  std::size_t end = 0;
  bool dotted = false;
  while (end < rest.size()) {
    const std::string_view here = rest.substr(end);
    if (is_han(here)) {
      end += kHanBytes;
      continue;
    }
    const std::size_t dot = end > 0 ? middle_dot_at(here) : 0;
    if (dot == 0 || !is_han(here.substr(dot))) break;
    dotted = true;
    end += dot;
  }
  const std::string_view run = rest.substr(0, end);
  return dotted || catalog::begins_name(run) ? run : std::string_view();
}

// The likeliest name that a run of Han starts with: all of it, or what a follower ends.
WeighedName likeliest_name(std::string_view run) {
  if (run.empty()) return {};
  const std::string_view whole = without_follower(run);
  const WeighedName all{whole.size(), person_name_bits(whole)};
  const WeighedName part = cut_out(run);
  return part.bits > all.bits ? part : all;
}

// The same, or the one whose characters stand apart, in the text that the run begins.
WeighedName name_of(std::string_view run, std::string_view text) {
  const WeighedName best = likeliest_name(run);
  const bool apart = !run.empty() && run.size() <= kLongestSurname;
  const std::size_t spaced = apart ? spaced_name(text) : 0;
  if (spaced == 0) return best;
  const int bits = person_name_bits(text.substr(0, spaced));
  return bits > best.bits && bits >= kApart ? WeighedName{spaced, bits} : best;
}

int bits_asked_for(const LabelGap& gap) {
  if (gap.assigned) return kBitsUnderLabel;
  return gap.separated ? kSpaced : kBitsAlone;
}

constexpr std::size_t kLongestThing = 10;  // letters

bool is_key_mark(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }

}  // namespace

WeighedName name_at(std::string_view text) { return name_of(name_run(text), text); }

bool names_a_thing(std::string_view text, std::size_t label) {
  std::size_t end = label;
  if (end > 0 && is_key_mark(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongestThing && is_ascii_alnum(text[begin - 1])) {
    --begin;
    if (is_ascii_upper(text[begin])) break;
  }
  if (begin == end) return false;
  std::array<char, kLongestThing> word{};
  std::transform(text.begin() + static_cast<std::ptrdiff_t>(begin),
                 text.begin() + static_cast<std::ptrdiff_t>(end), word.begin(), ascii_lower);
  const bool apart = end < label && text[end] == ' ';
  return catalog::is_named_thing({word.data(), end - begin}, apart);
}

bool may_name_follow(std::string_view text, std::size_t at, std::size_t stop) {
  return !name_run(rest_behind(text, skip_gap(text, at, stop), stop)).empty();
}

std::optional<Span> name_behind(std::string_view text, std::size_t at, std::size_t stop) {
  const LabelGap gap = skip_gap(text, at, stop);
  const std::string_view rest = rest_behind(text, gap, stop);
  const std::string_view run = name_run(rest);
  if (run.empty()) return std::nullopt;
  WeighedName best = name_of(run, rest);
  if (best.bits < bits_asked_for(gap)) best = uncut(run);
  if (best.bits < bits_asked_for(gap)) return std::nullopt;
  const auto begin = static_cast<std::size_t>(rest.data() - text.data());
  return Span{begin, begin + best.bytes};
}

}  // namespace huxin::detect
