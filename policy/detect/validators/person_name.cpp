#include "policy/detect/validators/person_name.hpp"

#include <algorithm>
#include <array>

#include "policy/catalog/tables.hpp"
#include "policy/detect/han.hpp"

namespace huxin::detect {
namespace {

using catalog::given_name_bits;
using catalog::GivenPlace;

// Evidence of a form alone. Of Han names four fifths have two characters behind the surname, one
// fifth one, less than a hundredth three (as double surnames do).
constexpr int kOneGiven = -2;
constexpr int kThreeGiven = -11;
constexpr int kDotted = 8;
constexpr int kOfElements = 6;
constexpr int kOfOneElement = -2;  // 巴图 stands for places and things too

// Characters that write no sound of a foreign name: a full stop of ASCII stands between sentences
// more often than in one.
constexpr std::string_view kOfSentences =
    "的了是在这這我你他她们們不就也很与與或及而为為被把将將对對从從到个個着過过说說会會能要没有用做"
    "请請注意"
    "参參见見现現中时時间間数數组組接较較题題号號码碼方件系统統行进進";

// Number of Han characters when there is nothing else; 0 otherwise.
std::size_t han_count(std::string_view utf8) {
  if (utf8.empty() || utf8.size() % kHanBytes != 0) return 0;
  for (std::size_t i = 0; i < utf8.size(); i += kHanBytes) {
    if (!is_han(utf8.substr(i, kHanBytes))) return 0;
  }
  return utf8.size() / kHanBytes;
}

bool is_of_sentences(std::string_view utf8) {
  for (std::size_t i = 0; i < kOfSentences.size(); i += kHanBytes) {
    if (utf8.contains(kOfSentences.substr(i, kHanBytes))) return true;
  }
  return false;
}

// Parts of Han with dots between them; the last of one character is a surname: 约翰·李, not
// 平方米·月.
bool is_dotted_name(std::string_view utf8) {
  std::size_t characters = 0;
  std::size_t parts = 1;
  std::size_t part = 0;  // characters of the part so far
  bool full_stop = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::string_view rest = utf8.substr(at);
    const std::size_t dot = middle_dot_at(rest);
    if (dot == 0 && (rest.size() < kHanBytes || !is_han(rest.substr(0, kHanBytes)))) return false;
    if (dot > 0 && part == 0) return false;
    parts += dot > 0 ? 1U : 0U;
    characters += dot > 0 ? 0U : 1U;
    part = dot > 0 ? 0 : part + 1;
    full_stop = full_stop || dot == 1;
    at += dot > 0 ? dot : kHanBytes;
  }
  if (full_stop && is_of_sentences(utf8)) return false;
  if (part == 1 && catalog::surname_prefix(utf8.substr(utf8.size() - kHanBytes)) == 0) return false;
  return part > 0 && parts >= 2 && parts <= 5 && characters > parts && characters + parts - 1 <= 16;
}

int given_bits(std::string_view given) {
  const std::string_view first = given.substr(0, kHanBytes);
  switch (given.size() / kHanBytes) {
    case 1:
      return kOneGiven + given_name_bits(first, GivenPlace::kAlone);
    case 2:
      return given_name_bits(first, GivenPlace::kFirst) +
             given_name_bits(given.substr(kHanBytes), GivenPlace::kSecond);
    case 3:
      // 张李雨涵: the second surname weighs nothing.
      return kThreeGiven +
             std::max(given_name_bits(first, GivenPlace::kFirst),
                      std::min(0, catalog::surname_bits(first))) +
             given_name_bits(given.substr(kHanBytes, kHanBytes), GivenPlace::kFirst) +
             given_name_bits(given.substr(2 * kHanBytes), GivenPlace::kSecond);
    default:
      return kNoName;
  }
}

int weigh_as_elements(std::string_view utf8, std::size_t count) {
  if (!catalog::is_made_of_name_elements(utf8)) return kNoName;
  return count > 3 ? kOfElements : kOfOneElement;
}

constexpr std::size_t kMostBlanks = 12;  // bytes
constexpr std::size_t kMostHan = 4;
constexpr std::string_view kWideBlank = "\u3000";
constexpr HanSet kBehindNames = han_set("男女与及等的在");

// Characters of Han at the start of a text, up to one more than a part of a name has.
std::size_t part_length(std::string_view utf8) {
  std::size_t count = 0;
  while (count < 3 && is_han(utf8.substr(count * kHanBytes))) ++count;
  return count;
}

// Bytes of the blank that a text starts with; 0 for none.
std::size_t blank_at(std::string_view utf8) {
  if (utf8.starts_with(' ')) return 1;
  return utf8.starts_with(kWideBlank) ? kWideBlank.size() : 0;
}

// Bytes of the blanks that a text starts with; of more than kMostBlanks, too many.
std::size_t blanks(std::string_view utf8) {
  std::size_t end = 0;
  for (std::size_t blank = 1; blank > 0 && end <= kMostBlanks; end += blank)
    blank = blank_at(utf8.substr(end));
  return end;
}

}  // namespace

