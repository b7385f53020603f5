#include "policy/detect/recognise/textual.hpp"

#include <algorithm>
#include <array>

#include "policy/base/byte_set.hpp"
#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/biometrics.hpp"
#include "policy/detect/recognise/gap.hpp"
#include "policy/detect/recognise/latin_name.hpp"
#include "policy/detect/signs.hpp"
#include "policy/detect/validators/amount.hpp"
#include "policy/detect/validators/written_date.hpp"

namespace huxin::detect {
namespace {

using namespace std::string_view_literals;

constexpr Date kEarliest{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};
constexpr std::size_t kLeastLogin = 4;
constexpr std::size_t kMaxLogin = 32;
constexpr std::size_t kLeastPinyin = 7;  // letters of a login name without a digit
constexpr std::size_t kMaxPeople = 15;   // bytes of a people's name, without 族
constexpr std::size_t kMaxWords = 90;    // bytes of an employer's name or an answer
constexpr std::size_t kMaxLabel = 24;    // bytes
constexpr std::size_t kMaxBound = 8;     // bytes between a bounding word and its amount
constexpr std::size_t kLeastWords = 12;  // bytes of an employer's name: four Han characters
constexpr Mark kEndsWords =
    Mark::kComma | Mark::kSemicolon | Mark::kStop | Mark::kEnumeration | Mark::kBar | Mark::kQuote;

// The next field's label: words and a colon, with no space between.
bool is_label(std::string_view text, std::size_t at, std::size_t stop) {
  for (std::size_t end = at; end < std::min(stop, at + kMaxLabel); ++end) {
    const MarkAt mark = mark_at(text, end);
    if (mark.mark != Mark::kNone) return mark.mark == Mark::kColon;
  }
  return false;
}

// Of ASCII's letters and digits and of Han, which end no words; 0 at anything else.
std::size_t letter_bytes(std::string_view text, std::size_t at) {
  if (is_ascii_alnum(text[at])) return 1;
  return is_han(text.substr(at)) ? kHanBytes : 0;
}

// What a field ends at that programs wrote: a tab, two spaces, a tag, the next key of a query.
bool ends_field(std::string_view text, std::size_t at) {
  static constexpr ByteSet kEnds("\t\n<\\");
  return kEnds.has(text[at]) || text.substr(at, 2) == "  " ||
         (text[at] == '&' && text.substr(at, kMaxLabel).contains('='));
}

// Where words end that begin at `at`: at a mark of the sentence, the bracket that closes around
// them, the end of a field or the next label.
std::size_t words_end(std::string_view text, std::size_t at, std::size_t stop) {
  const bool bracketed = mark_before(text, at).mark == Mark::kOpen && text[at - 1] != '>';
  std::size_t end = at;
  while (end < stop && end - at <= kMaxWords) {
    if (const std::size_t letter = letter_bytes(text, end); letter > 0) {
      end += letter;
      continue;
    }
    const MarkAt mark = mark_at(text, end);
    if (in(mark.mark, kEndsWords) || ends_field(text, end) ||
        (bracketed && mark.mark == Mark::kClose) ||
        (text[end] == ' ' && is_label(text, end + 1, stop)))
      break;
    end += std::max<std::size_t>(mark.bytes, 1);
  }
  return skip_marks_back(text, std::min(end, stop), at, Mark::kSpace);
}

bool ends_word(std::string_view text, std::size_t at, std::size_t stop) {
  return at >= stop || mark_at(text, at).mark != Mark::kNone || text[at] == '\n';
}

bool is_month(std::string_view digits) {
  return digits.size() == 2 ? digits >= "01" && digits <= "12"
                            : digits.size() == 1 && digits != "0";
}

// 1990年3月, 1990.03, 199003: a birth date without its day.
std::optional<Span> birth_month(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const bool century = rest.starts_with("19") || rest.starts_with("20");
  if (!century || rest.size() < 6 || !is_ascii_digit(rest[2]) || !is_ascii_digit(rest[3]))
    return std::nullopt;
  const std::size_t year = skip_marks(rest, 4, rest.size(), Mark::kSpace);
  const bool han = rest.substr(year).starts_with("年");
  const bool joined = han || std::string_view("-/.").contains(rest[4]);
  if (!joined && !is_ascii_digit(rest[4])) return std::nullopt;
  std::size_t month = han ? year + "年"sv.size() : joined ? 5 : 4;
  if (han) month = skip_marks(rest, month, rest.size(), Mark::kSpace);
  std::size_t end = month;
  while (end < rest.size() && end < month + 2 && is_ascii_digit(rest[end])) ++end;
  const bool real = is_month(rest.substr(month, end - month)) && (joined || end == month + 2);
  if (han) {
    end = skip_marks(rest, end, rest.size(), Mark::kSpace);
    if (!rest.substr(end).starts_with("月")) return std::nullopt;
    end += "月"sv.size();
  }
  const bool goes_on = end < rest.size() &&
                       (is_ascii_alnum(rest[end]) || std::string_view("-/.").contains(rest[end]));
  return real && !goes_on ? std::optional(Span{at, at + end}) : std::nullopt;
}

std::optional<Span> birth_date(std::string_view text, std::size_t at, Date today) {
  const auto written = written_date(text, at);
  if (!written) return birth_month(text, at);
  // The first day of 1900 is what programs write where they know none.
  if (written->date <= kEarliest || written->date > today) return std::nullopt;
  return Span{at, written->end};
}

// What databases write behind a date: 00:00:00.000.
bool is_time(std::string_view rest) {
  return rest.size() <= 14 && rest.contains(':') && std::ranges::all_of(rest, [](char c) {
           return is_ascii_digit(c) || std::string_view(" :.").contains(c);
         });
}

// □未婚 ☑离异: the box that is ticked; `at` where none is.
std::size_t ticked(std::string_view text, std::size_t at, std::size_t stop) {
  const std::string_view rest = text.substr(at, std::min(stop - at, kMaxWords));
  if (!rest.starts_with("□") && !rest.starts_with("☑") && !rest.starts_with("■")) return at;
  for (const std::string_view tick : {"☑", "☒", "■", "√"}) {
    if (const std::size_t box = rest.find(tick); box != std::string_view::npos)
      return skip_marks(text, at + box + tick.size(), stop, Mark::kSpace);
  }
  return at;
}

// 汉 alone stands for 汉族 when it is all of the value.
std::optional<Span> trait(std::string_view text, std::size_t from, std::size_t stop) {
  const std::size_t at = ticked(text, from, stop);
  const auto listed = catalog::trait_prefix(text.substr(at, stop - at));
  if (listed.bytes > 0 && ends_word(text, at + listed.bytes, stop))
    return Span{at, at + listed.bytes};
  if (!is_han(text.substr(at))) return std::nullopt;  // as every people's name begins
  const std::size_t end = words_end(text, at, stop);
  if (end - at > kMaxPeople) return std::nullopt;
  const std::string people = std::string(text.substr(at, end - at)) + "族";
  if (catalog::trait_prefix(people).bytes != people.size()) return std::nullopt;
  return Span{at, end};
}

std::optional<Span> amount(std::string_view text, std::size_t at, std::size_t stop) {
  if (text.substr(at, stop - at).starts_with("约")) at += "约"sv.size();
  const auto found = amount_at(text.substr(0, stop), at);
  if (!found || found->end > stop) return std::nullopt;
  return found;
}

// 30天起, 5万元至10万元; not 逾期30天起诉, 余额5万元至今未还.
bool goes_on(std::string_view behind) {
  constexpr std::string_view kFrom = "起";
  constexpr std::string_view kTo = "至";
  if (behind.starts_with(kTo)) {
    const std::string_view to = behind.substr(kTo.size());
    return !to.empty() && is_ascii_digit(to.front());
  }
  return behind.starts_with(kFrom) && !is_han(behind.substr(kFrom.size()));
}

// 最高50万元, 90天以上: what a rule or a product allows is nobody's.
bool is_bound(std::string_view text, const Span& value, std::size_t stop) {
  static constexpr auto kBefore = std::to_array<std::string_view>(
      {"最高",   "最低",   "最高可达", "可达", "最高为", "最低为", "不超过",
       "不低于", "不高于", "不得超过", "上限", "下限",   "至多",   "至少",
       "高于",   "低于",   "大于",     "小于", "少于",   "不足",   "不满",
       "≥",      "≤",      "＞",       "＜",   ">=",     "<=",     "单户"});
  static constexpr auto kBehind = std::to_array<std::string_view>(
      {"以上", "以下", "以内", "之内", "及以上", "及以下", "(含", "（含", "封顶", "~", "～"});
  const std::size_t begin =
      skip_marks_back(text, value.begin, value.begin - std::min(value.begin, kMaxBound),
                      Mark::kSpace | Mark::kColon);
  const std::string_view before = text.substr(0, begin);
  const std::string_view behind = text.substr(value.end, stop - value.end);
  return std::ranges::any_of(kBefore, [&](auto word) { return before.ends_with(word); }) ||
         std::ranges::any_of(kBehind, [&](auto word) { return behind.starts_with(word); }) ||
         goes_on(behind);
}

std::optional<Span> certain_amount(std::string_view text, std::size_t at, std::size_t stop) {
  const auto found = amount(text, at, stop);
  return found && !is_bound(text, *found, stop) ? found : std::nullopt;
}

// Hundreds of millions are a branch's or a bank's: 31.65 亿元.
std::optional<Span> owned_amount(std::string_view text, std::size_t at, std::size_t stop) {
  const auto found = certain_amount(text, at, stop);
  return found && !text.substr(found->begin, found->size()).contains("亿") ? found : std::nullopt;
}

// 正常 to 损失: the five grades of loans (PBC, 2001); 3期, 30天 of arrears.
std::optional<Span> standing(std::string_view text, std::size_t at, std::size_t stop) {
  const std::string_view rest = text.substr(at, stop - at);
  for (const std::string_view grade : {"正常"sv, "关注"sv, "次级"sv, "可疑"sv, "损失"sv}) {
    if (rest.starts_with(grade) && ends_word(text, at + grade.size(), stop))
      return Span{at, at + grade.size()};
  }
  std::size_t end = at;
  while (end < stop && end - at < 4 && is_ascii_digit(text[end])) ++end;
  for (const std::string_view unit : {"期"sv, "天"sv, "次"sv, "个月"sv}) {
    if (end == at || !text.substr(end, stop - end).starts_with(unit)) continue;
    const Span whole{at, end + unit.size()};
    return is_bound(text, whole, stop) ? std::nullopt : std::optional(whole);
  }
  return certain_amount(text, at, stop);
}

std::optional<Span> employer(std::string_view text, std::size_t at, std::size_t stop) {
  const std::size_t end = words_end(text, at, stop);
  const std::string_view name = text.substr(at, end - at);
  if (name.size() < kLeastWords || name.size() > kMaxWords) return std::nullopt;
  return catalog::organisation_suffix(name) > 0 ? std::optional(Span{at, end}) : std::nullopt;
}

// Prompts and code stand where answers do.
bool is_placeholder(std::string_view answer) {
  static constexpr Signs kStarts(std::to_array<std::string_view>(
      {"请",    "输入", "必填", "可选", "不能为空", "null",  "None", "undefined", "string", "true",
       "false", "your", "Your", "get",  "this.",    "self.", "new ", "$",         "{",      "<",
       "*",     "@",    "(",    "可以", "不可",     "不要",  "不得", "是否",      "应",     "须",
       "由",    "系统", "用户", "同上", "无需",     "见",    "CHAR", "VARCHAR"}));
  static constexpr Signs kWords(std::to_array<std::string_view>(
      {"()",   "***",  "字符", "填写",   "区分", "建议", "不少于", "长度",
       "自行", "加密", "字段", "哈希",   "散列", "密文", "明文",   "比对",
       "校验", "必须", "需要", "不一致", "错误", "忘记", "密保",   "答案"}));
  return kStarts.begin(answer) || kWords.stand_in(answer);
}

std::optional<Span> security_answer(std::string_view text, std::size_t at, std::size_t stop) {
  const std::size_t end = words_end(text, at, stop);
  const std::string_view answer = text.substr(at, end - at);
  if (answer.size() < 2 || answer.size() > kMaxWords || is_placeholder(answer)) return std::nullopt;
  const bool says = std::ranges::any_of(
      answer, [](char c) { return is_ascii_alnum(c) || is_high(c); });  // not the rule of a table
  return says ? std::optional(Span{at, end}) : std::nullopt;
}

// Names of variables, types and calls are no accounts': without a digit only Pinyin is believed.
std::optional<Span> login_name(std::string_view text, std::size_t at, std::size_t stop) {
  static constexpr std::string_view kMarks = "_-.@";
  std::size_t end = at;
  while (end < stop && end - at <= kMaxLogin &&
         (is_ascii_alnum(text[end]) || kMarks.contains(text[end])))
    ++end;
  while (end > at && std::string_view("-.@").contains(text[end - 1])) --end;  // a sentence's
  const std::string_view name = text.substr(at, end - at);
  if (name.size() < kLeastLogin || name.size() > kMaxLogin) return std::nullopt;
  const bool tag = text.substr(end, 2) == "</";
  if (!tag && end < text.size() && std::string_view("([<{$%*").contains(text[end]))
    return std::nullopt;
  const bool digits = std::ranges::any_of(name, is_ascii_digit);
  if (digits && (written_date(text.substr(0, end), at) || name.starts_with("0x")))
    return std::nullopt;
  const bool told = digits || (name.size() >= kLeastPinyin && catalog::is_pinyin(name));
  return told ? std::optional(Span{at, end}) : std::nullopt;
}

std::optional<Span> value_at(Kind kind, std::string_view text, std::size_t at, std::size_t stop,
                             Date today) {
  if (at >= stop) return std::nullopt;
  switch (kind) {
    case Kind::kLatinName:
      return latin_name(text, at, stop);
    case Kind::kBirthDate:
      return birth_date(text.substr(0, stop), at, today);
    case Kind::kPersonalTraits:
      return trait(text, at, stop);
    case Kind::kIncome:
    case Kind::kBalance:
      return owned_amount(text, at, stop);
    case Kind::kCreditStanding:
      return standing(text, at, stop);
    case Kind::kEmployer:
      return employer(text, at, stop);
    case Kind::kLoginName:
      return login_name(text, at, stop);
    case Kind::kSecurityAnswer:
      return security_answer(text, at, stop);
    case Kind::kBiometrics:
      return biometric_template(text, at);
    default:
      return std::nullopt;
  }
}

}  // namespace

bool may_textual_follow(Kind kind, std::string_view text, std::size_t at, std::size_t stop) {
  if (kind != Kind::kLatinName) return true;  // `name` is a word of every program
  const std::size_t begin = skip_gap(text, skip_unit(text, at, stop), stop).end;
  return begin < stop && is_ascii_upper(text[begin]);
}

namespace {

std::optional<Span> textual_from(Kind kind, std::string_view text, std::size_t at, std::size_t from,
                                 std::size_t stop, Date today) {
  const LabelGap gap = skip_gap(text, from, stop);
  // 登录名zhangsan88 needs no mark; `login` is a word of every program.
  const bool han = at > 0 && static_cast<unsigned char>(text[at - 1]) >= 0x80;
  const bool quoted = mark_before(text, gap.end).mark == Mark::kQuote;
  const bool assigned_only =
      kind == Kind::kSecurityAnswer ? !quoted : kind == Kind::kLoginName && !han;
  if (assigned_only && !gap.assigned) return std::nullopt;
  if (!gap.separated && kind == Kind::kEmployer) return std::nullopt;
  return value_at(kind, text, gap.end, stop, today);
}

}  // namespace

std::optional<Span> textual_behind(Kind kind, std::string_view text, std::size_t at,
                                   std::size_t stop, Date today) {
  const std::size_t unit_end = skip_unit(text, at, stop);
  if (const auto found = textual_from(kind, text, at, unit_end, stop, today)) return found;
  // 出生日期（1990-03-07）: no unit is in the brackets, but the value.
  return unit_end > at ? textual_from(kind, text, at, at, stop, today) : std::nullopt;
}

std::optional<Span> textual_in_cell(Kind kind, std::string_view text, const Span& cell,
                                    Date today) {
  const auto found = value_at(kind, text, cell.begin, cell.end, today);
  if (!found) return std::nullopt;
  const bool dated =
      kind == Kind::kBirthDate && is_time(text.substr(found->end, cell.end - found->end));
  return found->end >= cell.end || dated ? found : std::nullopt;
}

}  // namespace huxin::detect
