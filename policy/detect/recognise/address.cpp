#include "policy/detect/recognise/address.hpp"

#include <algorithm>
#include <array>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kHanBytes = 3;
constexpr std::size_t kReach = 40 * kHanBytes;    // bytes on either side of the anchor
constexpr std::size_t kMaxStem = 12 * kHanBytes;  // of one part
constexpr int kLeastParts = 3;

// The end of a part and its place in the order; longer ones stand before those they end with.
struct Suffix {
  std::string_view text;
  int order;
};
constexpr auto kSuffixes = std::to_array<Suffix>(
    {{"自治区", 1}, {"自治州", 2}, {"自治县", 3}, {"省", 1},    {"地区", 2}, {"街道", 4},
     {"小区", 8},   {"社区", 5},   {"胡同", 6},   {"花园", 8},  {"大厦", 8}, {"广场", 8},
     {"公寓", 8},   {"家园", 8},   {"号楼", 9},   {"单元", 10}, {"市", 2},   {"州", 2},
     {"盟", 2},     {"区", 3},     {"县", 3},     {"旗", 3},    {"镇", 4},   {"乡", 4},
     {"村", 5},     {"庄", 5},     {"路", 6},     {"街", 6},    {"道", 6},   {"巷", 6},
     {"弄", 7},     {"号", 7},     {"苑", 8},     {"栋", 9},    {"幢", 9},   {"座", 9},
     {"楼", 11},    {"层", 11},    {"室", 12}});

bool is_han(std::string_view rest) {
  return rest.size() >= kHanBytes && rest.substr(0, kHanBytes) >= "\xe3\x90\x80" &&
         rest.substr(0, kHanBytes) <= "\xe9\xbf\xbf";
}

bool is_inner(char c) { return is_ascii_alnum(c) || c == '-' || c == '#'; }

// Bytes of a character that may stand inside an address; 0: it may not.
std::size_t inner_at(std::string_view rest) {
  if (rest.empty()) return 0;
  if (is_inner(rest[0])) return 1;
  if (is_han(rest) || rest.starts_with("＃")) return kHanBytes;
  const MarkAt mark = mark_at(rest, 0);
  return in(mark.mark, Mark::kOpen | Mark::kClose) ? mark.bytes : 0;
}

std::size_t inner_before(std::string_view text, const Span& scope, std::size_t end) {
  if (end > scope.begin && inner_at(text.substr(end - 1, 1)) == 1) return 1;
  const bool wide = end >= scope.begin + kHanBytes;
  return wide && inner_at(text.substr(end - kHanBytes, kHanBytes)) == kHanBytes ? kHanBytes : 0;
}

// The stretch of Han, letters and digits around `at`.
Span stretch(std::string_view text, std::size_t at, const Span& scope) {
  Span span{at, at};
  while (at - span.begin < kReach) {
    const std::size_t bytes = inner_before(text, scope, span.begin);
    if (bytes == 0) break;
    span.begin -= bytes;
  }
  while (span.end - at < kReach) {
    const std::size_t bytes = inner_at(text.substr(span.end, scope.end - span.end));
    if (bytes == 0) break;
    span.end += bytes;
  }
  return span;
}

// Where the suffixes that start with a character begin in kSuffixes, by the character's last two
// bytes; kNone says cheaply that none does.
constexpr std::size_t slot(std::string_view character) {
  return (static_cast<unsigned char>(character[1]) & 0x3FU) << 6U |
         (static_cast<unsigned char>(character[2]) & 0x3FU);
}
constexpr std::uint8_t kNone = 0xff;
constexpr auto kFirstAt = [] {
  std::array<std::uint8_t, 4096> table{};
  table.fill(kNone);
  for (std::size_t i = kSuffixes.size(); i-- > 0;) {
    table[slot(kSuffixes[i].text)] = static_cast<std::uint8_t>(i);
  }
  return table;
}();

const Suffix* suffix_at(std::string_view rest) {
  const std::uint8_t first = kFirstAt[slot(rest)];
  if (first == kNone) return nullptr;
  const auto* const found =
      std::find_if(kSuffixes.begin() + first, kSuffixes.end(),
                   [rest](const Suffix& suffix) { return rest.starts_with(suffix.text); });
  return found == kSuffixes.end() ? nullptr : found;
}

bool is_house_part(int order) { return order == 7 || order >= 9; }

// 12号, 三栋, A座: what stands before 号 and finer parts ends in a digit, a letter or a numeral.
bool numbered(std::string_view stem) {
  if (is_ascii_alnum(stem.back())) return true;
  static constexpr std::string_view kNumerals = "一二三四五六七八九十甲乙丙丁东南西北中";
  return stem.size() >= kHanBytes && kNumerals.contains(stem.substr(stem.size() - kHanBytes));
}

// Reads parts from the start of a text for as long as they come in order.
class PartReader {
 public:
  explicit PartReader(std::string_view text) : text_(text) {}

  void read() {
    std::size_t at = 0;
    while (at < text_.size() && at - part_ <= kMaxStem) {
      const bool han = is_han(text_.substr(at));
      const Suffix* suffix = han ? suffix_at(text_.substr(at)) : nullptr;
      if (suffix != nullptr && at > part_ && !take(at, *suffix)) return;
      at += suffix != nullptr ? suffix->text.size() : han ? kHanBytes : 1;
    }
  }

  int parts() const { return parts_; }
  std::size_t end() const {
    std::size_t end = part_;  // 3-2-501 behind 号楼
    while (parts_ >= kLeastParts && end < text_.size() &&
           (is_ascii_alnum(text_[end]) || text_[end] == '-' || text_[end] == '#')) {
      ++end;
    }
    return end;
  }

 private:
  // False when the order breaks: the address ended before.
  bool take(std::size_t at, const Suffix& suffix) {
    int order = suffix.order;
    if (is_house_part(order) && !numbered(text_.substr(part_, at - part_))) return true;
    if (order == 7 && last_ >= 7) order = 12;  // …栋…号
    if (order < last_ || (order == last_ && order <= 3 && order != 2))
      return order > 3 || parts_ == 0;
    last_ = order;
    ++parts_;
    part_ = at + suffix.text.size();
    return true;
  }

  std::string_view text_;
  std::size_t part_ = 0;
  int last_ = 0;
  int parts_ = 0;
};

std::optional<Address> read_from(std::string_view text, const Span& area, bool known_place) {
  PartReader reader(text.substr(area.begin, area.size()));
  reader.read();
  if (reader.parts() < kLeastParts) return std::nullopt;
  return Address{{area.begin, area.begin + reader.end()}, reader.parts(), known_place};
}

bool starts_with_place(std::string_view text) {
  const auto place = catalog::place_prefix(text);
  return place && (place->full || place->province || place->prefecture);
}

}  // namespace

std::optional<Address> recognise_address(std::string_view text, std::size_t at, const Span& scope,
                                         std::optional<std::size_t> start) {
  Span area = stretch(text, at, scope);
  if (start && *start >= area.begin && *start < area.end) area.begin = *start;
  for (std::size_t begin = area.begin; begin + kHanBytes <= area.end && begin <= at;) {
    const std::string_view rest = text.substr(begin, area.end - begin);
    if (!is_han(rest)) {
      ++begin;
      continue;
    }
    if (starts_with_place(rest)) {
      if (auto address = read_from(text, {begin, area.end}, true)) return address;
    }
    begin += kHanBytes;
  }
  return start ? read_from(text, area, false) : std::nullopt;
}

}  // namespace huxin::detect
