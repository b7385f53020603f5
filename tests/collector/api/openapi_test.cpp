#include <yaml-cpp/yaml.h>
#include <catch2/catch_test_macros.hpp>

#include <set>

#include "collector/api/console.hpp"

namespace huxin::api {
namespace {

TEST_CASE("The routes are those that openapi.yaml promises, no more and no fewer") {
  const YAML::Node document = YAML::LoadFile(HUXIN_SOURCE_DIR "/collector/api/openapi.yaml");
  std::set<std::string> promised, served;
  for (const auto& path : document["paths"]) {
    for (const auto& operation : path.second) {
      std::string method = operation.first.as<std::string>();
      std::ranges::transform(method, method.begin(),
                             [](char c) { return static_cast<char>(std::toupper(c)); });
      promised.insert(method + " " + path.first.as<std::string>());
      const bool is_public =
          operation.second["security"] && operation.second["security"].size() == 0;
      const auto routes = Console::routes();
      const auto route = std::ranges::find_if(routes, [&](const Console::Route& each) {
        return each.method == method && each.path == path.first.as<std::string>();
      });
      INFO(method << " " << path.first.as<std::string>());
      REQUIRE(route != routes.end());
      CHECK((route->access == Access::kPublic) == is_public);
    }
  }
  for (const Console::Route& route : Console::routes()) {
    served.insert(std::string(route.method) + " " + std::string(route.path));
  }
  CHECK(promised == served);
}

}  // namespace
}  // namespace huxin::api