std::size_t spaced_name(std::string_view utf8) {
  const std::size_t first = part_length(utf8);
  const bool compound = first == 2 && catalog::surname_prefix(utf8) == 2 * kHanBytes;
  if (first != 1 && !compound) return 0;
  std::size_t characters = first;
  std::size_t end = first * kHanBytes;
  std::size_t most = kMostBlanks;
  for (bool paired = false; !paired;) {
    const std::size_t gap = blanks(utf8.substr(end));
    if (gap == 0 || gap > most) break;
    most = gap;  // 张 三  李 四
    const std::string_view part = utf8.substr(end + gap);
    const std::size_t size = part_length(part);
    paired = size == 2 && characters == first;
    if ((size != 1 && !paired) || kBehindNames.has(part) || catalog::name_follower(part).bits > 0)
      break;
    if (characters + size > kMostHan) return 0;
    characters += size;
    end += gap + size * kHanBytes;
  }
  if (characters == first) return 0;
  if (characters < kMostHan || compound) return end;
  // 欧 阳 明 珠; what stands alone behind a shorter name is none of it.
  return catalog::surname_prefix(without_blanks(utf8.substr(0, end))) > kHanBytes ? end : 0;
}

bool has_blanks(std::string_view name) { return name.contains(' ') || name.contains(kWideBlank); }

std::string without_blanks(std::string_view name) {
  std::string joined;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t blank = blank_at(name.substr(at));
    if (blank == 0) joined += name[at];
    at += std::max<std::size_t>(blank, 1);
  }
  return joined;
}

std::size_t middle_dot_at(std::string_view utf8) {
  if (utf8.empty()) return 0;
  const auto lead = static_cast<unsigned char>(utf8[0]);
  if (lead < 0x80) return lead == '.' ? 1 : 0;
  if (lead > 0xE3) return 0;  // Han, nearly always
  for (const std::string_view dot : {"·", "•", "‧", "・"}) {
    if (utf8.starts_with(dot)) return dot.size();
  }
  return 0;
}

int person_name_bits(std::string_view utf8) {
  const std::size_t count = han_count(utf8);
  if (count == 0 && is_dotted_name(utf8)) return kDotted;
  if (count == 0 && spaced_name(utf8) == utf8.size() && !utf8.empty())
    return person_name_bits(without_blanks(utf8));
  if (count < 2 || count > 8 || catalog::ends_unlike_name(utf8)) return kNoName;
  const std::size_t surname = catalog::surname_prefix(utf8);
  const bool formed = surname > 0 && surname < utf8.size() &&
                      utf8.size() - surname <= (surname == kHanBytes ? 3U : 2U) * kHanBytes;
  if (!formed) return weigh_as_elements(utf8, count);
  const int bits = catalog::surname_bits(utf8.substr(0, surname)) +
                   given_bits(utf8.substr(surname)) - catalog::leading_word_bits(utf8);
  return bits >= kOfElements ? bits : std::max(bits, weigh_as_elements(utf8, count));
}

}  // namespace huxin::detect
