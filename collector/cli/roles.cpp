#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "collector/api/role_matrix.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

void print_json(const std::vector<api::Operation>& operations) {
  for (const api::Operation& operation : operations) {
    boost::json::array roles;
    for (const store::Role role : store::kAllRoles) {
      if (operation.access.roles.has(role)) roles.emplace_back(std::string(to_string(role)));
    }
    fmt::print("{}\n", boost::json::serialize(boost::json::value{
                           {"method", operation.method},
                           {"path", operation.path},
                           {"access", std::string(to_string(operation.access.kind))},
                           {"roles", std::move(roles)},
                           {"summary", operation.summary}}));
  }
}

void print_table(const std::vector<api::Operation>& operations) {
  std::vector<std::string> header{"操作 operation"};
  for (const store::Role role : store::kAllRoles) header.emplace_back(to_string(role));
  header.emplace_back("说明 summary");
  std::vector<std::vector<std::string>> rows;
  for (const api::Operation& operation : operations) {
    std::vector<std::string> row{fmt::format("{} {}", operation.method, operation.path)};
    for (const store::Role role : store::kAllRoles) {
      row.emplace_back(operation.access.kind == api::Access::Kind::kPublic     ? "公开"
                       : operation.access.kind == api::Access::Kind::kSignedIn ? "登录"
                       : operation.access.roles.has(role)                      ? "●"
                                                                               : "-");
    }
    row.push_back(operation.summary);
    rows.push_back(std::move(row));
  }
  fmt::print("{}", table(header, rows));
}

}  // namespace

void add_roles(command::Verb& app, Context& context) {
  auto json = std::make_shared<bool>(false);
  command::Verb* const verb = app.add_subcommand(
      "roles",
      "角色矩阵 Which role may make which call at the console: the matrix of openapi.yaml");
  verb->add_flag("--json", *json, "每行一个 JSON One JSON object a line");
  verb->callback([json, &context] {
    const auto operations = api::role_matrix();
    if (!operations) return context.fail(operations.error());
    *json ? print_json(*operations) : print_table(*operations);
  });
}

}  // namespace huxin::collector::cli
