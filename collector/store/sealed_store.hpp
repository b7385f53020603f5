#pragma once
#include "collector/store/connections.hpp"
#include "collector/store/sealed_assessment.hpp"
#include "collector/store/sealed_audit.hpp"
#include "collector/store/sealed_cases.hpp"
#include "collector/store/sealed_customer_lists.hpp"
#include "collector/store/sealed_evidence.hpp"
#include "collector/store/sealed_inventories.hpp"
#include "collector/store/sealed_known_data.hpp"
#include "collector/store/sealed_orders.hpp"
#include "collector/store/store.hpp"

namespace huxin::store {

/// The embedded store. Private to collector/store; its members are spread over files by subject.
/// Reads take the reader's lock, writes the writer's; a read sees what was committed when it began.
class SealedStore final : public Store {
 public:
  SealedStore(certs::SealedDatabase writer, certs::SealedDatabase reader)
      : db_(std::move(writer), std::move(reader)) {}

  // terminals.cpp
  Status add_token(ByteView token_digest, std::string_view branch, Time expires) override;
  Result<Terminal> enrol(ByteView token_digest, std::string_view hostname, Time now,
                         const Issue& issue) override;
  Status add_certificate(std::string_view terminal, ByteView certificate, Time now) override;
  Result<std::optional<Bytes>> certificate(std::string_view sha256) override;
  Result<Standing> standing(std::string_view terminal, std::string_view certificate) override;
  Status revoke(std::string_view terminal, Time now) override;
  Result<std::optional<Terminal>> terminal(std::string_view id) override;
  Result<std::vector<Terminal>> terminals() override;
  Status heartbeat(std::string_view terminal, const record::Heartbeat& beat, Time now) override;

  // accept.cpp, verify.cpp
  Result<Accepted> accept(std::string_view terminal, std::string_view certificate,
                          const record::Batch& batch, Time now) override;
  Result<Verification> verify() override;

  // incidents.cpp
  Result<IncidentPage> incidents(const IncidentFilter& filter) override;
  Status each_incident(const IncidentFilter& filter,
                       const std::function<void(StoredIncident&&)>& take) override;
  Result<std::uint64_t> unreadable() override;
  Result<std::optional<StoredIncident>> incident(std::string_view id, Audience audience) override;
  Result<Summary> summary(Time since, Audience audience) override;
  Cases& cases() override { return cases_; }
  ReviewerKeys& reviewer_keys() override { return reviewer_keys_; }
  Reveals& reveals() override { return reveals_; }

  // accounts.cpp
  Status add_user(const User& user) override;
  Status save_user(const User& user) override;
  Result<User> change_user(std::string_view name,
                           const std::function<Status(User&)>& change) override;
  Result<std::optional<User>> user(std::string_view name) override;
  Result<std::vector<User>> users() override;
  Result<std::uint64_t> next_serial() override;
  Status publish_bundle(const PublishedBundle& bundle, Time now) override;
  Result<std::optional<PublishedBundle>> current_bundle() override;
  Result<std::optional<Bytes>> current_bundle_digest() override;
  Status count(std::string_view what, std::string_view detail, std::uint64_t by, Time now) override;
  Result<std::vector<Counter>> counters() override;

  Audit& audit() override { return audit_; }
  Orders& orders() override { return orders_; }
  Assessment& assessment() override { return assessment_; }
  Inventories& inventories() override { return inventories_; }
  CustomerLists& customer_lists() override { return customer_lists_; }
  KnownData& known_data() override { return known_data_; }

 private:
  Connections db_;
  SealedAudit audit_{db_};
  SealedOrders orders_{db_};
  SealedAssessment assessment_{db_};
  SealedCases cases_{db_};
  SealedReviewerKeys reviewer_keys_{db_};
  SealedReveals reveals_{db_};
  SealedInventories inventories_{db_};
  SealedCustomerLists customer_lists_{db_};
  SealedKnownData known_data_{db_};
};

}  // namespace huxin::store
