#include "collector/api/role_matrix.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

namespace huxin::embedded {
extern const std::string_view console_openapi;
}

namespace huxin::api {
namespace {

/// What stands beside the methods of a path.
constexpr std::array<std::string_view, 4> kNoMethods{"parameters", "summary", "description",
                                                     "servers"};

Result<Access> read_access(const YAML::Node& given) {
  if (given.IsSequence() && given.size() > 0) {
    Access access;
    for (const YAML::Node& name : given) {
      const auto role = store::role_from(name.as<std::string>());
      if (!role) return std::unexpected(role.error());
      access.roles.add(*role);
    }
    return access;
  }
  const std::string word = given.IsScalar() ? given.as<std::string>() : std::string{};
  if (word == "public") return Access::open();
  if (word == "signed-in") return Access::signed_in();
  if (word == "every-role") return Access::any_role();
  return fail(Errc::kCorrupt, "x-roles is missing or not understood");
}

Result<Operation> read_operation(const std::string& path, const std::string& method,
                                 const YAML::Node& node) {
  Operation operation{method, path, node["summary"] ? node["summary"].as<std::string>() : "", {}};
  std::ranges::transform(operation.method, operation.method.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  const YAML::Node given = node["x-roles"];
  const auto access = given ? read_access(given) : fail(Errc::kCorrupt, "x-roles is missing");
  if (!access)
    return std::unexpected(access.error().within(fmt::format("{} {}", operation.method, path)));
  operation.access = *access;
  return operation;
}

}  // namespace

Result<std::vector<Operation>> role_matrix() {
  std::vector<Operation> operations;
  try {
    const YAML::Node document = YAML::Load(std::string(embedded::console_openapi));
    for (const auto& path : document["paths"]) {
      for (const auto& method : path.second) {
        const auto name = method.first.as<std::string>();
        if (std::ranges::find(kNoMethods, name) != kNoMethods.end()) continue;
        auto operation = read_operation(path.first.as<std::string>(), name, method.second);
        if (!operation) return std::unexpected(operation.error());
        operations.push_back(std::move(*operation));
      }
    }
  } catch (const YAML::Exception& trouble) {
    return fail(Errc::kCorrupt, "openapi.yaml: {}", trouble.what());
  }
  return operations;
}

std::string_view to_string(Access::Kind kind) {
  switch (kind) {
    case Access::Kind::kPublic:
      return "public";
    case Access::Kind::kSignedIn:
      return "signed-in";
    case Access::Kind::kRoles:
      return "roles";
  }
  return "roles";
}

}  // namespace huxin::api
