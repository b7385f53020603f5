#include "policy/catalog/plates.hpp"

#include <algorithm>
#include <iterator>

#include "policy/base/byte_set.hpp"

namespace huxin::catalog {
namespace {

struct PlateRow {
  std::string_view character;
  std::string_view what;
};
constexpr PlateRow kRows[] = {
#include "policy/catalog/plate_characters.inc"
};

// By the last byte of a character: most are ruled out by it.
constexpr ByteSet kLast = [] {
  ByteSet last;
  for (const PlateRow& row : kRows) last.add(row.character.back());
  return last;
}();

bool is(std::string_view character, std::string_view what) {
  if (character.empty() || !kLast.has(character.back())) return false;
  const auto* const row = std::ranges::lower_bound(kRows, character, {}, &PlateRow::character);
  return row != std::end(kRows) && row->character == character && row->what == what;
}

}  // namespace

bool is_plate_province(std::string_view character) { return is(character, "province"); }
bool is_plate_ending(std::string_view character) { return is(character, "ending"); }

}  // namespace huxin::catalog
