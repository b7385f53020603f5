#include "policy/detect/recognise/phone_numbers.hpp"

#include <algorithm>
#include <string>

#include "policy/catalog/units.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/phone_extension.hpp"
#include "policy/detect/validators/foreign_phone.hpp"
#include "policy/detect/validators/phone.hpp"

namespace huxin::detect {
namespace {

constexpr double kCountDoubt = 0.5;       // so many pieces, shares or yuan
constexpr double kPathDoubt = 0.2;        // a part of a path: /data/13800138000
constexpr double kArgumentDoubt = 0.3;    // an integer that a program is called with
constexpr std::size_t kMaxUnit = 8;       // bytes
constexpr std::size_t kCall = 80;         // bytes of a call before an argument
constexpr double kAreaApartTrust = -0.2;  // 0571-87654321: hardly anything else is written so
constexpr double kUnmarkedDoubt = 0.4;    // a country's code without + or 00 may be anything

// Of ASCII or beyond it.
bool is_letter(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (is_ascii_alnum(c) && !is_ascii_digit(c));
}

// Bytes of the mainland's country code that digits begin with: 86, 0086; 0: they do not.
std::size_t country_digits(std::string_view digits) {
  if (digits.starts_with("86")) return 2;
  return digits.starts_with("0086") ? 4 : 0;
}

class PhoneReader {
 public:
  PhoneReader(std::string_view text, const Grouping& shape, std::string_view number,
              std::vector<Candidate>& out)
      : text_(text), shape_(shape), number_(number), out_(out) {}

  void read() {
    if (number_.size() <= 9) return read_local();
    if (read_foreign()) return;
    if (number_.size() == 11 && number_[0] == '1') return read_mobile(0);
    if (number_.size() <= 12 && number_[0] == '0') read_landline();
    const std::size_t country = country_digits(number_);
    if (country == 0) return;
    if (shape_.single() && number_.size() == country + 11) read_mobile(country);
    read_landline_behind(country);
  }

 private:
  std::size_t begin() const { return shape_.groups.front().begin; }
  std::size_t end() const { return shape_.groups.back().end; }
  bool plus_before(std::size_t at) const { return at > 0 && text_[at - 1] == '+'; }

  // Where the country code begins that stands before a place: +86 138…, 0086-138…, (+86)138…,
  // 86-138…; the place itself where there is none.
  std::size_t country_begin(std::size_t at) const {
    std::size_t end = skip_marks_back(text_, at, at - std::min<std::size_t>(at, 1), Mark::kSpace);
    const bool tied = end > 0 && text_[end - 1] == '-';
    if (tied) --end;
    const MarkAt close = mark_before(text_, end);
    const std::size_t last = close.mark == Mark::kClose ? end - close.bytes : end;
    std::size_t first = last;
    while (first > 0 && last - first < 5 && is_ascii_digit(text_[first - 1])) --first;
    const std::string_view code = text_.substr(first, last - first);
    if (code != "86" && code != "0086") return at;
    const bool plus = plus_before(first);
    if (plus) --first;
    if (close.mark == Mark::kClose) {
      const MarkAt open = mark_before(text_, first);
      return open.mark == Mark::kOpen ? first - open.bytes : at;
    }
    const bool inside = first > 0 && (is_ascii_alnum(text_[first - 1]) || text_[first - 1] == '-');
    return !inside && (plus || tied || code.size() == 4) ? first : at;
  }

  void add(Kind kind, const Span& span, double doubt) {
    out_.push_back({.span = span, .kind = kind, .doubt = doubt});
  }

  // `country`: how many of the first group's digits are the country's code.
  void read_mobile(std::size_t country) {
    if (!is_mobile(number_.substr(country))) return;
    const std::size_t first =
        country > 0 ? begin() - (plus_before(begin()) ? 1 : 0) : country_begin(begin());
    double doubt = 0;
    if (shape_.tied_behind || (shape_.tied_before && first == begin())) doubt += kLinkedDoubt;
    if (!is_mobile_grouping(shape_)) {
      if (!shape_.whole_run || text_[shape_.groups[0].end] == '.') return;  // 172.25.192.143
      doubt += kIrregularDoubt;
    }
    if (counts_something()) doubt += kCountDoubt;
    if (ends_path()) doubt += kPathDoubt;
    if (is_argument()) doubt += kArgumentDoubt;
    add(Kind::kMobile, {first, end()}, doubt);
  }

  // 18337888870 笔, JPY 18337888870.
  bool counts_something() const {
    const std::size_t behind = end() + (text_.substr(end()).starts_with(' ') ? 1 : 0);
    if (behind < text_.size() && is_letter(text_[behind])) {
      const std::string_view word = text_.substr(behind, kMaxUnit);
      const std::size_t unit = catalog::unit_prefix(catalog::Unit::kCount, word);
      if (unit > 0 && (unit >= word.size() || !is_ascii_alnum(word[unit]))) return true;
      const std::size_t few = catalog::unit_prefix(catalog::Unit::kFew, word);  // 个, not 个人
      if (few > 0 && !word.starts_with("号") &&
          (few >= word.size() || (!is_ascii_alnum(word[few]) && !is_han(word.substr(few)))))
        return true;
    }
    const std::size_t before = begin() - (begin() > 0 && text_[begin() - 1] == ' ' ? 1 : 0);
    return before > 0 && (is_letter(text_[before - 1]) || text_[before - 1] == '$') &&
           catalog::currency_suffix(text_.substr(0, before)) > 0;
  }

