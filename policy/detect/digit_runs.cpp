#include "policy/detect/digit_runs.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/name_rows.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/coordinates.hpp"
#include "policy/detect/recognise/forms.hpp"
#include "policy/detect/recognise/numbers.hpp"
#include "policy/detect/recognise/rounded.hpp"
#include "policy/detect/recognise/textual.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLeastNumber = 6;    // digits of a number that stands alone
constexpr std::size_t kLeastListed = 7;    // digits of a number in a list of persons
constexpr std::size_t kMostListed = 4096;  // of a chunk
constexpr std::size_t kLeastRounded = 16;  // digits: a spreadsheet keeps all of 15
constexpr double kUnlabelledPlace = 0.1;
constexpr std::size_t kMaxDate = 24;     // bytes
constexpr std::size_t kMaxBetween = 12;  // bytes between a sex and a date of birth

constexpr unsigned han_code(std::string_view han) {
  unsigned code = 0;
  for (const char c : han.substr(0, kHanBytes)) code = code << 8U | static_cast<unsigned char>(c);
  return code;
}

// Bytes of what a number of an address may end in: 12号, 3单元; 0 for anything else.
std::size_t house_suffix(std::string_view rest) {
  static constexpr std::string_view kUnit = "单元";
  static constexpr auto kHouses = [] {
    constexpr std::string_view kAll = "号室栋幢弄楼层组";
    std::array<unsigned, kAll.size() / kHanBytes> codes{};
    for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = han_code(kAll.substr(i * kHanBytes));
    return codes;
  }();
  if (rest.size() < kHanBytes) return 0;
  const unsigned code = han_code(rest);
  if (std::ranges::find(kHouses, code) != kHouses.end()) return kHanBytes;
  return code == han_code(kUnit) && rest.starts_with(kUnit) ? kUnit.size() : 0;
}

bool parts(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == '\n' || text[at] == '\r' || text[at] == '\t' ||
         mark_at(text, at).mark != Mark::kNone;
}

// 出生, 生于, or 生 alone.
bool says_born(std::string_view rest) {
  constexpr std::string_view kBorn = "生";
  if (rest.starts_with("出生") || rest.starts_with("生于")) return true;
  return rest.starts_with(kBorn) && parts(rest, kBorn.size());
}

// 男，1990-03-07: in a row of what somebody is.
bool stands_behind_sex(std::string_view text, std::size_t at) {
  constexpr Mark kBetween =
      Mark::kSpace | Mark::kComma | Mark::kSlash | Mark::kBar | Mark::kEnumeration;
  const std::size_t end = skip_marks_back(text, at, at - std::min(at, kMaxBetween), kBetween);
  if (end == at || end < 2 * kHanBytes) return false;
  const std::string_view sex = text.substr(end - kHanBytes, kHanBytes);
  return (sex == "男" || sex == "女") && !is_han(text.substr(end - 2 * kHanBytes));
}

}  // namespace

void DigitRuns::read(const DigitRun& run) {
  const bool behind = run.end < text_.size() && is_high(text_[run.end]);
  static_assert(kMaxBetween + kHanBytes <= kHighReach);
  const bool before = may_be_high_before(text_, run.begin);
  if (behind) {
    read_house(run, run.end);
    const auto military =
        run.grouped() ? std::nullopt : military_id_around(text_, {run.begin, run.end});
    if (military) state_.candidates.push_back({.span = *military, .kind = Kind::kMilitaryId});
  }
  if (run.grouped()) read_place(run);
  if (before || behind) read_born(run);
  if (before) read_plate(run);
  // 路 12 号
  if (before && text_.substr(run.end).starts_with(' ')) read_house(run, run.end + 1);
  if (run.digits >= kLeastNumber) read_number(run);
}

void DigitRuns::read_plate(const DigitRun& run) {
  if (const auto plate = plate_around(text_, {run.begin, run.end}))
    state_.candidates.push_back(
        {.span = plate->span, .kind = Kind::kLicencePlate, .doubt = plate->doubt});
}

