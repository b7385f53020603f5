#include "policy/record/mask.hpp"

#include <algorithm>
#include <array>
#include <vector>

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
  }
  return hidden(characters(value).size());
}

}  // namespace huxin::record
