#pragma once
#include <map>

#include "collector/api/route.hpp"

namespace huxin::api {

/// What the audit log notes of a verification that found no fault.
inline constexpr std::string_view kFoundWhole = "whole";

/// The audit log and whether it and the terminals' records are whole: an auditor's, and nobody
/// else's. Thread-safe.
class AuditRoutes {
 public:
  explicit AuditRoutes(Desk desk);
  std::vector<Route> routes();

 private:
  http::Response list_audit(const Call& call);
  http::Response check_audit(const Call& call);
  http::Response verify(const Call& call);

  Desk desk_;
  std::map<std::string, std::string, std::less<>> summaries_;  ///< of operations, in openapi.yaml
};

}  // namespace huxin::api
