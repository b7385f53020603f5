#include "policy/catalog/own_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>

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
    "stock", "interbank", "office",    "directory", "definition", "type",    "specimen",
    "staff", "post",      "extension", "animal",    "dwelling",   "customer"};

constexpr OwnThings bit_named(std::string_view name) {
  const auto* const at = std::ranges::find(kNames, name);
  return 1U << static_cast<unsigned>(at - kNames.begin());
}

static_assert(std::ranges::all_of(kRows, [](const Row& row) {
  return std::ranges::find(kNames, row.what) != kNames.end();
}));

// What the first character of a word is told by: most of a text is ruled out by it.
constexpr std::size_t first_of(std::string_view utf8) {
  const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(utf8[i])}; };
  return byte(0) < 0xE0 || utf8.size() < 3 ? byte(0) : (byte(1) << 3U ^ byte(2)) & 0x3FFU;
}
constexpr auto kFirst = [] {
  std::array<bool, 0x400> first{};
  for (const Row& row : kRows) first[first_of(row.word)] = true;
  return first;
}();

}  // namespace

OwnThings own_things_in(std::string_view utf8) {
  OwnThings things = 0;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    const std::string_view rest = utf8.substr(at);
    if ((byte & 0xC0U) == 0x80U || !kFirst[first_of(rest)]) continue;
    for (const Row& row : kRows) {
      if (rest.starts_with(row.word)) things |= bit_named(row.what);
    }
  }
  return things;
}

}  // namespace huxin::catalog
