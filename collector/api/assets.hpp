#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "collector/http/message.hpp"
#include "policy/base/result.hpp"

namespace huxin::api {

/// The built console, read into memory once: requests never touch the file system, so no path in a
/// request can leave the folder. Immutable; share freely.
///
/// Names below assets/ carry a hash of their content and may be cached for ever; index.html is
/// asked for anew each time. A path that is no file but could be a page of the application (its
/// last part has no dot) is answered with index.html.
/// Paths are percent-decoded once and compared with names; nothing is ever resolved.
class Assets {
 public:
  /// Reads every regular file (symbolic links are left out; at most 2,000 files and 64 MiB, else
  /// kTooLarge). kNotFound when the folder has no index.html.
  static Result<Assets> load(const std::filesystem::path& folder);
  /// A page that says that no console is installed.
  static Assets missing();

  /// Answers GET and HEAD. 404 for files that are not there, 304 for If-None-Match with the tag,
  /// 405 with Allow otherwise.
  http::Response serve(const http::Request& request) const;

 private:
  struct Asset {
    std::string content, type, tag;
    bool immutable = false;
  };
  http::Response answer(const Asset& asset, const http::Request& request) const;

  std::map<std::string, Asset, std::less<>> assets_;  // by path, "/assets/index-1a2b.js"
};

}  // namespace huxin::api
