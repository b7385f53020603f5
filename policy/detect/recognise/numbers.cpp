#include "policy/detect/recognise/numbers.hpp"

#include <algorithm>
#include <array>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/framed.hpp"
#include "policy/detect/recognise/grouping.hpp"
#include "policy/detect/recognise/phone_numbers.hpp"
#include "policy/detect/validators/bank_card.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/validators/credit_code.hpp"
#include "policy/detect/validators/iban.hpp"
#include "policy/detect/validators/old_resident_id.hpp"
#include "policy/detect/validators/passport.hpp"
#include "policy/detect/validators/residence_permit.hpp"
#include "policy/detect/validators/resident_id.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLongest = 34;       // an IBAN
constexpr std::size_t kLongestPhone = 16;  // 0086, an area and a number in it
constexpr std::size_t kShortestCard = 13;

// What is taken off the confidence for each sign of chance. They add up.
constexpr double kLinkedIdDoubt = 0.15;  // an identity number carries its own proof
constexpr double kKnownIssuerTrust =
    -0.12;  // a prefix on record: Luhn alone holds for a tenth of all
constexpr double kUnknownUnionPayDoubt = 0.1;
constexpr double kRareLengthDoubt = 0.35;    // Visa of 13 or 19 digits: barcodes, snowflake ids
constexpr double kDateLikeDoubt = 0.4;       // Mastercard's 2221–2720 is how yyMMdd… begins
constexpr double kDigitCodeDoubt = 0.2;      // company codes without a letter: rarer than by chance
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
    if (length_ <= kLongestPhone) recognise_phone(text_, shape, number(), out_);
    if (length_ == 9) read_passport(shape);
    if (length_ == 15) read_old_id(shape);
    if (length_ == 18) {
      if (read_id(shape)) return;
      read_credit_code(shape);
    }
    if (length_ >= kShortestCard) read_card(shape);
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
    add(kind, shape, shape.linked() ? kLinkedIdDoubt : 0);
    return true;
  }

  void read_old_id(const Grouping& shape) {
    if (shape.single() && is_old_resident_id(number(), today_)) {
      add(Kind::kOldResidentId, shape, shape.linked() ? kLinkedDoubt : 0);
    }
  }

  void read_card(const Grouping& shape) {
    const auto scheme = bank_card_scheme(number());
    if (!scheme) return;
    const bool union_pay = *scheme == catalog::CardScheme::kUnionPay;
    double doubt = shape.linked() ? kLinkedDoubt : 0;
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
      add(Kind::kPassport, shape, shape.linked() ? kLinkedDoubt : 0);
    }
  }

  // E 12345678: the series stands apart.
  bool has_series(const Grouping& shape) const {
    return shape.groups.size() == 2 && shape.groups[0].size() <= 2 && shape.groups[1].digits;
  }

  void read_credit_code(const Grouping& shape) {
    raise();
    if (!shape.single() || !is_credit_code(number())) return;
    double doubt = shape.linked() ? kLinkedIdDoubt : 0;
    if (digits_) {
      const bool common =
          number().starts_with('9') || number().starts_with('1') || number().starts_with('5');
      doubt +=
          common && number()[1] >= '1' && number()[1] <= '3' ? kDigitCodeDoubt : kOddDigitCodeDoubt;
    }
    add(Kind::kCreditCode, shape, doubt);
  }

  void read_iban(const Grouping& shape) {
    const auto country = number().substr(0, 2);
    if (!std::ranges::all_of(country, is_ascii_letter) || !is_ascii_digit(number()[2])) return;
    raise();
    if (is_iban(number())) add(Kind::kIban, shape, shape.linked() ? kLinkedIdDoubt : 0);
  }

  // Letters count in either case.
  void raise() {
    if (digits_) return;
    for (std::size_t i = 0; i < length_; ++i) buffer_[i] = ascii_upper(buffer_[i]);
  }

  void add(Kind kind, const Grouping& shape, double doubt) {
    out_.push_back({.span = {shape.groups.front().begin, shape.groups.back().end},
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
