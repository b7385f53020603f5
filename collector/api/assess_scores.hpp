#pragma once
#include "collector/api/assess_office.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// Monitoring figures, scores, ranking, closed months and bulletins. Thread-safe. Periods are
/// months like "2026-03" by the bank's clock. A closed month is shown from what was kept of it, an
/// open one from the tables as they are. What is confidential is counted for everybody and listed
/// for anti-money-laundering reviewers alone. Bulletins are HTML with a content policy of their
/// own.
class ScoreRoutes {
 public:
  explicit ScoreRoutes(Desk desk) : desk_(desk), office_(desk.store, desk.clock) {}
  std::vector<Route> routes();

 private:
  /// Figures of every branch; without a period, of the month that runs.
  http::Response monitoring(const Call& call);
  /// What one figure counted, for one branch and domain; all four parameters are needed.
  http::Response counted(const Call& call);
  http::Response ranking(const Call& call);
  http::Response one_score(const Call& call);
  /// The closed months, and which one runs.
  http::Response periods(const Call& call);
  /// 409 `incomplete` before its end or without branches, 409 `closed` the second time; its digest
  /// is in the audit log.
  http::Response close(const Call& call);
  /// As a page, or with `download` as a file; always in the audit log.
  http::Response bulletin(const Call& call, const std::string& branch);

  Desk desk_;
  Office office_;
};

}  // namespace huxin::api
