#include "policy/catalog/names.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>
#include <span>

namespace huxin::catalog {
namespace {

constexpr std::size_t kHan = 3;  // bytes of a Han character of the basic plane
constexpr unsigned kFirst = 0x4E00;
constexpr unsigned kLast = 0x9FFF;
constexpr std::int8_t kRare = 3;  // what running text hardly has is in names, if anywhere

struct SurnameRow {
  std::string_view text;
  unsigned rank;
  int bits;
};
constexpr SurnameRow kSurnameRows[] = {
#include "policy/catalog/surnames.inc"
};

struct GivenRow {
  std::string_view text;
  int first, second, alone;
};
constexpr GivenRow kGivenRows[] = {
#include "policy/catalog/given_names.inc"
};

struct WordRow {
  std::string_view text;
  unsigned bits;
};
constexpr WordRow kWordRows[] = {
#include "policy/catalog/name_words.inc"
};

constexpr std::string_view kElements[] = {
#include "policy/catalog/name_elements.inc"
};

struct FollowerRow {
  std::string_view text;
  int bits;
};
constexpr FollowerRow kFollowerRows[] = {
#include "policy/catalog/name_followers.inc"
};

constexpr std::string_view kEnds[] = {
#include "policy/catalog/name_ends.inc"
};

constexpr unsigned byte(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// Number of a character's row in the tables; one past them for any other character.
constexpr std::size_t kRows = kLast - kFirst + 1;
constexpr std::size_t row_of(std::string_view text) {
  if (text.size() < kHan || byte(text, 0) < 0xE4 || byte(text, 0) > 0xE9) return kRows;
  const unsigned code =
      (byte(text, 0) & 0x0FU) << 12U | (byte(text, 1) & 0x3FU) << 6U | (byte(text, 2) & 0x3FU);
  return code >= kFirst && code <= kLast ? code - kFirst : kRows;
}

struct Character {
  std::int8_t surname = 0;
  bool is_surname = false;
  bool starts_compound = false;
  std::uint16_t first_surname = 0;  // of those that it begins…
  std::uint8_t surnames = 0;        // …and how many they are
  std::uint16_t first_element = 0;
  std::uint8_t elements = 0;
  bool ends = false;             // no name ends in it
  bool may_end = false;          // a longer ending does
  std::uint16_t first_word = 0;  // of those in name_words.tsv that it begins…
  std::uint8_t words = 0;        // …and how many they are
  std::uint16_t first_follower = 0;
  std::uint8_t followers = 0;
  std::array<std::int8_t, 3> given{kRare, kRare, kRare};  // by GivenPlace
};

constexpr auto kCharacters = [] {
  std::array<Character, kRows + 1> table{};
  for (std::size_t i = 0; i < std::size(kSurnameRows); ++i) {
    const SurnameRow& row = kSurnameRows[i];
    Character& first = table[row_of(row.text)];
    if (first.surnames++ == 0) first.first_surname = static_cast<std::uint16_t>(i);
    if (row.text.size() > kHan) {
      first.starts_compound = true;
    } else {
      first.is_surname = true;
      first.surname = static_cast<std::int8_t>(row.bits);
    }
  }
  for (const GivenRow& row : kGivenRows) {
    table[row_of(row.text)].given = {static_cast<std::int8_t>(row.first),
                                     static_cast<std::int8_t>(row.second),
                                     static_cast<std::int8_t>(row.alone)};
  }
  for (std::size_t i = 0; i < std::size(kWordRows); ++i) {
    Character& first = table[row_of(kWordRows[i].text)];
    if (first.words++ == 0) first.first_word = static_cast<std::uint16_t>(i);
  }
  for (std::size_t i = 0; i < std::size(kFollowerRows); ++i) {
    Character& first = table[row_of(kFollowerRows[i].text)];
    if (first.followers++ == 0) first.first_follower = static_cast<std::uint16_t>(i);
  }
  for (std::size_t i = 0; i < std::size(kElements); ++i) {
    Character& first = table[row_of(kElements[i])];
    if (first.elements++ == 0) first.first_element = static_cast<std::uint16_t>(i);
  }
  for (const std::string_view end : kEnds) {
    Character& last = table[row_of(end.substr(end.size() - kHan))];
    (end.size() == kHan ? last.ends : last.may_end) = true;
  }
  table[kRows] = {};
  return table;
}();

// A word's second character, as a number that orders as its bytes do.
constexpr std::uint32_t second_of(std::string_view word) {
  return byte(word, kHan) << 16U | byte(word, kHan + 1) << 8U | byte(word, kHan + 2);
}
constexpr auto kSeconds = [] {
  std::array<std::uint32_t, std::size(kWordRows)> seconds{};
  std::ranges::transform(kWordRows, seconds.begin(),
                         [](const WordRow& row) { return second_of(row.text); });
  return seconds;
}();

static_assert(std::ranges::is_sorted(kWordRows, {}, &WordRow::text));

// No element is the beginning of another, so that the first that fits is the only one.
static_assert(std::ranges::is_sorted(kElements) &&
              std::ranges::adjacent_find(kElements, [](auto element, auto next) {
                return next.starts_with(element);
              }) == std::end(kElements));

const Character& character(std::string_view text) { return kCharacters[row_of(text)]; }

std::span<const SurnameRow> surnames_from(const Character& first) {
  return std::span(kSurnameRows).subspan(first.first_surname, first.surnames);
}

}  // namespace

std::size_t surname_prefix(std::string_view utf8) {
  const Character& first = character(utf8);
  if (!first.starts_compound) return first.is_surname ? kHan : 0;
  std::size_t longest = 0;
  for (const SurnameRow& row : surnames_from(first)) {
    if (row.text.size() > longest && utf8.starts_with(row.text)) longest = row.text.size();
  }
  return longest;
}

bool begins_name(std::string_view utf8) {
  const Character& first = character(utf8);
  return first.is_surname || first.starts_compound || first.elements > 0;
}

int surname_bits(std::string_view surname) {
  const Character& first = character(surname);
  if (surname.size() <= kHan) return first.surname;
  const auto rows = surnames_from(first);
  const auto found = std::ranges::find(rows, surname, &SurnameRow::text);
  return found != rows.end() ? static_cast<int>(found->bits) : 0;
}

int given_name_bits(std::string_view text, GivenPlace place) {
  return character(text).given[static_cast<std::size_t>(place)];
}

int leading_word_bits(std::string_view utf8) {
  const Character& first = character(utf8);
  if (first.words == 0 || utf8.size() < 2 * kHan) return 0;
  const auto seconds = std::span(kSeconds).subspan(first.first_word, first.words);
  const std::uint32_t second = second_of(utf8);
  const auto from = std::ranges::lower_bound(seconds, second);
  std::size_t row = first.first_word + static_cast<std::size_t>(from - seconds.begin());
  int most = 0;
  for (auto at = from; at != seconds.end() && *at == second; ++at, ++row) {
    if (utf8.starts_with(kWordRows[row].text))
      most = std::max(most, static_cast<int>(kWordRows[row].bits));
  }
  return most;
}

bool ends_unlike_name(std::string_view utf8) {
  if (utf8.size() < kHan) return false;
  const Character& last = character(utf8.substr(utf8.size() - kHan));
  if (last.ends || !last.may_end || utf8.size() <= 2 * kHan) return last.ends;
  return std::ranges::binary_search(kEnds, utf8.substr(utf8.size() - 2 * kHan));
}

NameFollower name_follower(std::string_view utf8) {
  const Character& first = character(utf8);
  const auto rows = std::span(kFollowerRows).subspan(first.first_follower, first.followers);
  for (const FollowerRow& row : std::views::reverse(rows)) {  // longer ones stand later
    if (utf8.starts_with(row.text)) return {row.text.size(), std::max(row.bits, 0), row.bits < 0};
  }
  return {};
}

bool is_made_of_name_elements(std::string_view utf8) {
  do {
    const Character& first = character(utf8);
    const auto elements = std::span(kElements).subspan(first.first_element, first.elements);
    const auto element =
        std::ranges::find_if(elements, [&](auto each) { return utf8.starts_with(each); });
    if (element == elements.end()) return false;
    utf8.remove_prefix(element->size());
  } while (!utf8.empty());
  return true;
}

}  // namespace huxin::catalog
