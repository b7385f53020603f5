#include "collector/api/assets.hpp"

#include <array>

#include "collector/api/error.hpp"
#include "collector/api/filter.hpp"
#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kMostFiles = 2000;
constexpr std::size_t kMostBytes = std::size_t{64} << 20U;

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".map", "application/json; charset=utf-8"},
    {".webmanifest", "application/manifest+json; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string type_of(const std::filesystem::path& file) {
  const auto* const found = std::ranges::find(kTypes, file.extension().string(),
                                              [](const auto& entry) { return entry.first; });
  return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

}  // namespace

Result<Assets> Assets::load(const std::filesystem::path& folder) {
  Assets assets;
  std::size_t left = kMostBytes;
  std::error_code error;
  std::filesystem::recursive_directory_iterator files(folder, error);
  if (error) return fail(Errc::kNotFound, "{}: {}", folder.string(), error.message());
  for (; files != std::filesystem::recursive_directory_iterator(); files.increment(error)) {
    if (error) break;
    if (files->is_symlink() || !files->is_regular_file()) continue;
    Result<std::string> content = read_file(files->path(), left);
    if (!content) return std::unexpected(content.error());
    if (assets.assets_.size() == kMostFiles)
      return fail(Errc::kTooLarge, "{} has over {} files", folder.string(), kMostFiles);
    left -= content->size();
    const std::string path = "/" + files->path().lexically_relative(folder).generic_string();
    std::string tag = '"' + to_hex(sha256(as_bytes(*content))).substr(0, 32) + '"';
    assets.assets_[path] = {std::move(*content), type_of(path), std::move(tag),
                            path.starts_with("/assets/")};
  }
  if (error) return fail(Errc::kIo, "{}: {}", folder.string(), error.message());
  if (!assets.assets_.contains("/index.html"))
    return fail(Errc::kNotFound, "{} has no index.html", folder.string());
  return assets;
}

Assets Assets::missing() {
  Assets assets;
  assets.assets_["/index.html"] = {
      "<!doctype html><meta charset=\"utf-8\"><title>护信 Huxin</title><p>控制台未安装；接口在 "
      "/api 下可用。</p>"
      "<p>The console is not installed; the API is served below /api.</p>\n",
      "text/html; charset=utf-8", "\"none\"", false};
  return assets;
}

http::Response Assets::serve(const http::Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    return error("method_not_allowed").with("Allow", "GET, HEAD");
  }
  const Result<std::string> path = percent_decode(request.path, false);
  if (!path) return error("bad_request", "path");
  if (const auto found = assets_.find(*path == "/" ? "/index.html" : *path);
      found != assets_.end()) {
    return answer(found->second, request);
  }
  const std::string_view last = std::string_view(*path).substr(path->rfind('/') + 1);
  if (last.contains('.') || path->contains("..") || path->starts_with("/assets/"))
    return error("not_found");
  return answer(assets_.at("/index.html"), request);
}

http::Response Assets::answer(const Asset& asset, const http::Request& request) const {
  http::Response response;
  response.with("ETag", asset.tag)
      .with("Cache-Control", asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("if-none-match").value_or("") == asset.tag) {
    response.status = 304;
    return response;
  }
  response.with("Content-Type", asset.type);
  response.body = asset.content;
  return response;
}

}  // namespace huxin::api
