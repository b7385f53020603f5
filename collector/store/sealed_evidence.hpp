#pragma once
#include "collector/store/connections.hpp"
#include "collector/store/evidence.hpp"

namespace huxin::store {

/// Reviewers' keys in the embedded store. Private to collector/store. The connections are borrowed
/// and outlive it.
class SealedReviewerKeys final : public ReviewerKeys {
 public:
  explicit SealedReviewerKeys(Connections& db) : db_(db) {}

  Status add(const ReviewerKey& key) override;
  Result<std::vector<ReviewerKey>> of(std::string_view user) override;
  Result<std::vector<ReviewerKey>> current() override;
  Result<std::optional<ReviewerKey>> find(std::string_view sha256) override;

 private:
  Connections& db_;
};

/// Requests to reveal evidence in the embedded store. Private to collector/store. The connections
/// are borrowed and outlive it. That nobody answers their own request is held by the statements and
/// once more by a constraint.
class SealedReveals final : public Reveals {
 public:
  explicit SealedReveals(Connections& db) : db_(db) {}

  Status request(const Reveal& fresh) override;
  Result<std::optional<Reveal>> find(std::string_view id, Audience audience, Time now) override;
  Result<RevealPage> list(const RevealFilter& filter, Time now) override;
  Status approve(std::string_view id, std::string_view reviewer, ByteView package, Time now,
                 Time package_expires) override;
  Status refuse(std::string_view id, std::string_view reviewer, std::string_view answer,
                Time now) override;
  Status withdraw(std::string_view id, std::string_view requester, Time now) override;
  Result<std::optional<Bytes>> take(std::string_view id, std::string_view requester,
                                    Time now) override;
  Result<std::uint64_t> expire(Time now) override;

 private:
  Connections& db_;
};

}  // namespace huxin::store
