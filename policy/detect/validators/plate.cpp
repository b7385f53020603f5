#include "policy/detect/validators/plate.hpp"

#include <algorithm>

#include "policy/catalog/plates.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kHan = 3;      // bytes
constexpr std::size_t kLongest = 7;  // of a serial: one more than there are

bool is_serial(char c) {
  return is_ascii_alnum(c) && !std::string_view("IO").contains(ascii_upper(c));
}
bool all_digits(std::string_view part) { return std::ranges::all_of(part, is_ascii_digit); }

// D and F, and the letters that followed when both were used up, stand for electric and hybrid.
bool is_new_energy(std::string_view serial) {
  constexpr std::string_view kKinds = "DFABCEGHJK";
  return (kKinds.contains(ascii_upper(serial.front())) && all_digits(serial.substr(2))) ||
         (kKinds.contains(ascii_upper(serial.back())) && all_digits(serial.substr(0, 5)));
}

// 浙B91286-A2 is a drawing's number.
bool goes_on(std::string_view behind) {
  return behind.size() > 1 && behind[0] == '-' && is_ascii_alnum(behind[1]);
}

// Bytes of the serial, with what stands last; 0: none.
std::size_t serial_length(std::string_view rest) {
  const auto* const stop = std::ranges::find_if_not(rest.substr(0, kLongest), is_serial);
  const std::string_view serial(rest.begin(), stop);
  if (std::ranges::none_of(serial, is_ascii_digit)) return 0;
  const std::string_view behind = rest.substr(serial.size());
  if (serial.size() == 4 && catalog::is_plate_ending(behind.substr(0, kHan)))
    return serial.size() + kHan;
  if (!behind.empty() && (is_ascii_alnum(behind[0]) || goes_on(behind))) return 0;
  const bool whole = serial.size() == 5 || (serial.size() == 6 && is_new_energy(serial));
  return whole ? serial.size() : 0;
}

}  // namespace

std::size_t plate_separator(std::string_view utf8) {
  const std::size_t dot = middle_dot_at(utf8);
  return dot > 0 ? dot : utf8.starts_with(' ') || utf8.starts_with('-') ? 1 : 0;
}

Plate plate_at(std::string_view utf8) {
  if (!catalog::is_plate_province(utf8.substr(0, kHan))) return {};
  const std::size_t office = kHan + plate_separator(utf8.substr(kHan));
  if (office >= utf8.size() || !is_ascii_letter(utf8[office]) || ascii_upper(utf8[office]) == 'I')
    return {};
  const std::size_t begin = office + 1 + plate_separator(utf8.substr(office + 1));
  const std::size_t serial = serial_length(utf8.substr(std::min(begin, utf8.size())));
  if (serial == 0) return {};
  const std::string_view letters = utf8.substr(office, begin + serial - office);
  const bool spaced = office == kHan + 1 && utf8[kHan] == ' ';
  return {begin + serial, spaced || std::ranges::any_of(letters, is_ascii_lower)};
}

}  // namespace huxin::detect
