#include "policy/catalog/name_leaders.hpp"

#include <algorithm>
#include <iterator>

namespace huxin::catalog {
namespace {

constexpr NameLeader kLeaders[] = {
#include "policy/catalog/name_leaders.inc"
};

constexpr std::size_t kHan = 3;  // bytes
constexpr std::size_t kLongest = 10 * kHan;

}  // namespace

std::span<const NameLeader> name_leaders() { return kLeaders; }

// The rows that begin with one character stand together, a longer word behind its beginning.
std::size_t name_leader(std::string_view utf8) {
  if (utf8.size() < kHan || static_cast<unsigned char>(utf8[0]) < 0xE4) return 0;
  const std::string_view first = utf8.substr(0, kHan);
  const auto* row = std::ranges::lower_bound(kLeaders, first, {}, &NameLeader::word);
  std::size_t longest = 0;
  for (; row != std::end(kLeaders) && row->word.starts_with(first); ++row) {
    if (row->word.size() <= kLongest && utf8.starts_with(row->word)) longest = row->word.size();
  }
  return longest;
}

}  // namespace huxin::catalog
