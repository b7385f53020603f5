#include "collector/api/route.hpp"

namespace huxin::api {
namespace {

std::string_view next_segment(std::string_view& path) {
  const auto slash = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, slash);
  path.remove_prefix(std::min(slash + 1, path.size()));
  return segment;
}

}  // namespace

std::optional<std::vector<std::string>> match_path(std::string_view pattern,
                                                   std::string_view path) {
  if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return std::nullopt;
  std::vector<std::string> parameters;
  while (!pattern.empty() || !path.empty()) {
    const std::string_view wanted = next_segment(pattern);
    const std::string_view given = next_segment(path);
    const bool open = wanted.starts_with('{');
    if (open ? given.empty() : given != wanted) return std::nullopt;
    if (open) parameters.emplace_back(given);
  }
  return parameters;
}

}  // namespace huxin::api
