#include "policy/catalog/plates.hpp"

#include <algorithm>
#include <iterator>

namespace huxin::catalog {
namespace {

struct PlateRow {
  std::string_view character;
  std::string_view what;
};
constexpr PlateRow kRows[] = {
#include "policy/catalog/plate_characters.inc"
};

bool is(std::string_view character, std::string_view what) {
  const auto* const row = std::ranges::lower_bound(kRows, character, {}, &PlateRow::character);
  return row != std::end(kRows) && row->character == character && row->what == what;
}

}  // namespace

bool is_plate_province(std::string_view character) { return is(character, "province"); }
bool is_plate_ending(std::string_view character) { return is(character, "ending"); }

}  // namespace huxin::catalog