  bool ends_path() const {
    return begin() >= 2 && text_[begin() - 1] == '/' && is_ascii_lower(text_[begin() - 2]);
  }

  // f(13800138000, 1), print("…", 13800138000): a person's number is no integer of a program.
  bool is_argument() const {
    const char behind = end() < text_.size() ? text_[end()] : ' ';
    if (behind != ',' && behind != ')') return false;
    const std::string_view near =
        text_.substr(0, begin()).substr(begin() - std::min(begin(), kCall));
    if (!near.ends_with('(') && !near.ends_with("\", ")) return false;
    const std::size_t open = near.find_last_of("(\n");
    return open != std::string_view::npos && open > 0 && near[open] == '(' &&
           is_ascii_alnum(near[open - 1]);
  }

  void read_landline() {
    const std::size_t area = landline_area_length(number_);
    if (area == 0) return;
    if (!shape_.single() && shape_.groups[0].size() != area) return;
    add_landline(country_begin(begin()), shape_.single() ? 0 : kAreaApartTrust);
  }

  // +86-571-87654321: the trunk's 0 is left out.
  void read_landline_behind(std::size_t country) {
    const bool plus = plus_before(begin());
    const bool tied = shape_.groups[0].size() == 2 && text_[shape_.groups[0].end] == '-';
    if (!plus && country == 2 && !tied) return;
    const std::string domestic = std::string("0").append(number_.substr(country));
    const std::size_t area = landline_area_length(domestic);
    if (area == 0 || !parts_area(country, area - 1)) return;
    add_landline(begin() - (plus ? 1 : 0));
  }

  // Groups end where the country's code and the area's do, or there is but one.
  bool parts_area(std::size_t country, std::size_t area) const {
    const auto& groups = shape_.groups;
    if (groups.size() == 1) return true;
    if (groups[0].size() == country + area) return true;
    return groups[0].size() == country && groups.size() >= 2 &&
           (groups[1].size() == area || groups.size() == 2);
  }

  void add_landline(std::size_t first, double doubt = 0) {
    const std::size_t last = extension_end(text_, end());
    const bool linked =
        (shape_.tied_behind && last == end()) || (shape_.tied_before && first == begin());
    add(Kind::kLandline, {first, last}, doubt + (linked ? kLinkedDoubt : 0));
  }

  // (010)12345678, 0571/87654321: the area code is no part of the run. (+852) 9123 4567.
  void read_local() {
    const std::size_t near = begin() - std::min<std::size_t>(begin(), 1);
    std::size_t last = skip_marks_back(text_, begin(), near, Mark::kSpace);
    const MarkAt mark = mark_before(text_, last);
    if (mark.mark != Mark::kClose && mark.mark != Mark::kSlash) return;
    last -= mark.bytes;
    std::size_t first = last;
    while (first > 0 && last - first <= 5 && is_ascii_digit(text_[first - 1])) --first;
    const std::string_view code = text_.substr(first, last - first);
    if (mark.mark == Mark::kSlash) return read_behind_slash(first, code);
    const bool plus = plus_before(first);
    const MarkAt open = mark_before(text_, first - (plus ? 1 : 0));
    const std::size_t outer = first - (plus ? 1 : 0) - open.bytes;
    if (open.mark != Mark::kOpen)
      return plus ? read_foreign_behind(first, first - 1, code) : void();
    if (read_bracketed_area(outer, code)) return;
    read_foreign_behind(first, outer, code);
  }

  void read_behind_slash(std::size_t first, std::string_view area) {
    const bool inside = first > 0 && (is_ascii_alnum(text_[first - 1]) || text_[first - 1] == '/');
    if (!inside && is_area(area)) add_landline(first);
  }

  // (0571)…, and +86 (571)…
  bool read_bracketed_area(std::size_t open, std::string_view area) {
    const std::size_t first = country_begin(open);
    const std::string trunk = area.starts_with('0') || first == open ? "" : "0";
    if (!is_area(trunk + std::string(area))) return false;
    add_landline(first, kAreaApartTrust);
    return true;
  }

  bool is_area(std::string_view area) const {
    const std::string all = std::string(area).append(number_);
    return !area.empty() && landline_area_length(all) == area.size();
  }

  void read_foreign_behind(std::size_t country, std::size_t first, std::string_view code) {
    if (!is_foreign_phone(std::string(code).append(number_))) return;
    add(Kind::kForeignPhone, {first, end()}, plus_before(country) ? 0 : kUnmarkedDoubt);
  }

  // +852 9123 4567, 00852-…; 852-9123 4567 needs a label.
  bool read_foreign() {
    const bool plus = plus_before(begin());
    if (begin() > 1 && plus && is_ascii_alnum(text_[begin() - 2])) return false;
    const bool zeros = number_.starts_with("00");
    if (!is_foreign_phone(number_.substr(zeros ? 2 : 0))) return false;
    const bool code = shape_.groups[0].size() == 3 && shape_.groups.size() > 1;
    if (!plus && !zeros && !code) return false;
    const double doubt = plus || zeros ? 0 : kUnmarkedDoubt;
    add(Kind::kForeignPhone, {begin() - (plus ? 1 : 0), end()},
        doubt + (shape_.linked() ? kLinkedDoubt : 0));
    return true;
  }

  std::string_view text_;
  const Grouping& shape_;
  std::string_view number_;
  std::vector<Candidate>& out_;
};

}  // namespace

void recognise_phone(std::string_view text, const Grouping& shape, std::string_view number,
                     std::vector<Candidate>& candidates) {
  PhoneReader(text, shape, number, candidates).read();
}

}  // namespace huxin::detect
