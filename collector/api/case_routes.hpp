#pragma once
#include <expected>

#include "collector/api/route.hpp"
#include "collector/review/workflow.hpp"

namespace huxin::api {

/// Cases: incidents under investigation. Officers and anti-money-laundering reviewers work on them,
/// second reviewers read and add notes; a confidential case is there for anti-money-laundering
/// reviewers alone (404 for everybody else), any other for officers and second reviewers.
/// Thread-safe.
/// A change names the version that it was made from: 409 `conflict` when there is a newer one. A
/// case is confidential or not, never both: 400 `case_mixed`.
class CaseRoutes {
 public:
  explicit CaseRoutes(Desk desk) : desk_(desk) {}
  std::vector<Route> routes();

 private:
  http::Response list(const Call& call);
  http::Response open(const Call& call);
  http::Response get(const Call& call);
  http::Response change(const Call& call);
  http::Response add_note(const Call& call);
  http::Response of_incident(const Call& call);
  http::Response list_owners(const Call& call);

  template <class T>
  using Answer = std::expected<T, http::Response>;
  /// The case of the path, when the caller may see it.
  Answer<store::Case> find(const Call& call);
  /// Incidents that the caller may see, whole.
  Answer<std::vector<store::StoredIncident>> incidents_of(const store::User& user,
                                                          const std::vector<std::string>& ids);
  /// The way to refuse an owner who cannot work on the case.
  std::optional<http::Response> owner_fault(const std::string& owner, bool confidential);
  http::Response detail(const store::Case& found);

  Desk desk_;
};

}  // namespace huxin::api
