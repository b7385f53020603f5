#pragma once
#include <map>

#include "collector/api/route.hpp"

namespace huxin::api {

/// What the audit log notes of a verification that found no fault.
inline constexpr std::string_view kFoundWhole = "whole";

/// The audit log and whether it and the terminals' records are whole: an auditor's, and nobody
/// else's. Thread-safe. Verifying reads everything that is kept and may take minutes; it is written
/// to the log itself.
class AuditRoutes {
 public:
  explicit AuditRoutes(Desk desk);
  std::vector<Route> routes();

 private:
  http::Response list_audit(const Call& call);
  /// Re-computes the log's own chain.
  http::Response check_audit(const Call& call);
  /// Re-computes every terminal's chain; itself in the log.
  http::Response verify(const Call& call);

  Desk desk_;
  std::map<std::string, std::string, std::less<>> summaries_;  ///< of operations, in openapi.yaml
};

}  // namespace huxin::api
