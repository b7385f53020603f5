#include "collector/store/role.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::store {

TEST_CASE("Roles are kept by name and read back; what is no role is named") {
  const Roles roles{Role::kOfficer, Role::kAmlReviewer};
  CHECK(to_string(roles) == "officer,aml_reviewer");
  CHECK(roles_from(to_string(roles)) == roles);
  CHECK(roles_from("") == Roles{});
  for (const Role role : kAllRoles) CHECK(role_from(to_string(role)) == role);
  const auto wrong = roles_from("officer,root");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().context.contains("root"));
}

TEST_CASE("No account combines administrators, and auditors and inspectors stand alone") {
  CHECK(exclusion_fault({Role::kOfficer, Role::kCompliance}).empty());
  CHECK(exclusion_fault({Role::kSystemAdmin, Role::kOfficer}).empty());
  CHECK_FALSE(exclusion_fault({Role::kSystemAdmin, Role::kSecurityAdmin}).empty());
  CHECK_FALSE(exclusion_fault({Role::kSecurityAdmin, Role::kAuditor}).empty());
  CHECK_FALSE(exclusion_fault({Role::kAuditor, Role::kOfficer}).empty());
  CHECK_FALSE(exclusion_fault({Role::kInspector, Role::kCompliance}).empty());
}

}  // namespace huxin::store
