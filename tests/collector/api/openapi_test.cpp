#include <yaml-cpp/yaml.h>
#include <catch2/catch_test_macros.hpp>

#include <set>

#include "collector/api/console.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::api {
namespace {

/// A console over an empty store.
struct Served {
  test::TempDir folder;
  SystemClock clock;
  http::Tally tally;
  std::unique_ptr<store::Store> store =
      store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 'k'))).value();
  Console console{{*store, catalog::Catalog::builtin(), clock, tally, Assets::missing()}};
};

TEST_CASE("The routes are those that openapi.yaml promises, no more and no fewer") {
  const YAML::Node document = YAML::LoadFile(HUXIN_SOURCE_DIR "/collector/api/openapi.yaml");
  const Served served;
  std::set<std::string> promised, offered;
  for (const auto& path : document["paths"]) {
    for (const auto& operation : path.second) {
      std::string method = operation.first.as<std::string>();
      std::ranges::transform(method, method.begin(),
                             [](char c) { return static_cast<char>(std::toupper(c)); });
      promised.insert(method + " " + path.first.as<std::string>());
      const bool is_public =
          operation.second["security"] && operation.second["security"].size() == 0;
      const auto& routes = served.console.routes();
      const auto route = std::ranges::find_if(routes, [&](const Route& each) {
        return each.method == method && each.path == path.first.as<std::string>();
      });
      INFO(method << " " << path.first.as<std::string>());
      REQUIRE(route != routes.end());
      CHECK((route->access.kind == Access::Kind::kPublic) == is_public);
    }
  }
  for (const Route& route : served.console.routes()) {
    offered.insert(std::string(route.method) + " " + std::string(route.path));
  }
  CHECK(promised == offered);
}

TEST_CASE("A path fits a pattern segment by segment, and gives what stands for each brace") {
  using Parameters = std::vector<std::string>;
  CHECK(match_path("/cases/{id}/notes", "/cases/7/notes") == Parameters{"7"});
  CHECK(match_path("/a/{b}/{c}", "/a/x/y") == Parameters{"x", "y"});
  CHECK(match_path("/cases", "/cases") == Parameters{});
  CHECK_FALSE(match_path("/cases/{id}", "/cases/"));
  CHECK_FALSE(match_path("/cases/{id}", "/cases/7/notes"));
  CHECK_FALSE(match_path("/cases/{id}/notes", "/cases/7"));
  CHECK_FALSE(match_path("/cases", "/cases/"));
  CHECK_FALSE(match_path("/cases", ""));
}

}  // namespace
}  // namespace huxin::api
