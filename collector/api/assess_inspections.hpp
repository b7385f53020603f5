#pragma once
#include "collector/api/assess_office.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// On-site inspections: planned and assigned by compliance, answered by whom they are assigned to.
/// An external inspector sees the inspections assigned to the account, and no others (404).
/// Thread-safe.
/// Answers are entries of a book: a further one replaces the one before, none is changed. Items are
/// those of the version under which the inspection was planned, for as long as it lives.
class InspectionRoutes {
 public:
  explicit InspectionRoutes(Desk desk) : desk_(desk), office_(desk.store, desk.clock) {}
  std::vector<Route> routes();

 private:
  using Found = std::expected<assess::Inspection, http::Response>;

  /// The version that new inspections are planned under.
  http::Response list_items(const Call& call);
  http::Response list(const Call& call);
  /// 201 with its id; the branch must be in the tree, the assignee one who may answer.
  http::Response plan(const Call& call);
  /// With its items and entries; what the collector suggests comes only before submission.
  http::Response show(const Call& call);
  http::Response assign(const Call& call);
  /// By the assignee alone (403 `not_assigned`). Anything but a plain pass needs a note.
  http::Response answer(const Call& call);
  /// By compliance, after submission (409 `closed` before); always with a note.
  http::Response correct(const Call& call);
  /// 409 `incomplete` names items without an answer. Findings become rectifications, due in 30
  /// days, for the branch's accountable person.
  http::Response submit(const Call& call);

  /// The inspection of the path, if this account may see it.
  Found inspection_of(const Call& call);
  /// Why an account cannot be assigned; nullopt: it can.
  std::optional<http::Response> assignee_fault(const std::string& name);
  /// Keeps what the collector would have said beside the verdict. A verdict that departs from it,
  /// where an item is checked automatically, needs a note.
  http::Response add_entry(const Call& call, bool correction);

  Desk desk_;
  Office office_;
};

}  // namespace huxin::api
