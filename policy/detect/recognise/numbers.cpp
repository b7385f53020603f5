#include "policy/detect/recognise/numbers.hpp"

#include <algorithm>
#include <array>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/framed.hpp"
#include "policy/detect/recognise/grouping.hpp"
#include "policy/detect/validators/bank_card.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/validators/credit_code.hpp"
#include "policy/detect/validators/foreign_phone.hpp"
#include "policy/detect/validators/iban.hpp"
#include "policy/detect/validators/old_resident_id.hpp"
#include "policy/detect/validators/passport.hpp"
#include "policy/detect/validators/phone.hpp"
#include "policy/detect/validators/residence_permit.hpp"
#include "policy/detect/validators/resident_id.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLongest = 34;  // an IBAN

// What is taken off the confidence for each sign of chance. They add up.
constexpr double kLinkedDoubt = 0.5;      // tied into a longer code by '-' or '.'
constexpr double kLinkedIdDoubt = 0.15;   // an identity number carries its own proof
constexpr double kIrregularDoubt = 0.25;  // grouped as nobody writes it
constexpr double kKnownIssuerTrust =
    -0.12;  // a prefix on record: Luhn alone holds for a tenth of all
constexpr double kUnknownUnionPayDoubt = 0.1;
constexpr double kRareLengthDoubt = 0.35;    // Visa of 13 or 19 digits: barcodes, snowflake ids
constexpr double kDateLikeDoubt = 0.4;       // Mastercard's 2221–2720 is how yyMMdd… begins
constexpr double kDigitCodeDoubt = 0.2;      // company codes without a letter: rarer than by chance
constexpr double kCountDoubt = 0.5;          // so many pieces, shares or yuan
constexpr double kPathDoubt = 0.2;           // a part of a path: /data/13800138000
constexpr double kOddDigitCodeDoubt = 0.45;  // …and not of the common registers

class RunReader {
 public:
  RunReader(std::string_view text, const NumberRun& run, Date today, std::vector<Candidate>& out)
      : text_(text), run_(run), today_(today), out_(out) {}

  // Of a run that goes on, the next one begins with the last groups.
  void read() {
    const std::size_t told_again = run_.goes_on ? kMaxGroupsOfNumber : 0;
    for (std::size_t first = 0; first + told_again < run_.groups.size(); ++first) read_from(first);
  }

 private:
  void read_from(std::size_t first) {
    if (first > 0 && lone(first - 1) && lone(first)) return;  // 1 3 8…: at the first digit alone
    length_ = 0;
    digits_ = true;
    const std::size_t stop = std::min(run_.groups.size(), first + kMaxGroupsOfNumber);
    for (std::size_t last = first; last < stop; ++last) {
      const Group& group = run_.groups[last];
      if (length_ + group.size() > kLongest) {
        if (first == last) recognise_framed(text_, group, out_);
        return;
      }
      text_.copy(buffer_.data() + length_, group.size(), group.begin);
      length_ += group.size();
      digits_ = digits_ && group.digits;
      classify(first, last);
    }
  }

  bool lone(std::size_t group) const { return run_.groups[group].size() == 1; }

  void classify(std::size_t first, std::size_t last) {
    if (length_ < 7) return;
    const Grouping shape = grouping(text_, run_, first, last);
    if (digits_) {
      if (is_decimal(text_, shape)) return;
      read_digits(shape);
    } else {
      read_letters(shape);
    }
    if (shape.single()) recognise_framed(text_, run_.groups[first], out_);
  }

  void read_digits(const Grouping& shape) {
    switch (length_) {
      case 7:
      case 8:
        return read_local_number(shape);
      case 9:
        read_local_number(shape);  // Taiwan's mobile numbers
        return read_passport(shape);
      case 12:
        if (read_foreign_phone(shape)) return;
        [[fallthrough]];
      case 10:
        return read_landline(shape);
      case 11:
        if (read_foreign_phone(shape)) return;
        return number()[0] == '0' ? read_landline(shape) : read_mobile(shape, 0);
      case 13:
        if (shape.single() && number().starts_with("86")) read_mobile(shape, 2);
        return read_card(shape);
      case 15:
        if (shape.single() && number().starts_with("0086")) read_mobile(shape, 4);
        read_old_id(shape);
        return read_card(shape);
      case 18:
        if (read_id(shape)) return;
        read_credit_code(shape);
        return read_card(shape);
      default:
        return read_card(shape);
    }
  }

