#include "agent/watch/path_filter.hpp"

#include <algorithm>
#include <cstdint>

namespace huxin::watch {
namespace {

/// Matches in time |pattern| × |text|: on a mismatch only the last star takes one byte more.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

/// Length of the well-formed UTF-8 sequence at the start (Unicode 15, table 3-7); 0: none.
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (at(1) < low || at(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (at(i) < 0x80 || at(i) > 0xBF) return 0;
  }
  return length;
}

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
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    text += length == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, length);
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return text;
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
  const auto excluded = [&](const auto& glob) { return matches(glob, path); };
  return std::ranges::any_of(folders_, below) && std::ranges::none_of(exclude_, excluded);
}

bool PathFilter::prunes(std::string_view folder) const {
  const std::string inside = std::string(folder) + "/";
  return std::ranges::any_of(exclude_, [&](const std::string& glob) {
    return glob.ends_with("*") && matches(glob, inside);
  });
}

}  // namespace huxin::watch
