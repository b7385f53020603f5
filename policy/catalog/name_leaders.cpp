#include "policy/catalog/name_leaders.hpp"

#include "policy/catalog/character_code.hpp"

namespace huxin::catalog {
namespace {

constexpr NameLeader kLeaders[] = {
#include "policy/catalog/name_leaders.inc"
};

constexpr std::size_t kLongest = 10 * kCharacterBytes;

constexpr ByFirstCharacter kByFirst(kLeaders, &NameLeader::word);
static_assert(kByFirst.sorted());

}  // namespace

std::span<const NameLeader> name_leaders() { return kLeaders; }

std::size_t name_leader(std::string_view utf8) {
  if (utf8.size() < kCharacterBytes || static_cast<unsigned char>(utf8[0]) < 0xE4) return 0;
  const Span rows = kByFirst.rows(utf8);
  std::size_t longest = 0;
  for (std::size_t i = rows.begin; i < rows.end; ++i) {
    const std::string_view word = kLeaders[i].word;
    if (word.size() > longest && word.size() <= kLongest && utf8.starts_with(word))
      longest = word.size();
  }
  return longest;
}

}  // namespace huxin::catalog
