#pragma once
#include "collector/store/connections.hpp"
#include "collector/store/customer_lists.hpp"

namespace huxin::store {

/// The lists over the embedded store's connections, which outlive it. Private to collector/store.
/// Rows hold digests under the bank's key, never the numbers.
class SealedCustomerLists final : public CustomerLists {
 public:
  explicit SealedCustomerLists(Connections& db) : db_(db) {}

  Status import(ListKind kind, const std::vector<ListedCustomer>& rows,
                const ListImport& how) override;
  Result<bundle::DigestList> list(ListKind kind) override;
  Result<ListSummary> summary(ListKind kind, Time now) override;

 private:
  Connections& db_;
};

}  // namespace huxin::store
