#include "policy/catalog/name_leaders.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "policy/catalog/character_code.hpp"

namespace huxin::catalog {
namespace {

constexpr NameLeader kLeaders[] = {
#include "policy/catalog/name_leaders.inc"
};

constexpr std::size_t kLongest = 10 * kCharacterBytes;

// What they begin with, row by row.
constexpr auto kBegins = [] {
  std::array<std::uint32_t, std::size(kLeaders)> codes{};
  std::ranges::transform(kLeaders, codes.begin(),
                         [](const NameLeader& leader) { return character_code(leader.word); });
  return codes;
}();
static_assert(std::ranges::is_sorted(kBegins));

}  // namespace

std::span<const NameLeader> name_leaders() { return kLeaders; }

std::size_t name_leader(std::string_view utf8) {
  if (utf8.size() < kCharacterBytes || static_cast<unsigned char>(utf8[0]) < 0xE4) return 0;
  const auto begins = std::ranges::equal_range(kBegins, character_code(utf8));
  const NameLeader* row = kLeaders + (begins.begin() - kBegins.begin());
  std::size_t longest = 0;
  for (std::size_t i = 0; i < begins.size(); ++i, ++row) {
    const std::size_t bytes = row->word.size();
    if (bytes > longest && bytes <= kLongest && utf8.starts_with(row->word)) longest = bytes;
  }
  return longest;
}

}  // namespace huxin::catalog
