#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::watch {

/// Is `path` the folder itself or below it? Compares whole components; both absolute and normal.
bool is_below(std::string_view path, std::string_view folder);

/// Replaces every byte that is not valid UTF-8 by U+FFFD: file names are bytes, records are text.
std::string to_utf8(std::string_view bytes);

/// Resolves the links in configured folders, once, so that they compare with what the kernel says.
/// A folder that does not exist yet is resolved as far as it does.
std::vector<std::filesystem::path> resolved(std::vector<std::filesystem::path> folders);

/// Chooses paths: below one of the folders and matched by none of the globs (`*` any run, also of
/// '/'; `?` one byte). Immutable; share freely.
class PathFilter {
 public:
  /// Folders absolute, best resolved(); trailing slashes are taken off. No folder: nothing is
  /// wanted.
  PathFilter(std::vector<std::filesystem::path> folders, std::vector<std::string> exclude);

  /// `path`: absolute and normal, as bytes.
  bool wanted(std::string_view path) const;
  /// Is the whole folder left out ("/srv/cache/" and all below it by "/srv/cache/*")? Only a glob
  /// that ends in `*` prunes.
  bool prunes(std::string_view folder) const;
  const std::vector<std::filesystem::path>& folders() const { return folders_; }

 private:
  std::vector<std::filesystem::path> folders_;
  std::vector<std::string> exclude_;
};

}  // namespace huxin::watch
