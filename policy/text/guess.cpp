// How an encoding is guessed: marks first, then validity as UTF-8, then each encoding is tried and
// scored by how ordinary its characters are: UTF-8 too, since a file with a few bad bytes is still
// one.
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "policy/text/code_page.hpp"
#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::text {
namespace {

constexpr std::size_t kSample = 64 * 1024;
constexpr std::size_t kScored = 16 * 1024;     // bytes of UTF-16 that are scored
constexpr std::size_t kMostCharacters = 6000;  // beyond ASCII

/// The commonest characters of Chinese text in both scripts, and those of forms and bank tables.
constexpr std::u16string_view kFrequent =
    u"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    u"子说产种面而方后多定行学法所民得"
    u"经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合"
    u"还因由其些然前外天政四日那社义事平"
    u"形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无"
    u"系军很情者最立代想已通并提直题党程"
    u"展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角"
    u"期根论运农指几九区强放决西被干做必"
    u"战先回则任取据处姓名身份证号码机址地银卡客户编账帐金额序支付款贷存取余网点柜员授信征报告联系"
    u"方式省市县镇街村室栋单元王李张刘陈"
    u"杨赵黄周吴徐孙胡朱林何郭马罗南北京上海广州深圳东江浙苏福龙测试信息交易流日期备注"
    u"個國這們來時會為說對發過還經學後動產種麼開關東車長門問間無電話號碼證業務員實現進應體點從兩樣"
    u"與將變條結該義總數線處論統設計"
    u"資訊質題黨達運邊級圖選組認護華戶帳單銀貸餘額報聯繫縣鄉鎮棟樓張劉陳楊黃吳孫趙馬羅廣蘇灣區臺北"
    u"姓名身分";

class FrequentSet {
 public:
  FrequentSet() {
    for (const char16_t unit : kFrequent) bits_[unit / 64U] |= std::uint64_t{1} << (unit % 64U);
  }
  bool contains(char32_t code) const {
    return code < 0x10000 && (bits_[code / 64U] >> (code % 64U) & 1U) != 0;
  }

