#include "collector/store/role.hpp"

#include <algorithm>

namespace huxin::store {
namespace {

constexpr std::array<std::string_view, kAllRoles.size()> kNames{
    "system_admin", "security_admin", "auditor",    "officer",
    "reviewer",     "aml_reviewer",   "compliance", "inspector"};

}  // namespace

std::string_view to_string(Role role) { return kNames.at(static_cast<std::size_t>(role)); }

Result<Role> role_from(std::string_view text) {
  const auto* const found = std::ranges::find(kNames, text);
  if (found == kNames.end()) return fail(Errc::kInvalid, "{} is no role", text.substr(0, 40));
  return kAllRoles.at(static_cast<std::size_t>(found - kNames.begin()));
}

std::string to_string(Roles roles) {
  std::string names;
  for (const Role role : kAllRoles) {
    if (roles.has(role)) names.append(names.empty() ? "" : ",").append(to_string(role));
  }
  return names;
}

Result<Roles> roles_from(std::string_view names) {
  Roles roles;
  while (!names.empty()) {
    const auto comma = std::min(names.find(','), names.size());
    const auto role = role_from(names.substr(0, comma));
    if (!role) return std::unexpected(role.error());
    roles.add(*role);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return roles;
}

std::string_view exclusion_fault(Roles roles) {
  const int administrators = static_cast<int>(roles.has(Role::kSystemAdmin)) +
                             static_cast<int>(roles.has(Role::kSecurityAdmin)) +
                             static_cast<int>(roles.has(Role::kAuditor));
  if (administrators > 1)
    return "system_admin, security_admin and auditor exclude each other in one account";
  if (roles.has(Role::kAuditor) && roles != Roles{Role::kAuditor})
    return "an auditor holds no other role";
  if (roles.has(Role::kInspector) && roles != Roles{Role::kInspector})
    return "an external inspector holds no other role";
  return {};
}

}  // namespace huxin::store
