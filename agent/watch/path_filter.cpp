#include "agent/watch/path_filter.hpp"

#include <algorithm>

#include "policy/rule/glob.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::watch {
namespace {

std::filesystem::path without_trailing_slash(const std::filesystem::path& folder) {
  const std::filesystem::path normal = folder.lexically_normal();
  return normal.has_filename() || normal == "/" ? normal : normal.parent_path();
}

}  // namespace

bool is_below(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string to_utf8(std::string_view bytes) {
  std::string valid;
  valid.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = text::utf8_length(bytes, 0);
    valid += length == 0 ? text::kReplacement : bytes.substr(0, length);
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return valid;
}

std::vector<std::filesystem::path> resolved(std::vector<std::filesystem::path> folders) {
  for (auto& folder : folders) {
    std::error_code none;
    auto real = std::filesystem::weakly_canonical(folder, none);
    if (!none) folder = std::move(real);
  }
  return folders;
}

PathFilter::PathFilter(std::vector<std::filesystem::path> folders, std::vector<std::string> exclude)
    : folders_(std::move(folders)), exclude_(std::move(exclude)) {
  std::ranges::transform(folders_, folders_.begin(), without_trailing_slash);
}

bool PathFilter::wanted(std::string_view path) const {
  const auto below = [&](const auto& folder) { return is_below(path, folder.native()); };
  const auto excluded = [&](const auto& glob) { return rule::glob_match(glob, path); };
  return std::ranges::any_of(folders_, below) && std::ranges::none_of(exclude_, excluded);
}

bool PathFilter::prunes(std::string_view folder) const {
  const std::string inside = std::string(folder) + "/";
  return std::ranges::any_of(exclude_, [&](const std::string& glob) {
    return glob.ends_with("*") && rule::glob_match(glob, inside);
  });
}

}  // namespace huxin::watch