void DigitRuns::read_number(const DigitRun& run) {
  if (!run.grouped() && run.begin >= seen_end_) {
    state_.shapes.see(layout_, run.begin, run.digits);
    seen_end_ = run.end;
  }
  if (run.digits >= kLeastListed && layout_.segments().empty() &&
      state_.listed.size() < kMostListed && stands_beside_han(text_, {run.begin, run.end}))
    state_.listed.push_back(run.begin);
  if (run.digits >= kLeastRounded && !run.grouped()) read_rounded({run.begin, run.end});
  if (!worth_reading(run)) return;
  if (run.grouped() || !read_lone_digits(text_, {run.begin, run.end}, state_.run))
    return read_runs(run.begin);
  run_end_ = run.end;
  recognise_numbers(text_, state_.run, today_, state_.candidates);
}

void DigitRuns::read_rounded(const Span& digits) {
  const auto cell = layout_.segment_at(digits.begin);
  const bool numeric = cell && layout_.segments()[*cell].number &&
                       layout_.segments()[*cell].span.size() == digits.size();
  recognise_rounded(text_, digits, numeric, today_, state_.candidates);
}

// 116.397128,39.916527: a place, where words around it say that it is one.
void DigitRuns::read_place(const DigitRun& run) {
  constexpr std::size_t kMostDegrees = 3;  // digits before the point
  const std::string_view whole = text_.substr(run.begin, kMostDegrees + 1);
  const auto* const point = std::ranges::find(whole, '.');
  if (point == whole.end()) return;
  const std::size_t last = static_cast<std::size_t>(point - text_.begin()) + kLeastPlaces;
  if (last >= text_.size() || !is_ascii_digit(text_[last])) return;
  const auto place = coordinates_at(text_, run.begin);
  if (!place) return;
  for (const Span& degrees : *place)
    state_.candidates.push_back(
        {.span = degrees, .kind = Kind::kLocation, .doubt = kUnlabelledPlace});
}

// 1990年3月7日出生, 1990-03-07生, 男，1990-03-07: the date that a word behind it or a sex before it
// tells.
void DigitRuns::read_born(const DigitRun& run) {
  if (run.digits < 4) return;
  const std::string_view behind = text_.substr(run.end);
  const bool may_be =
      !behind.empty() && is_high(behind[0]) &&
      (behind.starts_with("年") || behind.starts_with("出生") || behind.starts_with("生")) &&
      behind.substr(0, kMaxDate).contains("生");
  const bool sexed = run.begin > 0 && stands_behind_sex(text_, run.begin);
  if (!may_be && !sexed) return;
  const std::size_t stop = std::min(text_.size(), run.begin + kMaxDate);
  const auto date = textual_behind(Kind::kBirthDate, text_, run.begin, stop, today_);
  if (!date || date->begin != run.begin) return;
  if (!says_born(text_.substr(date->end)) && !(sexed && parts(text_, date->end))) return;
  // Beside a customer: the dead and the famous were born too.
  state_.candidates.push_back(
      {.span = *date, .kind = Kind::kBirthDate, .label = Label::kBeside, .beside = true});
}

// Enough digits for a number of some kind as people group them; most dates and times are not.
bool DigitRuns::worth_reading(const DigitRun& run) const {
  if (run.begin < run_end_) return false;
  const char before = run.begin == 0 ? ' ' : text_[run.begin - 1];
  const char behind = run.end == text_.size() ? ' ' : text_[run.end];
  if (!run.grouped()) return run.digits >= 7 || is_ascii_upper(before) || is_ascii_upper(behind);
  return run.digits >= 11 || (run.digits >= 10 && text_[run.begin] == '0') ||
         (run.digits >= 7 && (before == ' ' || mark_before(text_, run.begin).mark == Mark::kClose));
}

void DigitRuns::read_runs(std::size_t at) {
  for (;;) {
    run_end_ = read_run(text_, at, run_end_, state_.run);
    see_shapes();
    recognise_numbers(text_, state_.run, today_, state_.candidates);
    if (!state_.run.goes_on) return;
    at = run_end_;
  }
}

// Numbers side by side, as the columns of a report are, in a run that may be cut.
void DigitRuns::see_shapes() {
  for (const Group& group : state_.run.groups) {
    if (!group.digits || group.size() < kLeastNumber || group.begin < seen_end_) continue;
    state_.shapes.see(layout_, group.begin, group.size());
    seen_end_ = group.end;
  }
}

// 12号, 3单元: an address may end there.
void DigitRuns::read_house(const DigitRun& run, std::size_t word) {
  const std::size_t bytes = house_suffix(text_.substr(word));
  if (bytes > 0) addresses_.read(run.end, layout_.scope_of({run.end, word + bytes}));
}

}  // namespace huxin::detect
