#include "policy/record/mask.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "policy/record/amount_band.hpp"

namespace huxin::record {
namespace {

using catalog::Mask;

// Splits UTF-8 into characters; a broken byte is one of its own.
std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    result.push_back(text.substr(at, end - at));
    at = end;
  }
  return result;
}

std::string hidden(std::size_t count) { return std::string(count, '*'); }

// Shows the first and last so many characters; everything is hidden when that would leave nothing
// or too little to hide.
std::string keep(std::string_view value, std::size_t first, std::size_t last) {
  const auto all = characters(value);
  if (all.size() < first + last + std::min<std::size_t>(first + last, 3)) return hidden(all.size());
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += i < first || i >= all.size() - last ? all[i] : std::string_view("*");
  }
  return text;
}

std::string mask_name(std::string_view value) {
  const std::size_t count = characters(value).size();
  if (count < 2) return hidden(count);
  const auto all = characters(value);
  if (count == 2) return std::string(all[0]) + "*";
  return std::string(all.front()) + hidden(count - 2) + std::string(all.back());
}

// Three stars whatever the length: that of the local part is not told.
std::string mask_email(std::string_view value) {
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos) return hidden(characters(value).size());
  const auto local = characters(value.substr(0, at));
  std::string text;
  for (std::size_t i = 0;
       i < std::min<std::size_t>(3, local.size() - std::min<std::size_t>(1, local.size())); ++i) {
    text += local[i];
  }
  return text.append("***").append(value.substr(at));
}

// Area codes are 010, 02x and four digits elsewhere; without its zero nothing is told.
std::string mask_landline(std::string_view value) {
  if (!value.starts_with('0') || value.size() < 9) return hidden(characters(value).size());
  const bool three = value.starts_with("010") || value.starts_with("02");
  return keep(value, three ? 3 : 4, 2);
}

// Kept to the district: the first 区, 县 or 旗 behind which something is left; to the city when
// there is none; nothing otherwise.
std::string mask_address(std::string_view value) {
  static constexpr auto kEnds = std::to_array<std::string_view>({"自治区", "区", "县", "旗", "市"});
  std::size_t kept = 0;
  bool district = false;
  const auto all = characters(value);
  std::size_t at = 0;
  for (std::size_t i = 0; i + 1 < all.size() && i < 24 && !district; ++i) {
    at += all[i].size();
    const std::string_view so_far = value.substr(0, at);
    if (i == 0 || so_far.ends_with(kEnds[0])) continue;
    const bool ends_district =
        std::ranges::find(kEnds.begin() + 1, kEnds.end() - 1, all[i]) != kEnds.end() - 1;
    if (ends_district || all[i] == kEnds.back()) kept = at;
    district = ends_district;
  }
  return std::string(value.substr(0, kept)) + hidden(characters(value.substr(kept)).size());
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The first letter of each word; CamelCase counts as words.
std::string mask_initials(std::string_view value) {
  std::string text;
  bool start = true;
  for (const char c : value) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) {
      text += static_cast<unsigned char>(c) < 0x80 && !is_digit(c) ? c : '*';
    } else if (start || (c >= 'A' && c <= 'Z' && text.ends_with('*'))) {
      text += c;
    } else {
      text += '*';
    }
    start = !letter;
  }
  return text;
}

// The first four digits in a row that read as a year; every other digit is hidden.
std::string mask_date(std::string_view value) {
  const auto starts_year = [&](std::size_t at) {
    const std::string_view year = value.substr(at, 4);
    return year.size() == 4 && std::ranges::all_of(year, is_digit) && year >= "1800" &&
           year <= "2199";
  };
  std::size_t at = 0;
  while (at < value.size() && !starts_year(at)) ++at;
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    text += is_digit(value[i]) && (i < at || i >= at + 4) ? '*' : value[i];
  }
  return text;
}

// 203.0.113.* and 2001:db8:1:*.
std::string mask_ip(std::string_view value) {
  if (!value.contains(':')) {
    const std::size_t dot = value.rfind('.');
    return dot == std::string_view::npos ? hidden(value.size())
                                         : std::string(value.substr(0, dot + 1)) + "*";
  }
  std::size_t end = 0;
  for (int groups = 0; groups < 3 && end != std::string_view::npos; ++groups) {
    end = value.find(':', groups == 0 ? 0 : end + 1);
  }
  const std::size_t gap = value.find("::");
  const std::size_t kept = std::min(end, gap == std::string_view::npos ? end : gap);
  return kept >= value.size() ? hidden(value.size()) : std::string(value.substr(0, kept + 1)) + "*";
}

// Hides every hexadecimal digit behind the first six.
std::string mask_mac(std::string_view value) {
  std::string text;
  int seen = 0;
  for (const char c : value) {
    const bool hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    text += hex && ++seen > 6 ? '*' : c;
  }
  return text;
}

// Hides what stands behind the second decimal of each number.
std::string mask_coordinates(std::string_view value) {
  std::string text;
  int decimals = -1;  // before the point
  for (const char c : value) {
    if (c == '.') {
      decimals = 0;
    } else if (!is_digit(c)) {
      decimals = -1;
    } else if (decimals >= 0) {
      ++decimals;
    }
    text += decimals > 2 ? '*' : c;
  }
  return text;
}

}  // namespace

std::string mask(std::string_view value, Mask preset) {
  switch (preset) {
    case Mask::kNone:
      return std::string(value);
    case Mask::kRemove:
      return hidden(std::min<std::size_t>(characters(value).size(), 32));
    case Mask::kFirstLast:
      return keep(value, 1, 1);
    case Mask::kMobile:
      return keep(value, 3, 4);
    case Mask::kCard:
      return keep(value, 6, 4);
    case Mask::kLastFour:
      return keep(value, 0, 4);
    case Mask::kTwoTwo:
      return keep(value, 2, 2);
    case Mask::kName:
      return mask_name(value);
    case Mask::kEmail:
      return mask_email(value);
    case Mask::kAreaLine:
      return mask_landline(value);
    case Mask::kDistrict:
      return mask_address(value);
    case Mask::kFirst:
      return keep(value, 1, 0);
    case Mask::kFirstFour:
      return keep(value, 4, 0);
    case Mask::kInitials:
      return mask_initials(value);
    case Mask::kYear:
      return mask_date(value);
    case Mask::kBand:
      return amount_band(value).value_or(hidden(std::min<std::size_t>(value.size(), 32)));
    case Mask::kNetwork:
      return mask_ip(value);
    case Mask::kVendor:
      return mask_mac(value);
    case Mask::kCoarse:
      return mask_coordinates(value);
  }
  return hidden(characters(value).size());
}

}  // namespace huxin::record
