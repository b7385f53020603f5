#pragma once
#include "collector/api/assess_office.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// Monitoring figures, scores, ranking, closed months and bulletins. Thread-safe.
class ScoreRoutes {
 public:
  explicit ScoreRoutes(Desk desk) : desk_(desk), office_(desk.store, desk.clock) {}
  std::vector<Route> routes();

 private:
  http::Response monitoring(const Call& call);
  http::Response counted(const Call& call);
  http::Response ranking(const Call& call);
  http::Response one_score(const Call& call);
  http::Response periods(const Call& call);
  http::Response close(const Call& call);
  http::Response bulletin(const Call& call, const std::string& branch);

  Desk desk_;
  Office office_;
};

}  // namespace huxin::api
