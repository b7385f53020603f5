#include "policy/detect/recognise/address_reader.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

using enum AddressLevel;

constexpr std::size_t kMaxAddress = 160;          // bytes
constexpr std::size_t kMaxStem = 10 * kHanBytes;  // of one part's name
constexpr std::size_t kMaxBracket = 10 * kHanBytes;

// Words of sentences; no name of a street has them.
constexpr HanSet kSentence = han_set("的是在了与被等及或去我你他她们这也就把因已其该");

// 南京路, 北京东路: a street that is called after a place.
bool goes_on_as_road(std::string_view rest) {
  for (int i = 0; i < 2 && is_han(rest) && ends_in_han_numeral(rest.substr(0, kHanBytes)); ++i) {
    rest.remove_prefix(kHanBytes);
  }
  const AddressSuffix* const suffix = address_suffix(rest, false);
  return suffix != nullptr && suffix->level == kRoad;
}

// SOHO in SOHO现代城: Latin letters that Han go on behind; 0 for none.
std::size_t latin_letters(std::string_view rest) {
  std::size_t end = 0;
  while (end < rest.size() && is_ascii_letter(rest[end])) ++end;
  return end > 1 && is_han(rest.substr(end)) ? end : 0;
}

// A building, a unit and a room behind a blank.
bool is_flat(std::string_view rest) {
  if (!rest.starts_with(' ')) return false;
  const std::string_view digits = rest.substr(1, address_number(rest.substr(1)));
  return std::ranges::count(digits, '-') == 2 && digits.find('-') <= 2;
}

AddressLevel level_behind(const catalog::PlaceMatch& place, AddressLevel last) {
  if (place.province && last < kProvince) return kProvince;
  if (place.prefecture && last < kPrefecture) return kPrefecture;
  return place.county && last < kCounty ? kCounty : kNone;
}

}  // namespace

void AddressReader::read() {
  text_ = text_.substr(0, kMaxAddress);
  read_divisions();
  while (read_part()) {
  }
  read_tail();
}

bool AddressReader::has_street() const { return has(kRoad) || has(kTown) || has(kVillage); }

void AddressReader::read_divisions() {
  for (;;) {
    const std::size_t at = next_part();
    const auto place = catalog::place_prefix(text_.substr(at));
    if (!place) return;
    const AddressLevel level = level_behind(*place, last_);
    if (level == kNone) return;
    if (!place->full && goes_on_as_road(text_.substr(at + place->bytes))) return;
    ++known_;
    take(level, at + place->bytes, false);
  }
}

// From the end of the last part to the end of the next: a name or nothing, then a suffix or a
// number.
bool AddressReader::read_part() {
  const std::size_t begin = next_part();
  for (std::size_t at = begin; at < text_.size() && at - begin <= kMaxStem;) {
    const std::string_view rest = text_.substr(at);
    if (is_ascii_alnum(rest[0])) {
      if (take_number(begin, at)) return true;
      const std::size_t letters = latin_letters(rest);
      if (letters == 0) return false;
      at += letters;
      continue;
    }
    if (!is_han(rest) || kSentence.has(rest)) return false;
    if (at > begin && take_suffix(begin, at)) return true;
    at += kHanBytes;
  }
  return false;
}

// 12号, 3栋, A座; 附3号. A number alone is the tail's.
bool AddressReader::take_number(std::size_t stem, std::size_t at) {
  const std::size_t number = address_number(text_.substr(at));
  const std::string_view name = text_.substr(stem, at - stem);
  if (number == 0 || name.ends_with("第")) return false;
  const std::size_t behind = at + number;
  if (text_[behind - 1] == '#' && !is_han(text_.substr(behind))) {
    if (!fits(kBuilding)) return false;
    return take(kBuilding, behind, true), true;
  }
  const std::size_t word = behind + (text_.substr(behind).starts_with(' ') ? 1 : 0);  // 12 号
  const AddressSuffix* const suffix = address_suffix(text_.substr(word), true);
  if (suffix == nullptr || !fits(level_of(*suffix))) return false;
  // 12号附3号, 123弄45号, and no second address.
  if (suffix->level == kHouse && last_ == kHouse && name.size() > kHanBytes) return false;
  take(level_of(*suffix), word + suffix->text.size(), true);
  return true;
}

