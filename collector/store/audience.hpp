#pragma once
#include <string>
#include <string_view>

#include "collector/store/role.hpp"

namespace huxin::store {

/// Whose eyes incidents are fetched for. Everything that shows incidents, counts them or leads to
/// them asks it; what is made without one shows nothing. A case, an order or a figure is as
/// confidential as the incident it came from.
struct Audience {
  bool general = false;       ///< incidents that are not confidential
  bool confidential = false;  ///< those that are: record::is_aml_confidential

  /// Officers, reviewers and compliance see the general ones, reviewers of anti-money-laundering
  /// matters the confidential ones; nobody else sees any.
  static constexpr Audience of(Roles roles) {
    using enum Role;
    return {roles.meets({kOfficer, kReviewer, kCompliance}), roles.has(kAmlReviewer)};
  }
  /// The command line: who runs it holds the key of the database.
  static constexpr Audience everybody() { return {true, true}; }

  /// Whether an incident, case, order or request of that kind may be shown or even named.
  constexpr bool sees(bool is_confidential) const {
    return is_confidential ? confidential : general;
  }
  constexpr bool operator==(const Audience&) const = default;
};

/// The same as a condition of SQL over a table with the column `confidential`: "i.confidential =
/// 0". It names nothing but the alias and constants; "0" for an audience that sees nothing, "1" for
/// one that sees everything.
std::string seen_by(Audience audience, std::string_view alias);

}  // namespace huxin::store
