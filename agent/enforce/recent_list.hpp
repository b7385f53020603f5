#pragma once
#include <string>
#include <string_view>

namespace huxin::enforce {

/// What is left of a list of recently used files once the entries for one path are out.
struct RecentList {
  std::string text;
  std::size_t removed = 0;
};

/// Takes the bookmarks of a path out of recently-used.xbel (GLib's bookmark file). Everything else
/// stays as it is, byte for byte; text that is no such list is returned unchanged. `path`:
/// absolute, as bytes. A bookmark cut short stays.
RecentList without(std::string_view xbel, std::string_view path);

/// The Path of a .trashinfo file (freedesktop trash spec), decoded; empty when there is none.
std::string trashed_path(std::string_view trashinfo);

}  // namespace huxin::enforce
