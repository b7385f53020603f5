#include "policy/detect/recognise/file_name.hpp"

#include <algorithm>
#include <string>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), ascii_lower);
  return result;
}

}  // namespace

bool tells_kind(const catalog::FileNames& names, std::string_view where) {
  if (names.empty()) return false;
  const std::size_t part = where.find_last_of("!/\\");
  const std::string name = lower(part == std::string_view::npos ? where : where.substr(part + 1));
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return false;
  const std::string_view suffix = std::string_view(name).substr(dot + 1);
  if (std::ranges::find(names.suffixes, suffix) == names.suffixes.end()) return false;
  const std::string place = names.folders ? lower(where) : name;
  return std::ranges::any_of(names.words,
                             [&](const std::string& word) { return place.contains(word); });
}

}  // namespace huxin::detect
