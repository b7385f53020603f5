#include <catch2/catch_test_macros.hpp>

#include "collector/api/assets.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::api {
namespace {

http::Request get(std::string path) {
  http::Request request;
  request.method = "GET";
  request.path = std::move(path);
  return request;
}

std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [each, value] : response.headers) {
    if (each == name) return value;
  }
  return {};
}

TEST_CASE("The console's files are served with their types, and nothing else is") {
  test::TempDir folder;
  folder.write("secret.txt", "outside");
  folder.write("console/index.html", "<html>");
  folder.write("console/assets/index-1a2b.js", "js");
  folder.write("console/assets/字体.woff2", "font");
  std::filesystem::create_symlink(folder / "secret.txt", folder / "console/link.txt");
  const auto assets = Assets::load(folder / "console");
  REQUIRE(assets);
  struct Row {
    const char* path;
    unsigned status;
    const char* type;
  };
  for (const Row& row :
       {Row{"/", 200, "text/html; charset=utf-8"},
        Row{"/index.html", 200, "text/html; charset=utf-8"},
        Row{"/assets/index-1a2b.js", 200, "text/javascript; charset=utf-8"},
        Row{"/assets/%E5%AD%97%E4%BD%93.woff2", 200, "font/woff2"},
        Row{"/incidents/42", 200, "text/html; charset=utf-8"}, Row{"/assets/gone.js", 404, nullptr},
        Row{"/assets/gone", 404, nullptr}, Row{"/favicon.ico", 404, nullptr},
        Row{"/link.txt", 404, nullptr}, Row{"/../secret.txt", 404, nullptr},
        Row{"/..%2fsecret.txt", 404, nullptr}, Row{"/%2e%2e/secret.txt", 404, nullptr},
        Row{"//etc/passwd.txt", 404, nullptr}, Row{"/a%00.html", 400, nullptr},
        Row{"/%zz", 400, nullptr}}) {
    INFO(row.path);
    const http::Response response = assets->serve(get(row.path));
    CHECK(response.status == row.status);
    if (row.type != nullptr) CHECK(header(response, "Content-Type") == row.type);
    CHECK_FALSE(response.body.contains("outside"));
  }
}

TEST_CASE("What carries its hash is cached for ever, the page is asked for anew") {
  test::TempDir folder;
  folder.write("index.html", "<html>");
  folder.write("assets/index-1a2b.js", "js");
  const auto assets = Assets::load(folder.path());
  REQUIRE(assets);
  CHECK(header(assets->serve(get("/assets/index-1a2b.js")), "Cache-Control").contains("immutable"));
  const http::Response page = assets->serve(get("/"));
  CHECK(header(page, "Cache-Control") == "no-cache");
  http::Request again = get("/");
  again.headers.emplace_back("if-none-match", header(page, "ETag"));
  CHECK(assets->serve(again).status == 304);
  again.method = "POST";
  CHECK(assets->serve(again).status == 405);
}

TEST_CASE("A folder without a page is no console") {
  test::TempDir folder;
  CHECK(Assets::load(folder.path()).error().code == Errc::kNotFound);
  CHECK(Assets::load(folder / "nowhere").error().code == Errc::kNotFound);
  CHECK(Assets::missing().serve(get("/")).body.contains("控制台未安装"));
}

}  // namespace
}  // namespace huxin::api
