#include "policy/detect/candidate.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/person_name.hpp"
#include "policy/detect/validators/plate.hpp"
#include "policy/detect/validators/spoken_digits.hpp"
#include "policy/detect/validators/written_date.hpp"

namespace huxin::detect {
namespace {

// What a character is in a number without separators: letters are raised; 0: it is left out.
constexpr auto kCompact = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto c = static_cast<char>(i);
    if (is_ascii_alnum(c)) table[i] = ascii_upper(c);
  }
  return table;
}();

void compact_number(std::string_view text, std::string& value) {
  value.resize(text.size());
  auto end = value.begin();
  for (const char c : text) {
    *end = kCompact[static_cast<unsigned char>(c)];
    end += *end != 0 ? 1 : 0;
  }
  value.erase(end, value.end());
}

// Kinds whose value is a text as it stands.
constexpr KindSet kTexts{Kind::kMachineReadableZone,
                         Kind::kMilitaryId,
                         Kind::kWechat,
                         Kind::kAddress,
                         Kind::kPersonalTraits,
                         Kind::kIncome,
                         Kind::kEmployer,
                         Kind::kTrack1,
                         Kind::kTrack2,
                         Kind::kTrack3,
                         Kind::kCardExpiry,
                         Kind::kPassword,
                         Kind::kBiometrics,
                         Kind::kSecurityAnswer,
                         Kind::kLoginName,
                         Kind::kBalance,
                         Kind::kStatement,
                         Kind::kCreditStanding,
                         Kind::kCreditReport,
                         Kind::kCreditAuthorisation,
                         Kind::kSuspicionReport,
                         Kind::kLargeTransactionReport,
                         Kind::kMoneyLaunderingRisk,
                         Kind::kInvestigationNotice,
                         Kind::kIdentityImage,
                         Kind::kRecording,
                         Kind::kIpAddress,
                         Kind::kMacAddress,
                         Kind::kLocation,
                         Kind::kPrivateKey,
                         Kind::kPaymentFactors,
                         Kind::kBulkList};

void compact_plate(std::string_view text, std::string& value) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t separator = plate_separator(text.substr(at));
    if (separator == 0) value += ascii_upper(text[at]);
    at += std::max<std::size_t>(separator, 1);
  }
}

// YYYYMMDD, in whatever form it was written.
std::string basic_date(std::string_view text) {
  const auto written = written_date(text, 0);
  if (!written) return std::string(text);
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(written->date.year()),
                     static_cast<unsigned>(written->date.month()),
                     static_cast<unsigned>(written->date.day()));
}

constexpr std::size_t kMostDialled = 11;  // digits of a number inside the country

// A number as it is dialled inside its country, 0 before an area's code; of one abroad without 00.
void reduce_to_dialled(Kind kind, std::string& digits) {
  std::erase_if(digits, [](char c) { return !is_ascii_digit(c); });  // ext. 801
  const std::size_t zeros = digits.starts_with("00") ? 2 : 0;
  if (kind == Kind::kForeignPhone) {
    digits.erase(0, zeros);
  } else if (digits.size() > kMostDialled && digits.substr(zeros, 2) == "86") {
    digits.erase(0, zeros + 2);
    if (kind == Kind::kLandline && digits[0] != '0') digits.insert(0, 1, '0');
  }
}

// Texts, and numbers as they mostly are: digits alone, of telephones no more than are dialled.
bool stands_as_it_is(Kind kind, std::string_view text) {
  if (kind == Kind::kName) return !has_blanks(text);
  if (kTexts.has(kind)) return true;
  if (kind == Kind::kBirthDate || kind == Kind::kForeignPhone) return false;
  const bool dialled = !kPhones.has(kind) || text.size() <= kMostDialled;
  return dialled && std::ranges::all_of(text, is_ascii_digit);
}

bool is_wide(std::string_view text) {
  return !text.empty() && static_cast<unsigned char>(text[0]) >= 0x80;
}

// What does not stand as it is.
void write_value(Kind kind, std::string_view text, std::string& value) {
  value.clear();
  if (kind == Kind::kLicencePlate) {
    compact_plate(text, value);
  } else if (kind == Kind::kEmail || kind == Kind::kLatinName) {
    value = text;
    std::ranges::transform(value, value.begin(), ascii_lower);
  } else if (kind == Kind::kBirthDate) {
    value = basic_date(text);
  } else if (kind == Kind::kName) {
    value = without_blanks(text);
  } else {
    if (is_wide(text)) value = read_spoken(text).digits;
    if (value.empty()) compact_number(text, value);
    if (kPhones.has(kind)) reduce_to_dialled(kind, value);
  }
}

}  // namespace

std::string value_of(Kind kind, std::string_view text) {
  if (stands_as_it_is(kind, text)) return std::string(text);
  std::string value;
  write_value(kind, text, value);
  return value;
}

std::string_view value_of(Kind kind, std::string_view text, std::string& room) {
  if (stands_as_it_is(kind, text)) return text;
  write_value(kind, text, room);
  return room;
}

}  // namespace huxin::detect
