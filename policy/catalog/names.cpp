#include "policy/catalog/names.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace huxin::catalog {
namespace {

struct Ranked {
  std::string_view text;
  unsigned rank;
};
constexpr Ranked kSurnames[] = {
#include "policy/catalog/surnames.inc"
};
constexpr Ranked kGivenNames[] = {
#include "policy/catalog/given_names.inc"
};

unsigned rank_of(std::span<const Ranked> table, std::string_view text) {
  const auto found = std::ranges::lower_bound(table, text, {}, &Ranked::text);
  return found != table.end() && found->text == text ? found->rank : 0;
}

}  // namespace

std::size_t surname_prefix(std::string_view utf8) {
  constexpr std::size_t kHan = 3;  // bytes of a Han character of the basic plane
  for (const std::size_t characters : {4U, 3U, 2U, 1U}) {
    const std::size_t bytes = characters * kHan;
    if (utf8.size() >= bytes && surname_rank(utf8.substr(0, bytes)) != 0) return bytes;
  }
  return 0;
}

unsigned surname_rank(std::string_view surname) { return rank_of(kSurnames, surname); }

unsigned given_name_rank(std::string_view character) { return rank_of(kGivenNames, character); }

}  // namespace huxin::catalog
