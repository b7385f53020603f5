#include <catch2/catch_test_macros.hpp>

#include "collector/api/role_matrix.hpp"
#include "tests/collector/support/desk_console.hpp"

namespace huxin {
namespace {

using api::Access;

/// A path with something in place of each {…} that nothing is called.
std::string filled(const std::string& path) {
  std::string made;
  bool inside = false;
  for (const char c : path) {
    if (c == '{') made += std::string(32, '0');
    inside = c == '{' || (inside && c != '}');
    if (!inside && c != '}') made += c;
  }
  return made;
}

/// Somebody with one role, or none, who signs in again whenever a call signed them out.
struct Person {
  std::string name;
  store::Roles roles;
  std::string cookie;
};

std::vector<Person> everybody(test::DeskConsole& desk) {
  std::vector<Person> all{{"none", {}, {}}};
  for (const store::Role role : store::kAllRoles)
    all.push_back({std::string(to_string(role)), {role}, {}});
  for (Person& person : all) person.cookie = desk.enter(person.name, person.roles);
  return all;
}

TEST_CASE("Each role meets each route: those that openapi.yaml lists are admitted, no others") {
  const auto operations = api::role_matrix();
  REQUIRE(operations);
  CHECK(operations->size() >= 20);
  test::DeskConsole desk;
  std::vector<Person> people = everybody(desk);
  for (const api::Operation& operation : *operations) {
    const std::string path = filled(operation.path);
    CHECK((desk.call(operation.method, path, {}, boost::json::object{}).status == 401) ==
          (operation.access.kind != Access::Kind::kPublic));
    for (Person& person : people) {
      INFO(operation.method << " " << operation.path << " as " << person.name);
      const bool listed = operation.access.kind != Access::Kind::kRoles ||
                          person.roles.meets(operation.access.roles);
      const http::Response answer =
          desk.call(operation.method, path, person.cookie, boost::json::object{});
      if (listed) {
        CHECK(answer.status != 401);
        CHECK(answer.status != 403);
        CHECK(answer.status != 500);
      } else {
        CHECK(answer.status == 403);
        CHECK(desk.code_of(answer) == "forbidden");
        CHECK(desk.last_act().who == person.name);
        CHECK(desk.last_act().result == "refused: forbidden");
      }
      if (desk.call("GET", "/session", person.cookie).status == 401)
        person.cookie = desk.enter_again(person.name);
    }
  }
}

TEST_CASE("The routes' table and the x-roles of openapi.yaml say the same") {
  const auto operations = api::role_matrix();
  REQUIRE(operations);
  const test::DeskConsole desk;
  CHECK(operations->size() == desk.console.routes().size());
  for (const api::Operation& operation : *operations) {
    const auto route = std::ranges::find_if(desk.console.routes(), [&](const api::Route& each) {
      return each.method == operation.method && each.path == operation.path;
    });
    INFO(operation.method << " " << operation.path);
    REQUIRE(route != desk.console.routes().end());
    CHECK(route->access.kind == operation.access.kind);
    CHECK(to_string(route->access.roles) == to_string(operation.access.roles));
    CHECK_FALSE(operation.summary.empty());
  }
}

TEST_CASE("A call that changes something needs the header, whoever makes it") {
  const auto operations = api::role_matrix();
  REQUIRE(operations);
  test::DeskConsole desk;
  const std::string cookie = desk.enter("admin", {store::Role::kSystemAdmin});
  for (const api::Operation& operation : *operations) {
    if (operation.method == "GET") continue;
    INFO(operation.method << " " << operation.path);
    CHECK(desk.code_of(desk.call(operation.method, filled(operation.path), cookie,
                                 boost::json::object{}, false)) == "csrf");
  }
}

}  // namespace
}  // namespace huxin
