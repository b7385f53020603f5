#include "collector/assess/branch.hpp"

#include <algorithm>

namespace huxin::assess {

std::string masked_name(std::string_view name) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  std::string masked;
  std::size_t characters = 0;
  for (const char c : name) {
    if (begins(c)) ++characters;
    if (characters == 1) masked += c;
    if (characters > 1 && begins(c)) masked += '*';
  }
  return masked;
}

const Branch* branch_named(const std::vector<Branch>& branches, std::string_view said) {
  const auto by_code = std::ranges::find(branches, said, &Branch::code);
  if (by_code != branches.end()) return &*by_code;
  const auto by_name = std::ranges::find(branches, said, &Branch::name);
  if (by_name == branches.end() || std::ranges::count(branches, said, &Branch::name) > 1)
    return nullptr;
  return &*by_name;
}

std::vector<std::string> with_below(const std::vector<Branch>& branches, std::string_view code) {
  std::vector<std::string> codes{std::string(code)};
  for (std::size_t i = 0; i < codes.size() && codes.size() <= branches.size(); ++i) {
    for (const Branch& branch : branches) {
      if (branch.parent == codes[i]) codes.push_back(branch.code);
    }
  }
  return codes;
}

}  // namespace huxin::assess
