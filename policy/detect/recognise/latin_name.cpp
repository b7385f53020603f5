#include "policy/detect/recognise/latin_name.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxWords = 4;

bool is_letter(std::string_view text, std::size_t at, std::size_t stop) {
  return at < stop && (is_ascii_upper(text[at]) || is_ascii_lower(text[at]));
}

// Syllables may be joined: Yu-hua, Xi'an.
std::size_t word_end(std::string_view text, std::size_t at, std::size_t stop) {
  while (is_letter(text, at, stop) ||
         (at < stop && std::string_view("-'").contains(text[at]) && is_letter(text, at + 1, stop)))
    ++at;
  return at;
}

// Zhang or ZHANG; SanFeng too, since both halves are syllables, and San-feng.
bool is_name_word(std::string_view word) {
  if (word == "A" || word == "E") return true;
  if (word.size() < 2 || !is_ascii_upper(word[0])) return false;
  for (std::size_t begin = 0; begin < word.size();) {
    const std::size_t end = std::min(word.find_first_of("-'", begin), word.size());
    if (!catalog::is_pinyin(word.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return !catalog::is_pinyin_alike(ascii_lowered(word));
}

// A comma may be followed by a space.
std::size_t joint_end(std::string_view text, std::size_t at, std::size_t stop) {
  if (at >= stop || !std::string_view(" ,/").contains(text[at])) return at;
  const bool comma = text[at++] == ',';
  return comma && at < stop && text[at] == ' ' ? at + 1 : at;
}

}  // namespace

std::optional<Span> latin_name(std::string_view text, std::size_t at, std::size_t stop) {
  std::size_t words = 0;
  std::size_t letters = 0;
  std::size_t end = at;
  for (std::size_t begin = at; words < kMaxWords; ++words) {
    const std::size_t last = word_end(text, begin, stop);
    if (words >= 2 && last < text.size() && is_ascii_digit(text[last])) break;  // …, E12345678
    if (!is_name_word(text.substr(begin, last - begin))) break;
    letters += last - begin;
    end = last;
    begin = joint_end(text, last, stop);
    if (begin == last) {
      ++words;
      break;
    }
  }
  const bool goes_on = end < text.size() && (is_ascii_alnum(text[end]) || text[end] == '_');
  const bool told = words >= 2 && letters > words && !goes_on;  // not: A E
  return told ? std::optional(Span{at, end}) : std::nullopt;
}

}  // namespace huxin::detect
