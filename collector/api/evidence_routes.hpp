#pragma once
#include <expected>

#include "collector/api/route.hpp"

namespace huxin::api {

/// Sealed evidence under dual control. The collector keeps reviewers' certificates and their locked
/// private keys, passes envelopes on and deletes them in time; it holds no key that opens any.
///
/// An officer (for confidential incidents an anti-money-laundering reviewer) asks with a reason; a
/// second reviewer takes the outer envelope off in their browser and hands the inner one over,
/// sealed to the officer's key for this request; the officer's browser opens that. A request lasts
/// 24 hours, what was handed over one. Every step is in the audit log, and in the history of the
/// incident's case when it has one. Thread-safe.
/// Whoever holds the second key never asks, and nobody answers their own request. Envelopes,
/// certificates and packages travel as base64url in JSON. A locked private key is given to its
/// owner alone.
class EvidenceRoutes {
 public:
  explicit EvidenceRoutes(Desk desk) : desk_(desk) {}
  std::vector<Route> routes();

 private:
  http::Response own_keys(const Call& call);
  http::Response add_key(const Call& call);
  http::Response all_keys(const Call& call);
  http::Response ask(const Call& call);
  http::Response list(const Call& call);
  http::Response get(const Call& call);
  http::Response envelope(const Call& call);
  http::Response approve(const Call& call);
  http::Response refuse(const Call& call);
  http::Response withdraw(const Call& call);
  http::Response package(const Call& call);

  template <class T>
  using Answer = std::expected<T, http::Response>;
  Answer<store::Reveal> find(const Call& call);
  /// The reveal as it is after a change, told to the history of the incident's case.
  http::Response changed(const Call& call, std::string_view what, std::string_view text);
  void tell_case(const store::Reveal& reveal, const Call& call, std::string_view what,
                 std::string_view text);
  http::Response to_response(const store::Reveal& reveal, unsigned status = 200);

  Desk desk_;
};

}  // namespace huxin::api
