#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/bundle/digest_list.hpp"

namespace huxin::store {

/// Which list of customers.
enum class ListKind : std::uint8_t {
  kAuthorisation,  ///< consented to a query of their credit report
  kHold,           ///< their files are not to be destroyed: an investigation, a dispute
};
std::string_view to_string(ListKind kind);  ///< "authorisation", "hold"

/// One imported row. The identity number itself is not kept.
struct ListedCustomer {
  bundle::DigestEntry entry;
  std::string reference;  ///< of the contract or case, at most 64 bytes; stays at the collector
};

/// Who imported what, and when.
struct ListImport {
  Time time{};
  std::string who;   ///< account, or operating-system user of the command line
  std::string file;  ///< its name, as given
  bool replaced = false;
  std::uint64_t entries = 0;  ///< rows that were imported
};

struct PurposeCount {
  std::string purpose;
  std::uint64_t entries = 0;
  std::uint64_t in_force = 0;
  Time last_end{};  ///< Time::max(): some without end
};

struct ListSummary {
  std::uint64_t entries = 0, customers = 0;
  std::uint64_t in_force = 0, over = 0, to_come = 0;
  std::vector<PurposeCount> purposes;  ///< by name
  std::vector<ListImport> imports;     ///< the 20 newest, newest first
};

/// Customers on lists, as keyed digests. Thread-safe; every call is one transaction.
class CustomerLists {
 public:
  virtual ~CustomerLists() = default;

  /// Puts rows on a list, or in its place. What stands there already stays once. kTooLarge, with
  /// nothing changed, when the list would be over a limit of DigestList.
  virtual Status import(ListKind kind, const std::vector<ListedCustomer>& rows,
                        const ListImport& how) = 0;
  virtual Result<bundle::DigestList> list(ListKind kind) = 0;
  virtual Result<ListSummary> summary(ListKind kind, Time now) = 0;
};

}  // namespace huxin::store
