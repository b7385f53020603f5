#include "policy/catalog/people.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <iterator>
#include <span>

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

constexpr std::size_t kLongestValue = 36;    // bytes
constexpr std::size_t kLongestSyllable = 6;  // zhuang
constexpr std::size_t kLongestWord = 32;     // letters
constexpr std::size_t kLongestSuffix = 18;   // bytes

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

TraitValue trait_prefix(std::string_view utf8) {
  for (std::size_t bytes = std::min(utf8.size(), kLongestValue); bytes > 0; --bytes) {
    const auto* found =
        std::ranges::lower_bound(kTraits, utf8.substr(0, bytes), {}, &TraitRow::value);
    if (found != std::end(kTraits) && found->value == utf8.substr(0, bytes))
      return {static_cast<Trait>(found->trait), bytes};
  }
  return {};
}

bool is_pinyin(std::string_view word) {
  std::array<char, kLongestWord> lower{};
  if (word.empty() || word.size() > kLongestWord || !to_lower(word, lower)) return false;
  std::bitset<kLongestWord + 1> reached;  // ends of whole syllables
  reached.set(0);
  for (std::size_t end = 1; end <= word.size(); ++end) {
    for (std::size_t size = 1; size <= std::min(end, kLongestSyllable) && !reached[end]; ++size) {
      if (reached[end - size] && listed(kSyllables, {lower.data() + end - size, size}))
        reached.set(end);
    }
  }
  return reached[word.size()];
}

bool is_latin_place(std::string_view letters) { return listed(kPlaces, letters); }

std::size_t organisation_suffix(std::string_view utf8) {
  for (std::size_t bytes = std::min(utf8.size(), kLongestSuffix); bytes > 0; --bytes) {
    if (listed(kOrganisations, utf8.substr(utf8.size() - bytes))) return bytes;
  }
  return 0;
}

}  // namespace huxin::catalog
