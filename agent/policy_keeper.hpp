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
class PolicyKeeper {
 public:
  /// Puts a policy in force everywhere; a failure leaves the old one in force.
  using Apply = std::function<Status(std::shared_ptr<const inspect::InForce>)>;

  PolicyKeeper(State state, Bytes policy_key)
      : state_(std::move(state)), policy_key_(std::move(policy_key)) {}

  /// What to start with. A stored bundle that no longer verifies is reported through `problem` and
  /// the audit preset stands in.
  std::shared_ptr<const inspect::InForce> initial(std::string& problem);

  /// Verifies, parses, stores, then applies a bundle: what is in force is what the next start
  /// finds. When applying fails, the bundle stored before is put back.
  Status take(ByteView bundle, const Apply& apply);

 private:
  Result<std::shared_ptr<const inspect::InForce>> open(ByteView bundle) const;
  Result<std::optional<std::string>> stored() const;
  Status put_back(const std::optional<std::string>& before) const;

  State state_;
  Bytes policy_key_;
  std::uint64_t serial_ = 0;
};

}  // namespace huxin::agent
