#include "policy/catalog/labels.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "policy/base/byte_set.hpp"

namespace huxin::catalog {
namespace {

struct Row {
  std::string_view label;
  std::string_view what;
};
constexpr Row kRows[] = {
#include "policy/catalog/foreign_labels.inc"
};

constexpr auto kLabels = [] {
  std::array<std::string_view, std::size(kRows)> labels;
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = kRows[i].label;
  return labels;
}();

struct Ending {
  std::string_view text;
};
constexpr Ending kEndings[] = {
#include "policy/catalog/foreign_endings.inc"
};

// By their last byte: most words are ruled out by it.
constexpr ByteSet kLastOfEndings = [] {
  ByteSet last;
  for (const Ending& ending : kEndings) last.add(ending.text.back());
  return last;
}();

struct Thing {
  std::string_view word;
  std::string_view how;
};
constexpr Thing kThings[] = {
#include "policy/catalog/named_things.inc"
};
constexpr ByteSet kLastOfThings = [] {
  ByteSet last;
  for (const Thing& thing : kThings) last.add(thing.word.back());
  return last;
}();

struct Character {
  std::string_view simplified;
  std::string_view traditional;
  std::string_view use;  ///< "always", "also"
};
constexpr Character kCharacters[] = {
#include "policy/catalog/traditional.inc"
};

}  // namespace

std::span<const std::string_view> foreign_labels() { return kLabels; }

bool ends_like_foreign_label(std::string_view utf8) {
  if (utf8.empty() || !kLastOfEndings.has(utf8.back())) return false;
  return std::ranges::any_of(kEndings,
                             [&](const Ending& ending) { return utf8.ends_with(ending.text); });
}

bool is_named_thing(std::string_view word, bool apart) {
  if (word.empty() || !kLastOfThings.has(word.back())) return false;
  const auto* const thing = std::ranges::lower_bound(kThings, word, {}, &Thing::word);
  const bool listed = thing != std::end(kThings) && thing->word == word;
  return listed && (!apart || thing->how == "any");
}

std::vector<std::string> traditional(std::string_view label) {
  constexpr std::size_t kHan = 3;  // bytes
  std::vector<std::string> ways;
  const auto write = [&](bool last, bool also) {
    std::string written;
    for (std::size_t at = 0; at < label.size();) {
      const bool han = static_cast<unsigned char>(label[at]) >= 0xE0;
      const std::string_view one = label.substr(at, han ? kHan : 1);
      const auto known = std::ranges::equal_range(kCharacters, one, {}, &Character::simplified);
      const Character way = known.empty() ? Character{} : last ? known.back() : known.front();
      written += way.use == "always" || (also && !known.empty()) ? way.traditional : one;
      at += one.size();
    }
    if (written != label && std::ranges::find(ways, written) == ways.end()) ways.push_back(written);
  };
  for (const bool last : {false, true}) {  // 帳, 賬
    for (const bool also : {true, false}) write(last, also);
  }
  return ways;
}

}  // namespace huxin::catalog
