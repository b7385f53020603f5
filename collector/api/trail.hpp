#pragma once
#include "collector/api/refusals.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// Writes to the audit log what is done through the console. A change is written down twice: before
/// it is carried out, so that nothing happens unseen, and with its result after. Thread-safe.
/// Entries name the route, the path as asked for, the browser's address and what the route noted.
class Trail {
 public:
  explicit Trail(const Desk& desk) : desk_(desk) {}

  /// Carries a call out as its route's Audited asks. When its beginning cannot be written down it
  /// is refused (503 `audit_unavailable`); when only its result cannot, it was carried out and its
  /// answer is lost: 503 `audit_unfinished`.
  ///
  /// Whoever had 60 changes refused within a minute is refused the next ones before they are begun
  /// (429 `too_many_refused`), so that refusals cannot fill the log.
  http::Response carry_out(const Route& route, Call& call);
  /// Writes down that somebody with a session was refused, and gives the refusal back. Repeats
  /// within a minute are counted, and written down as one entry (see settle).
  http::Response refused(const Route& route, const Call& call, http::Response refusal);
  /// Writes down the counts whose minute is over, or all. To be called every few seconds, and at
  /// the end.
  void settle(bool all = false);

 private:
  store::AuditAct act_of(const Route& route, const Call& call, std::string result) const;
  Result<std::uint64_t> write(const Route& route, const Call& call, std::string result,
                              std::string detail = {}, std::uint64_t begun = 0);

  Desk desk_;
  Refusals refusals_;
};

/// "done", "refused: forbidden" or "failed: unavailable", as the log has it. Status below 400,
/// below 500, the rest.
std::string result_of(const http::Response& response);

}  // namespace huxin::api