 private:
  std::array<std::uint64_t, 1024> bits_{};
};

bool is_strange_control(char32_t code) {
  return code < 0x20 && code != '\t' && code != '\n' && code != '\r' && code != '\f' &&
         code != '\b' && code != 0x1B;
}

/// Arrows, the lines that tables are drawn with, boxes to tick, stars, and emoji with their
/// variation selector.
bool is_drawn(char32_t code) {
  return (code >= 0x2190 && code <= 0x27BF) || code == 0xFE0F ||
         (code >= 0x1F300 && code <= 0x1FAFF);
}

/// How ordinary a character is in a Chinese or English business text, from 1 to -3.
double ordinariness(char32_t code) {
  static const FrequentSet kSet;
  if (code < 0x80) return is_strange_control(code) || code == 0x7F ? -3 : 0.6;
  if (kSet.contains(code)) return 1;
  if (code >= 0x4E00 && code <= 0x9FA5) return 0.1;
  if ((code >= 0x3000 && code <= 0x3020) || (code >= 0xFF01 && code <= 0xFF5E)) return 0.7;
  if (code >= 0x2010 && code <= 0x2027) return 0.5;
  if (is_drawn(code)) return 0.2;
  if ((code >= 0xE000 && code <= 0xF8FF) || (code >= 0x80 && code < 0xA0) || code >= 0xFFF0)
    return -3;
  return -0.8;
}

double weigh(const Taken& taken, ByteView) { return ordinariness(taken.code); }

Taken take_utf8(ByteView bytes) {
  const std::size_t length =
      utf8_length(as_text(bytes.first(std::min(bytes.size(), kLongestUtf8))), 0);
  if (length == 0) return {};
  char32_t code = length == 1 ? bytes[0] : bytes[0] & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6U | (bytes[i] & 0x3FU);
  return {code, length, true};
}

/// Characters that only the extension of GBK over GB 2312 has are rare, and what Latin-1 letters
/// followed by ASCII look like; those of the second level are less common than those of the first.
double weigh_gb18030(const Taken& taken, ByteView bytes) {
  const double plain = ordinariness(taken.code);
  if (taken.length != 2 || plain > 0.5) return plain;
  if (bytes[1] < 0xA1 || bytes[0] < 0xA1) return std::min(plain, -0.4);
  return bytes[0] >= 0xD8 ? std::min(plain, 0.05) : plain;
}

double weigh_big5(const Taken& taken, ByteView bytes) {
  constexpr std::uint8_t kSecondLevel = 0xC9;
  const double plain = ordinariness(taken.code);
  return taken.length == 2 && plain <= 0.5 && bytes[0] >= kSecondLevel ? std::min(plain, -0.2)
                                                                       : plain;
}

/// Mean weight of the first characters `take` finds, of those beyond ASCII alone when
/// `beyond_ascii`; nullopt when there are none. A character cut off by the end of the sample does
/// not count.
template <class Take, class Weigh>
std::optional<double> score(ByteView bytes, bool beyond_ascii, Take take, Weigh weight) {
  constexpr std::size_t kLongest = 4;
  double sum = 0;
  std::size_t count = 0;
  while (!bytes.empty() && count < kMostCharacters) {
    const Taken taken = take(bytes);
    if (!taken.valid && bytes.size() < kLongest) break;
    if (!taken.valid || taken.code >= 0x80 || !beyond_ascii) {
      sum += taken.valid ? weight(taken, bytes) : -3;
      ++count;
    }
    bytes = bytes.subspan(std::min(taken.length, bytes.size()));
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

/// Share of control characters that no text file has.
double share_of_controls(ByteView bytes) {
  const auto controls =
      std::ranges::count_if(bytes, [](std::uint8_t byte) { return is_strange_control(byte); });
  return static_cast<double>(controls) /
         static_cast<double>(std::max<std::size_t>(bytes.size(), 1));
}

std::optional<Encoding> from_mark(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return Encoding::kUtf8;
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv))
    return Encoding::kBinary;  // UTF-32
  if (bytes.starts_with("\xFF\xFE"sv)) return Encoding::kUtf16le;
  if (bytes.starts_with("\xFE\xFF"sv)) return Encoding::kUtf16be;
  if (bytes.starts_with("\x84\x31\x95\x33"sv)) return Encoding::kGb18030;
  return std::nullopt;
}

struct Candidate {
  Encoding encoding = Encoding::kBinary;
  double score = 0.02;  ///< below which nothing is believed
};

/// `handicap`: by how much a less likely encoding must be better than the likelier ones.
void consider(Candidate& best, Encoding encoding, std::optional<double> score, double handicap) {
  if (score && *score - handicap > best.score) best = {encoding, *score - handicap};
}

/// UTF-16 shows zero bytes, or bytes that are not mostly what Western words are made of.
bool may_be_utf16(ByteView sample) {
  const auto zeros = std::ranges::count(sample, 0);
  const auto wordlike = std::ranges::count_if(sample, [](std::uint8_t byte) {
    return byte == ' ' || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
  });
  return zeros > 0 || static_cast<double>(wordlike) < static_cast<double>(sample.size()) * 0.6;
}

// What the sample has before its first byte beyond ASCII tells nothing of encodings that hold
// ASCII.
Encoding guess_by_score(ByteView sample, bool many_controls) {
  constexpr double kBig5Handicap = 0.15;
  constexpr double kWideHandicap = 0.02;
  Candidate best;
  if (!many_controls) {
    const ByteView high = sample.subspan(ascii_prefix(sample));
    consider(best, Encoding::kUtf8, score(high, true, take_utf8, weigh), 0);
    consider(best, Encoding::kGb18030, score(high, true, take_gb18030, weigh_gb18030), 0);
    consider(best, Encoding::kBig5, score(high, true, take_big5, weigh_big5), kBig5Handicap);
  }
  if (may_be_utf16(sample)) {
    const ByteView begin = sample.first(std::min(sample.size(), kScored) / 2 * 2);
    const auto wide = [&](bool big_endian) {
      const auto take = [=](ByteView at) { return take_utf16(at, big_endian); };
      return score(begin, false, take, weigh);
    };
    consider(best, Encoding::kUtf16le, wide(false), kWideHandicap);
    consider(best, Encoding::kUtf16be, wide(true), kWideHandicap);
  }
  return best.encoding;
}

/// A few GB18030 characters can look like two-byte UTF-8 (联通 is the famous word). No Chinese in
/// UTF-8 is that short, and Western letters lead with C2 or C3, so such a text is GB18030's when it
/// reads well.
bool is_gb18030_in_disguise(ByteView sample) {
  constexpr std::ptrdiff_t kFew = 16;  // bytes
  const auto high = std::ranges::count_if(sample, [](std::uint8_t byte) { return byte >= 0x80; });
  const bool western = std::ranges::all_of(
      sample, [](std::uint8_t byte) { return byte < 0xC0 || byte == 0xC2 || byte == 0xC3; });
  const bool three_bytes =
      std::ranges::any_of(sample, [](std::uint8_t byte) { return byte >= 0xE0; });
  if (high == 0 || high > kFew || western || three_bytes) return false;
  const auto read = score(sample, true, take_gb18030, weigh_gb18030);
  return read && *read > 0;
}

/// Latin-1 has no invalid bytes, so it is only believed where letters are few and C1 controls
/// absent.
bool may_be_latin1(ByteView sample) {
  const auto high = std::ranges::count_if(sample, [](std::uint8_t byte) { return byte >= 0xA0; });
  const auto c1 =
      std::ranges::count_if(sample, [](std::uint8_t byte) { return byte >= 0x80 && byte < 0xA0; });
  const auto size = static_cast<double>(sample.size());
  return static_cast<double>(high) < size * 0.3 && static_cast<double>(c1) < size * 0.01;
}

/// Digits and labels in ASCII are found whatever the few other bytes mean. Of text that reads well
/// in no encoding GB18030 is the likeliest.
bool mostly_ascii(ByteView sample) {
  const auto high = std::ranges::count_if(sample, [](std::uint8_t byte) { return byte >= 0x80; });
  return static_cast<double>(high) < static_cast<double>(sample.size()) * 0.3;
}

}  // namespace

Encoding guess_encoding(ByteView bytes) {
  constexpr double kManyControls = 0.02;
  if (const auto marked = from_mark(as_text(bytes))) return *marked;
  const ByteView sample = bytes.first(std::min(bytes.size(), kSample));
  const bool many_controls = share_of_controls(sample) > kManyControls;
  const std::size_t cut =
      sample.size() < bytes.size() ? 3 : 0;  // a character the sample's end may cut
  const bool utf8 = valid_utf8_prefix(as_text(sample)) + cut >= sample.size();
  if (utf8 && !many_controls)
    return is_gb18030_in_disguise(sample) ? Encoding::kGb18030 : Encoding::kUtf8;
  const Encoding scored = guess_by_score(sample, many_controls);
  if (scored != Encoding::kBinary || many_controls) return scored;
  if (may_be_latin1(sample)) return Encoding::kLatin1;
  return mostly_ascii(sample) ? Encoding::kUtf8 : Encoding::kGb18030;
}

}  // namespace huxin::text
