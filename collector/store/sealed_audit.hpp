#pragma once
#include "collector/store/audit.hpp"
#include "collector/store/connections.hpp"

namespace huxin::store {

/// The audit log of the embedded store. Private to collector/store. The connections are borrowed
/// and outlive it. verify() and each() hold the reader for as long as they walk; entries go on
/// being written meanwhile.
class SealedAudit final : public Audit {
 public:
  explicit SealedAudit(Connections& db) : db_(db) {}

  Result<std::uint64_t> append(const AuditAct& act, Time now) override;
  Result<AuditPage> page(const AuditFilter& filter) override;
  Status each(const AuditFilter& filter, const std::function<void(AuditEntry&&)>& take) override;
  Result<std::optional<Time>> last_done(std::string_view what, std::string_view detail,
                                        Time before) override;
  Result<AuditCheck> verify(const std::optional<Head>& noted) override;

 private:
  Connections& db_;
};

}  // namespace huxin::store
