#include "policy/catalog/secret_words.hpp"

#include <algorithm>
#include <iterator>

namespace huxin::catalog {
namespace {

struct Row {
  std::string_view word;
  std::string_view what;
};
constexpr Row kRows[] = {
#include "policy/catalog/secret_words.inc"
};

bool is(std::string_view word, std::string_view what) {
  const auto* const row = std::ranges::lower_bound(kRows, word, {}, &Row::word);
  return row != std::end(kRows) && row->word == word && row->what == what;
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

bool is_placeholder_word(std::string_view word) { return is(word, "placeholder"); }

bool is_technical_word(std::string_view word) {
  if (is(word, "technical")) return true;
  return std::ranges::any_of(kRows, [&](const Row& row) {
    if (row.what != "technical" || row.word.size() >= word.size()) return false;
    const std::string_view rest = word.starts_with(row.word) ? word.substr(row.word.size())
                                  : word.ends_with(row.word)
                                      ? word.substr(0, word.size() - row.word.size())
                                      : std::string_view("-");
    return std::ranges::all_of(rest, is_lower);
  });
}

}  // namespace huxin::catalog