bool AddressReader::take_suffix(std::size_t stem, std::size_t at) {
  const std::string_view rest = text_.substr(at);
  if (ends_in_han_numeral(text_.substr(stem, at - stem))) {
    const AddressSuffix* const numbered = address_suffix(rest, true);
    // 东区 and 三期 stand behind an estate, 三单元 behind nearly anything.
    if (numbered != nullptr && fits(level_of(*numbered)) && last_ >= kTown) {
      return take(level_of(*numbered), at + numbered->text.size(), true), true;
    }
  }
  const AddressSuffix* const suffix = address_suffix(rest, false);
  if (suffix == nullptr || !fits(level_of(*suffix))) return false;
  const std::size_t behind = at + suffix->text.size();
  // 花园|路, 李庄|村, 城市|广场: the name goes on.
  if (const AddressSuffix* const next = address_suffix(text_.substr(behind), false);
      next != nullptr && next->level >= suffix->level && next->level <= kEstate &&
      suffix->level >= kPrefecture) {
    return false;
  }
  take(level_of(*suffix), behind, false);
  return true;
}

// A room without its suffix: …3单元904, …12号楼3-501, …12 号 7-2-301, 碧水湾3-2-501.
bool AddressReader::read_tail() {
  if (last_ < kCounty || last_ == kRoom) return false;
  if (last_ >= kHouse && is_flat(text_.substr(end_))) ++end_;
  std::size_t at = end_;
  while (at < text_.size() && at - end_ <= kMaxStem && is_han(text_.substr(at)) &&
         !kSentence.has(text_.substr(at))) {
    at += kHanBytes;
  }
  if (at >= text_.size()) return false;
  const std::size_t number = address_number(text_.substr(at));
  const std::string_view digits = text_.substr(at, number);
  if (number == 0 || text_.substr(end_, at - end_).ends_with("第")) return false;
  const bool beside = at == end_ && last_ >= kHouse;
  const std::size_t joint = digits.find_first_of("-#");  // 3-501, 22#2407
  const bool grouped = at > end_ && joint <= 3 && joint + 1 < digits.size();
  if (!beside && !grouped) return false;
  const std::string_view behind = text_.substr(at + number);
  if (grouped && is_han(behind) && !kSentence.has(behind)) return false;
  if (grouped) {
    take(kEstate, at, false);
    ++numbers_;  // a house and a room in it
  }
  take(kRoom, at + number, true);
  return true;
}

void AddressReader::take(AddressLevel level, std::size_t end, bool number) {
  last_ = level;
  end_ = end;
  levels_.set(static_cast<std::size_t>(level));
  ++parts_;
  if (number) ++numbers_;
}

// Larger before smaller. A city may lie in a prefecture, a lane behind a street; estates and house
// numbers come in any order and twice.
bool AddressReader::fits(AddressLevel level) const {
  if (level > last_) return true;
  if (level == kPrefecture || level == kRoad) return level == last_;
  if (level == kHouse) return last_ == kHouse || last_ == kEstate;
  return level == kEstate && last_ <= kBuilding;
}

AddressLevel AddressReader::level_of(const AddressSuffix& suffix) const {
  if (suffix.level == kCounty && last_ >= kRoad) return kEstate;   // 科技园区
  if (suffix.level == kHouse && last_ >= kBuilding) return kRoom;  // 3栋12号
  if (suffix.text == "楼" && last_ >= kBuilding) return kFloor;    // A座5楼
  return suffix.level;
}

std::size_t AddressReader::next_part() const {
  if (parts_ == 0) return end_;
  const auto skip_blanks = [&](std::size_t at) {
    return skip_marks(text_, at, text_.size(), Mark::kSpace);
  };
  return skip_blanks(skip_bracket(skip_blanks(end_)));
}

// 中关村大街（北段）27号, 杭州市(县) 西湖区: behind brackets the address goes on, or they are none
// of its own.
std::size_t AddressReader::skip_bracket(std::size_t at) const {
  if (mark_at(text_, at).mark != Mark::kOpen) return at;
  const std::string_view rest = text_.substr(0, std::min(text_.size(), at + kMaxBracket));
  for (std::size_t end = at; end < rest.size(); ++end) {
    const MarkAt mark = mark_at(rest, end);
    if (mark.mark == Mark::kClose) return end + mark.bytes;
  }
  return at;
}

}  // namespace huxin::detect
