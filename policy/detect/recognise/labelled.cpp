#include "policy/detect/recognise/labelled.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/validators/password.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kHanBytes = 3;
constexpr std::size_t kMaxNameBytes = 18 * kHanBytes;
constexpr std::string_view kMiddleDot = "·";

// Where the value starts, and whether anything stood between it and its label.
struct Gap {
  std::size_t end = 0;
  bool separated = false;
  bool assigned = false;  ///< by a colon or an equals sign
};

Gap skip_gap(std::string_view text, std::size_t at, std::size_t stop) {
  Gap gap{at};
  const std::string_view within = text.substr(0, stop);
  for (int i = 0; i < 8; ++i) {
    const MarkAt here = mark_at(within, gap.end);
    const std::string_view rest = within.substr(std::min(gap.end, within.size()));
    const bool verb = rest.starts_with("为") || rest.starts_with("是");
    const bool assigns = verb || in(here.mark, Mark::kColon | Mark::kEquals);
    const bool opens =
        in(here.mark, Mark::kSpace | Mark::kQuote | Mark::kOpen) || rest.starts_with('>');
    if (!assigns && !opens) break;
    gap.assigned = gap.assigned || assigns;
    gap.separated = true;
    gap.end += verb ? kHanBytes : here.bytes;
  }
  return gap;
}

bool is_han_at(std::string_view text, std::size_t at, std::size_t stop) {
  return at + kHanBytes <= stop && text.substr(at, kHanBytes) >= "\xe3\x90\x80" &&
         text.substr(at, kHanBytes) <= "\xe9\xbf\xbf";
}

std::size_t name_end(std::string_view text, std::size_t begin, std::size_t stop) {
  std::size_t end = begin;
  while (end - begin < kMaxNameBytes) {
    if (is_han_at(text, end, stop)) {
      end += kHanBytes;
    } else if (text.substr(end, stop - end).starts_with(kMiddleDot)) {
      end += kMiddleDot.size();
    } else {
      break;
    }
  }
  return end;
}

// 姓名张三性别男: the next field's name ends the value even where no colon does.
std::string_view before_next_field(std::string_view name) {
  for (const std::string_view field :
       {"性别", "年龄", "民族", "出生", "身份", "证件", "电话", "手机", "联系", "地址", "住址",
        "国籍", "职业", "单位", "账号", "卡号"}) {
    name = name.substr(0, name.find(field));
  }
  return name;
}

std::string_view without_title(std::string_view name) {
  for (const std::string_view title : {"先生", "女士", "小姐", "同志", "经理", "老师"}) {
    if (name.ends_with(title)) return name.substr(0, name.size() - title.size());
  }
  return name;
}

bool is_separator(char c) { return c == ' ' || c == ',' || c == '|' || c == '\t' || c == ';'; }

std::size_t skip(std::string_view text, std::size_t at, std::size_t stop, bool (*test)(char)) {
  while (at < stop && test(text[at])) ++at;
  return at;
}

}  // namespace

std::optional<Span> name_behind(std::string_view text, std::size_t at, std::size_t stop) {
  const Gap gap = skip_gap(text, at, stop);
  const std::size_t end = name_end(text, gap.end, stop);
  const std::string_view name =
      without_title(before_next_field(text.substr(gap.end, end - gap.end)));
  if (!(gap.separated ? is_person_name(name) : is_common_person_name(name))) return std::nullopt;
  return Span{gap.end, gap.end + name.size()};
}

// In a form's body, `&name=` starts the next field; elsewhere '&' may be part of a password.
static bool starts_next_field(std::string_view text, std::size_t at, std::size_t stop) {
  if (text[at] != '&') return false;
  const std::size_t name =
      skip(text, at + 1, stop, [](char c) { return is_ascii_alnum(c) || c == '_'; });
  return name > at + 1 && name < stop && text[name] == '=';
}

std::optional<Span> password_behind(std::string_view text, std::size_t at, std::size_t stop) {
  const Gap gap = skip_gap(text, at, stop);
  if (!gap.assigned) return std::nullopt;
  static constexpr std::string_view kEnds = " \t\r\n\"'<>,;";
  std::size_t end = gap.end;
  while (end < stop && end - gap.end <= 64 && static_cast<unsigned char>(text[end]) < 0x80 &&
         !kEnds.contains(text[end]) && !starts_next_field(text, end, stop)) {
    ++end;
  }
  if (!is_plausible_password(text.substr(gap.end, end - gap.end))) return std::nullopt;
  return Span{gap.end, end};
}

std::optional<Span> security_code_behind(std::string_view text, std::size_t at, std::size_t stop) {
  std::size_t begin = at;
  const std::size_t far = std::min(stop, at + 10);
  while (begin < far && !is_ascii_digit(text[begin])) {
    if (is_ascii_alnum(text[begin]) || text[begin] == '\n') return std::nullopt;
    ++begin;
  }
  // CVN2 itself ends in a digit that belongs to the keyword.
  if (begin == at && at > 0 && is_ascii_alnum(text[at - 1])) return std::nullopt;
  const std::size_t end = skip(text, begin, stop, is_ascii_digit);
  const bool code = end - begin == 3 || end - begin == 4;
  if (!code || (end < text.size() && (is_ascii_alnum(text[end]) || text[end] == '/')))
    return std::nullopt;
  return Span{begin, end};
}

std::optional<Span> security_code_behind_card(std::string_view text, std::size_t at,
                                              std::size_t stop) {
  const std::size_t month = skip(text, at, std::min(stop, at + 3), is_separator);
  if (month == at || month + 4 > stop) return std::nullopt;
  const std::size_t month_end = skip(text, month, stop, is_ascii_digit);
  std::size_t expiry_end = month_end;
  if (month_end - month == 2 && month_end < stop &&
      (text[month_end] == '/' || text[month_end] == '|')) {
    expiry_end = skip(text, month_end + 1, stop, is_ascii_digit);
    const std::size_t year = expiry_end - month_end - 1;
    if (year != 2 && year != 4) return std::nullopt;
  } else if (month_end - month != 4) {
    return std::nullopt;
  }
  const std::string_view mm = text.substr(month, 2);
  if (expiry_end - month >= 5 && (mm < "01" || mm > "12")) return std::nullopt;
  const std::size_t begin = skip(text, expiry_end, std::min(stop, expiry_end + 3), is_separator);
  const std::size_t end = skip(text, begin, stop, is_ascii_digit);
  if (begin == expiry_end || end - begin != 3) return std::nullopt;
  if (end < text.size() && is_ascii_alnum(text[end])) return std::nullopt;
  return Span{begin, end};
}

}  // namespace huxin::detect