  void read_letters(const Grouping& shape) {
    if (length_ == 9) read_passport(shape);
    if (length_ == 18 && !read_id(shape)) read_credit_code(shape);
    if (length_ >= 15) read_iban(shape);
  }

  bool read_id(const Grouping& shape) {
    Kind kind{};
    if (is_resident_id(number(), today_)) {
      kind = Kind::kResidentId;
    } else if (is_residence_permit(number(), today_)) {
      kind = Kind::kResidencePermit;
    } else if (is_permanent_residence_card(number(), today_)) {
      kind = Kind::kPermanentResidenceCard;
    } else {
      return false;
    }
    add(kind, shape, shape.linked ? kLinkedIdDoubt : 0);
    return true;
  }

  void read_old_id(const Grouping& shape) {
    if (shape.single() && is_old_resident_id(number(), today_)) {
      add(Kind::kOldResidentId, shape, shape.linked ? kLinkedDoubt : 0);
    }
  }

  void read_mobile(const Grouping& shape, std::size_t country) {
    if (!is_mobile(number().substr(country))) return;
    double doubt = 0;
    if (shape.linked && !behind_country_code(shape)) doubt += kLinkedDoubt;
    if (!is_mobile_grouping(shape)) {
      if (!shape.whole_run) return;
      doubt += kIrregularDoubt;
    }
    if (counts_something(shape)) doubt += kCountDoubt;
    if (ends_path(shape)) doubt += kPathDoubt;
    add(Kind::kMobile, shape, doubt, country);
  }

  bool counts_something(const Grouping& shape) const {
    static constexpr auto kUnits = std::to_array<std::string_view>(
        {"笔", "元", "股", "吨", "件", "份", "亿", " units", " shares", " bytes"});
    const std::string_view behind = text_.substr(shape.groups.back().end, 8);
    if (behind.empty() || (behind[0] != ' ' && static_cast<unsigned char>(behind[0]) < 0x80))
      return false;
    return std::ranges::any_of(kUnits, [&](auto unit) { return behind.starts_with(unit); });
  }

  bool ends_path(const Grouping& shape) const {
    const std::size_t begin = shape.groups.front().begin;
    return begin >= 2 && text_[begin - 1] == '/' && is_ascii_lower(text_[begin - 2]);
  }

  // +86-138…, 0086 138…: the group before is no part of a longer code.
  bool behind_country_code(const Grouping& shape) const {
    const std::size_t first = static_cast<std::size_t>(shape.groups.data() - run_.groups.data());
    if (first == 0 || first + shape.groups.size() != run_.groups.size()) return false;
    const Group& before = run_.groups[first - 1];
    const std::string_view code = text_.substr(before.begin, before.size());
    return code == "86" || code == "0086";
  }

  void read_landline(const Grouping& shape) {
    const std::size_t area = landline_area_length(number());
    if (area == 0) return;
    if (!shape.single() && shape.groups[0].size() != area) return;
    const bool extended = has_extension(shape);
    const std::size_t end = (&shape.groups.back() + (extended ? 1 : 0))->end;
    out_.push_back({.span = {shape.groups.front().begin, end},
                    .kind = Kind::kLandline,
                    .doubt = shape.linked && !extended ? kLinkedDoubt : 0});
  }

  // 010-12345678-801
  bool has_extension(const Grouping& shape) const {
    const Group& last = shape.groups.back();
    const std::size_t next = static_cast<std::size_t>(&last - run_.groups.data()) + 1;
    return next + 1 == run_.groups.size() && run_.groups[next].digits &&
           run_.groups[next].size() <= 5 && shape.groups.data() == run_.groups.data();
  }

  // (010)12345678: the brackets keep the area code out of the run.
  void read_local_number(const Grouping& shape) {
    std::size_t end = shape.groups[0].begin;
    if (end > 0 && text_[end - 1] == ' ') --end;
    const MarkAt close = mark_before(text_, end);
    if (close.mark != Mark::kClose) return;
    end -= close.bytes;
    std::size_t area = end;
    while (area > 0 && end - area <= 4 && is_ascii_digit(text_[area - 1])) --area;
    if (area > 0 && text_[area - 1] == '+') return read_foreign_behind(area, end, shape);
    const MarkAt open = mark_before(text_, area);
    if (open.mark != Mark::kOpen) return;
    std::string all(text_.substr(area, end - area));
    const std::size_t area_length = all.size();
    all += number();
    if (landline_area_length(all) != area_length || area_length == 0) return;
    out_.push_back({.span = {area - open.bytes, shape.groups.back().end}, .kind = Kind::kLandline});
  }

