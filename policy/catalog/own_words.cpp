#include "policy/catalog/own_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "policy/base/byte_set.hpp"

namespace huxin::catalog {
namespace {

struct Row {
  std::string_view word;
  std::string_view what;
};
constexpr Row kRows[] = {
#include "policy/catalog/own_words.inc"
};

constexpr std::array<std::string_view, kOwnThings> kNames = {
    "stock", "interbank", "office", "directory", "definition", "type",     "specimen",
    "staff", "role",      "post",   "extension", "animal",     "dwelling", "customer"};

constexpr OwnThings bit_named(std::string_view name) {
  const auto* const at = std::ranges::find(kNames, name);
  return 1U << static_cast<unsigned>(at - kNames.begin());
}

static_assert(std::ranges::all_of(kRows, [](const Row& row) {
  return std::ranges::find(kNames, row.what) != kNames.end();
}));

// What a word is told by: its first bytes, but for the very first, which says little of Han. Most
// of a text is ruled out by them.
constexpr std::size_t kFirst = 5;
constexpr std::size_t first_of(std::string_view utf8) {
  std::uint32_t bytes = 0;
  for (std::size_t i = 1; i < kFirst; ++i)
    bytes = bytes << 8U | static_cast<unsigned char>(utf8[i]);
  return bytes * 0x9E37'79B1U >> 20U;
}
constexpr std::size_t kFirsts = 4096;
static_assert(std::ranges::all_of(kRows, [](const Row& row) { return row.word.size() >= kFirst; }));

struct Word {
  std::string_view word;
  OwnThings things = 0;
};

// By their first bytes, of those with the same the longest first.
constexpr auto kSorted = [] {
  std::array<Word, std::size(kRows)> rows;
  std::ranges::transform(kRows, rows.begin(),
                         [](const Row& row) { return Word{row.word, bit_named(row.what)}; });
  std::ranges::sort(rows, [](const Word& a, const Word& b) {
    const std::size_t first = first_of(a.word);
    const std::size_t other = first_of(b.word);
    return first != other ? first < other : a.word.size() > b.word.size();
  });
  return rows;
}();
constexpr auto kBegins = [] {
  std::array<std::uint16_t, kFirsts + 1> begins{};
  for (const Word& row : kSorted) ++begins[first_of(row.word) + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  return begins;
}();

constexpr OwnThings things_of(std::string_view word) {
  OwnThings things = 0;
  for (std::size_t i = kBegins[first_of(word)]; i < kBegins[first_of(word) + 1]; ++i)
    things |= kSorted[i].word == word ? kSorted[i].things : 0;
  return things;
}

// First bytes of words: most bytes of a text are none.
constexpr ByteSet kBeginBytes = [] {
  ByteSet bytes;
  for (const Word& word : kSorted) bytes.add(word.word[0]);
  return bytes;
}();

// Whether a part that cuts a word may speak of what the whole does not, by a shorter one.
constexpr bool cut_tells(OwnThings things) {
  for (const Word& word : kSorted) {
    const std::size_t first = first_of(word.word);
    for (std::size_t i = kBegins[first]; (word.things & things) != 0 && i < kBegins[first + 1];
         ++i) {
      const std::string_view longer = kSorted[i].word;
      if (longer.starts_with(word.word) && (things_of(longer) & word.things) == 0) return true;
    }
  }
  return false;
}
static_assert(!cut_tells(bit_of(OwnThing::kSpecimen)) && !cut_tells(bit_of(OwnThing::kType)));

// 客户经理 speaks of no 客户.
OwnWord word_at(std::string_view utf8, std::size_t at, std::size_t first) {
  const std::string_view text = utf8.substr(at);
  OwnWord longest{0, {at, at}};
  for (std::size_t i = kBegins[first]; i < kBegins[first + 1]; ++i) {
    const Word& row = kSorted[i];
    const std::size_t size = row.word.size();
    if (size < longest.span.size()) break;
    if (size > text.size() || text[size - 1] != row.word.back() || !text.starts_with(row.word))
      continue;
    longest = {longest.things | row.things, {at, at + size}};
  }
  return longest;
}

}  // namespace

OwnThings own_things_in(std::string_view utf8) {
  OwnThings things = 0;
  for (OwnWord word = next_own_word(utf8, 0, utf8.size()); word.things != 0;
       word = next_own_word(utf8, word.span.begin + 1, utf8.size()))
    things |= word.things;
  return things;
}

OwnWord next_own_word(std::string_view utf8, std::size_t begin, std::size_t end) {
  constexpr unsigned kWide = 0xE0;  // and beyond: a character of three bytes or four begins
  end = std::min(end, utf8.size() - std::min(utf8.size(), kFirst - 1));
  for (std::size_t at = begin; at < end; ++at) {
    if (!kBeginBytes.has(utf8[at])) continue;
    const std::size_t first = first_of(utf8.substr(at));
    if (kBegins[first] < kBegins[first + 1]) {
      if (const OwnWord word = word_at(utf8, at, first); word.things != 0) return word;
    }
    if (static_cast<unsigned char>(utf8[at]) >= kWide) at += 2;
  }
  return {};
}

}  // namespace huxin::catalog
