#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "agent/inspect/in_force.hpp"
#include "agent/state.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"

namespace huxin::agent {

/// Keeps the policy in force: the last bundle that verified, or the shipped audit preset until
/// there is one. A bundle that does not verify, parse or apply changes nothing.
///
/// One thread at a time (the uplink's).
///
/// The bundle is stored as it came, in policy.bundle, mode 0600, up to 32 MiB. A serial below the
/// one in force is refused, so that nobody can put an old policy back.
class PolicyKeeper {
 public:
  /// Puts a policy in force everywhere; a failure leaves the old one in force.
  using Apply = std::function<Status(std::shared_ptr<const inspect::InForce>)>;

  /// `policy_key`: SPKI, DER, from the enrolment.
  PolicyKeeper(State state, Bytes policy_key)
      : state_(std::move(state)), policy_key_(std::move(policy_key)) {}

  /// What to start with. A stored bundle that no longer verifies is reported through `problem` and
  /// the audit preset stands in. Never null. `problem` stays as it was when there is nothing to
  /// report. Under the preset the serial is 0 and nothing is enforced.
  std::shared_ptr<const inspect::InForce> initial(std::string& problem);

  /// Verifies, parses, stores, then applies a bundle: what is in force is what the next start
  /// finds. When applying fails, the bundle stored before is put back.
  /// From the network, and unchecked. What bundle::verify says (kDenied: no signature of the
  /// bank's, or too old); kInvalid: its policy does not parse, with the lines at fault; the disk's
  /// errors; what `apply` says. Only when putting back fails too may the next start find what is
  /// not in force; the error says so.
  Status take(ByteView bundle, const Apply& apply);

 private:
  Result<std::shared_ptr<const inspect::InForce>> open(ByteView bundle) const;
  /// The bytes on disk; nothing: there never was a bundle. Not verified.
  Result<std::optional<std::string>> stored() const;
  Status put_back(const std::optional<std::string>& before) const;

  State state_;
  Bytes policy_key_;
  std::uint64_t serial_ = 0;
};

}  // namespace huxin::agent
