#include "policy/catalog/people.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <iterator>
#include <span>

#include "policy/base/byte_set.hpp"

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
constexpr Word kOrganisations[] = {
#include "policy/catalog/organisation_suffixes.inc"
};

constexpr std::size_t kLongestSyllable = 6;  // zhuang
constexpr std::size_t kLongestWord = 32;     // letters
constexpr std::size_t kLongestSuffix = 18;   // bytes

// By their last byte: most names are ruled out by it.
constexpr ByteSet kLastOfOrganisations = [] {
  ByteSet last;
  for (const Word& organisation : kOrganisations) last.add(organisation.text.back());
  return last;
}();

static_assert(std::ranges::all_of(kTraits,
                                  [](const TraitRow& row) { return row.value.size() >= 3; }));

// A syllable as a number, five bits a letter.
constexpr std::uint32_t with_letter(std::uint32_t code, char lower) {
  return code << 5U | static_cast<std::uint32_t>(lower - 'a' + 1);
}
constexpr auto kSyllableCodes = [] {
  std::array<std::uint32_t, std::size(kSyllables)> codes{};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    for (const char letter : kSyllables[i].text) codes[i] = with_letter(codes[i], letter);
  }
  std::ranges::sort(codes);
  return codes;
}();
static_assert(std::ranges::all_of(kSyllables, [](const Word& syllable) {
  return syllable.text.size() <= kLongestSyllable &&
         std::ranges::all_of(syllable.text, [](char c) { return c >= 'a' && c <= 'z'; });
}));

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
  const std::string_view first = utf8.substr(0, 3);
  const auto rows = std::ranges::equal_range(
      kTraits, first, {}, [](const TraitRow& row) { return row.value.substr(0, 3); });
  TraitValue longest;
  for (const TraitRow& row : rows) {
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
    std::uint32_t code = 0;
    for (std::size_t end = begin; end < std::min(word.size(), begin + kLongestSyllable);) {
      code = with_letter(code, lower[end++]);
      if (std::ranges::binary_search(kSyllableCodes, code)) reached.set(end);
    }
  }
  return reached[word.size()];
}

bool is_latin_place(std::string_view letters) { return listed(kPlaces, letters); }

std::size_t organisation_suffix(std::string_view utf8) {
  if (utf8.empty() || !kLastOfOrganisations.has(utf8.back())) return 0;
  for (std::size_t bytes = std::min(utf8.size(), kLongestSuffix); bytes > 0; --bytes) {
    if (listed(kOrganisations, utf8.substr(utf8.size() - bytes))) return bytes;
  }
  return 0;
}

}  // namespace huxin::catalog