  // (+852) 9123 4567
  void read_foreign_behind(std::size_t country, std::size_t end, const Grouping& shape) {
    const std::string all = std::string(text_.substr(country, end - country)).append(number());
    if (!is_foreign_phone(all)) return;
    out_.push_back({.span = {country, shape.groups.back().end}, .kind = Kind::kForeignPhone});
  }

  void read_card(const Grouping& shape) {
    const auto scheme = bank_card_scheme(number());
    if (!scheme) return;
    const bool union_pay = *scheme == catalog::CardScheme::kUnionPay;
    double doubt = shape.linked ? kLinkedDoubt : 0;
    if (!is_card_grouping(shape)) {
      if (!shape.whole_run || has_long_group(shape)) return;
      doubt += kIrregularDoubt;
    }
    add_card_doubt(union_pay, doubt);
    add(union_pay ? Kind::kUnionPayCard : Kind::kInternationalCard, shape, doubt);
  }

  void add_card_doubt(bool union_pay, double& doubt) const {
    if (catalog::is_known_issuer(number())) {
      doubt += kKnownIssuerTrust;
      return;
    }
    if (union_pay) doubt += kUnknownUnionPayDoubt;
    if (has_rare_length(number())) doubt += kRareLengthDoubt;
    if (number().starts_with('2') && starts_like_a_date(number())) doubt += kDateLikeDoubt;
  }

  // yyMMdd…
  static bool starts_like_a_date(std::string_view digits) {
    const std::string_view month = digits.substr(2, 2);
    const std::string_view day = digits.substr(4, 2);
    return month >= "01" && month <= "12" && day >= "01" && day <= "31";
  }

  static bool has_long_group(const Grouping& shape) {
    return std::ranges::any_of(shape.groups, [](const Group& group) { return group.size() > 10; });
  }

  void read_passport(const Grouping& shape) {
    raise();
    if ((shape.single() || has_series(shape)) && is_passport(number())) {
      add(Kind::kPassport, shape, shape.linked ? kLinkedDoubt : 0);
    }
  }

  // E 12345678: the series stands apart.
  bool has_series(const Grouping& shape) const {
    return shape.groups.size() == 2 && shape.groups[0].size() <= 2 && shape.groups[1].digits;
  }

  void read_credit_code(const Grouping& shape) {
    raise();
    if (!shape.single() || !is_credit_code(number())) return;
    double doubt = shape.linked ? kLinkedIdDoubt : 0;
    if (digits_) {
      const bool common =
          number().starts_with('9') || number().starts_with('1') || number().starts_with('5');
      doubt +=
          common && number()[1] >= '1' && number()[1] <= '3' ? kDigitCodeDoubt : kOddDigitCodeDoubt;
    }
    add(Kind::kCreditCode, shape, doubt);
  }

  void read_iban(const Grouping& shape) {
    raise();
    if (is_iban(number())) add(Kind::kIban, shape, shape.linked ? kLinkedIdDoubt : 0);
  }

  // +852 9123 4567, 00852-…, (+852)…
  bool read_foreign_phone(const Grouping& shape) {
    const std::size_t begin = shape.groups.front().begin;
    if (begin == 0 || text_[begin - 1] != '+' || !is_foreign_phone(number())) return false;
    if (begin > 1 && is_ascii_alnum(text_[begin - 2])) return false;
    out_.push_back({.span = {begin - 1, shape.groups.back().end},
                    .kind = Kind::kForeignPhone,
                    .doubt = shape.linked ? kLinkedDoubt : 0});
    return true;
  }

  // Letters count in either case.
  void raise() {
    if (digits_) return;
    for (std::size_t i = 0; i < length_; ++i) buffer_[i] = ascii_upper(buffer_[i]);
  }

  void add(Kind kind, const Grouping& shape, double doubt, std::size_t skip = 0) {
    out_.push_back({.span = {shape.groups.front().begin + skip, shape.groups.back().end},
                    .kind = kind,
                    .doubt = doubt});
  }

  std::string_view number() const { return {buffer_.data(), length_}; }

  std::string_view text_;
  const NumberRun& run_;
  Date today_;
  std::vector<Candidate>& out_;
  std::array<char, kLongest> buffer_{};
  std::size_t length_ = 0;
  bool digits_ = true;
};

}  // namespace

void recognise_numbers(std::string_view text, const NumberRun& run, Date today,
                       std::vector<Candidate>& candidates) {
  RunReader(text, run, today, candidates).read();
}

}  // namespace huxin::detect
