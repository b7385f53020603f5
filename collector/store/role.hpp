#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "policy/base/result.hpp"

namespace huxin::store {

/// What somebody may do at the collector. An account may hold several, within exclusion_fault().
/// Which role reaches which route is x-roles in api/openapi.yaml. The order is that of names and
/// bits in memory; on disk roles stand by name.
enum class Role : std::uint8_t {
  kSystemAdmin,    ///< 系统管理员: accounts, terminals, tokens
  kSecurityAdmin,  ///< 安全管理员: who holds which role, policies
  kAuditor,        ///< 审计管理员: the audit log, and nothing else
  kOfficer,        ///< 安全员: incidents, cases, orders
  kReviewer,       ///< 第二复核人: the second key to evidence
  kAmlReviewer,    ///< 反洗钱复核人: the only one to see anti-money-laundering incidents
  kCompliance,     ///< 合规: monitoring, inspections, scores
  kInspector       ///< 外部检查人: answers inspections; the account ends by a date
};
inline constexpr std::array kAllRoles{Role::kSystemAdmin, Role::kSecurityAdmin, Role::kAuditor,
                                      Role::kOfficer,     Role::kReviewer,      Role::kAmlReviewer,
                                      Role::kCompliance,  Role::kInspector};

/// "system_admin", "security_admin", "auditor", "officer", "reviewer", "aml_reviewer",
/// "compliance", "inspector".
std::string_view to_string(Role role);
/// Exactly these words; kInvalid for any other.
Result<Role> role_from(std::string_view text);

/// A set of roles. A value of one word; empty by default, which is allowed nothing.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) add(role);
  }
  constexpr void add(Role role) { bits_ |= bit(role); }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  /// Whether the two have a role in common.
  constexpr bool meets(Roles other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool operator==(const Roles&) const = default;

 private:
  static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
  unsigned bits_ = 0;
};

/// The names in the order of the enumeration, with commas between; as accounts are kept.
std::string to_string(Roles roles);
/// kInvalid names what is no role. The reverse of to_string. Empty text is no roles; one named
/// twice counts once. Exclusions are not checked here.
Result<Roles> roles_from(std::string_view names);

/// Why one account may not hold these together; empty: it may. The three administrators exclude
/// each other (GB/T 22239 三权分立), an auditor holds nothing else, an external inspector nothing
/// else. English, one sentence, for errors shown to people; checked wherever roles are given out
/// and again by the assessment.
std::string_view exclusion_fault(Roles roles);

}  // namespace huxin::store
