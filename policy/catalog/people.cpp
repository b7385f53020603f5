#include "policy/catalog/people.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <iterator>
#include <span>

#include "policy/catalog/character_code.hpp"

namespace huxin::catalog {
namespace {

struct TraitRow {
  std::string_view value;
  unsigned trait;
};
constexpr TraitRow kTraits[] = {
#include "policy/catalog/personal_traits.inc"
};

struct Word {
  std::string_view text;
};
constexpr Word kSyllables[] = {
#include "policy/catalog/pinyin_syllables.inc"
};
constexpr Word kPlaces[] = {
#include "policy/catalog/latin_places.inc"
};
constexpr Word kPinyinAlike[] = {
#include "policy/catalog/pinyin_alike.inc"
};
constexpr Word kOrganisations[] = {
#include "policy/catalog/organisation_suffixes.inc"
};

constexpr std::size_t kLongestSyllable = 6;  // zhuang
constexpr std::size_t kLongestWord = 32;     // letters

static_assert(std::ranges::all_of(kTraits, [](const TraitRow& row) {
  return row.value.size() >= kCharacterBytes;
}));
static_assert(std::ranges::all_of(kOrganisations, [](const Word& organisation) {
  return organisation.text.size() >= kCharacterBytes;
}));

// Most values are ruled out by what traits begin with.
constexpr ByFirstCharacter kTraitsByFirst(kTraits, &TraitRow::value);
static_assert(kTraitsByFirst.sorted());

// What organisations end in.
struct Suffix {
  std::uint32_t last;
  std::string_view text;
};
constexpr auto kSuffixes = [] {
  std::array<Suffix, std::size(kOrganisations)> suffixes{};
  std::ranges::transform(kOrganisations, suffixes.begin(), [](const Word& organisation) {
    const std::string_view text = organisation.text;
    return Suffix{character_code(text.substr(text.size() - kCharacterBytes)), text};
  });
  std::ranges::sort(suffixes, {}, &Suffix::last);
  return suffixes;
}();

// Letters as a number, five bits each.
constexpr std::uint32_t with_letter(std::uint32_t code, char lower) {
  return code << 5U | static_cast<std::uint32_t>(lower - 'a' + 1);
}
constexpr std::uint32_t letters_code(std::string_view lower) {
  std::uint32_t code = 0;
  for (const char letter : lower) code = with_letter(code, letter);
  return code;
}
static_assert(std::ranges::all_of(kSyllables, [](const Word& syllable) {
  return syllable.text.size() <= kLongestSyllable &&
         std::ranges::all_of(syllable.text, [](char c) { return c >= 'a' && c <= 'z'; });
}));

// Syllables by their first two letters; one of a single letter is by itself.
struct Syllable {
  std::uint32_t first;
  std::uint32_t code;
  std::size_t letters;
};
constexpr auto kByFirst = [] {
  std::array<Syllable, std::size(kSyllables)> syllables{};
  std::ranges::transform(kSyllables, syllables.begin(), [](const Word& syllable) {
    const std::string_view text = syllable.text;
    return Syllable{letters_code(text.substr(0, 2)), letters_code(text), text.size()};
  });
  std::ranges::sort(syllables, {}, &Syllable::first);
  return syllables;
}();
constexpr auto kFirstBegins = [] {
  std::array<std::uint16_t, (1U << 10U) + 1> begins{};
  for (const Syllable& syllable : kByFirst) ++begins[syllable.first + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  return begins;
}();
std::span<const Syllable> syllables_from(std::uint32_t first) {
  return std::span(kByFirst).subspan(kFirstBegins[first],
                                     kFirstBegins[first + 1] - kFirstBegins[first]);
}

bool listed(std::span<const Word> table, std::string_view text) {
  return std::ranges::binary_search(table, text, {}, &Word::text);
}

// ASCII in lower case; false where there is anything else.
bool to_lower(std::string_view word, std::array<char, kLongestWord>& lower) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = static_cast<char>(word[i] | 0x20);
    if (c < 'a' || c > 'z') return false;
    lower[i] = c;
  }
  return true;
}

}  // namespace

// Of those with the same first three bytes, the longest.
TraitValue trait_prefix(std::string_view utf8) {
  if (utf8.size() < kCharacterBytes) return {};
  const Span rows = kTraitsByFirst.rows(utf8);
  TraitValue longest;
  for (std::size_t i = rows.begin; i < rows.end; ++i) {
    const TraitRow& row = kTraits[i];
    if (row.value.size() > longest.bytes && utf8.starts_with(row.value))
      longest = {static_cast<Trait>(row.trait), row.value.size()};
  }
  return longest;
}

bool is_pinyin(std::string_view word) {
  std::array<char, kLongestWord> lower{};
  if (word.empty() || word.size() > kLongestWord || !to_lower(word, lower)) return false;
  std::bitset<kLongestWord + 1> reached;  // ends of whole syllables
  reached.set(0);
  for (std::size_t begin = 0; begin < word.size(); ++begin) {
    if (!reached[begin]) continue;
    std::array<std::uint32_t, kLongestSyllable + 1> codes{};  // of the next letters
    const std::size_t most = std::min(word.size() - begin, kLongestSyllable);
    for (std::size_t i = 0; i < most; ++i) codes[i + 1] = with_letter(codes[i], lower[begin + i]);
    for (const std::size_t letters : {1U, 2U}) {
      for (const Syllable& syllable : syllables_from(letters <= most ? codes[letters] : 0)) {
        if (syllable.letters <= most && syllable.code == codes[syllable.letters])
          reached.set(begin + syllable.letters);
      }
    }
  }
  return reached[word.size()];
}

bool is_latin_place(std::string_view letters) { return listed(kPlaces, letters); }
bool is_pinyin_alike(std::string_view letters) { return listed(kPinyinAlike, letters); }

std::size_t organisation_suffix(std::string_view utf8) {
  if (utf8.size() < kCharacterBytes) return 0;
  const std::uint32_t last = character_code(utf8.substr(utf8.size() - kCharacterBytes));
  std::size_t longest = 0;
  for (const Suffix& suffix : std::ranges::equal_range(kSuffixes, last, {}, &Suffix::last)) {
    if (suffix.text.size() > longest && utf8.ends_with(suffix.text)) longest = suffix.text.size();
  }
  return longest;
}

}  // namespace huxin::catalog
