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
/// As the database keeps it.
std::string_view to_string(ListKind kind);  ///< "authorisation", "hold"

/// One imported row. The identity number itself is not kept. Who knows the list's digest key can
/// test a number against it, nobody can read one out.
struct ListedCustomer {
  bundle::DigestEntry entry;
  std::string reference;  ///< of the contract or case, at most 64 bytes; stays at the collector
};

/// Who imported what, and when. `time` is the collector's; `replaced`: the list was emptied first.
/// Importing counts its rows itself, whatever `entries` says.
struct ListImport {
  Time time{};
  std::string who;   ///< account, or operating-system user of the command line
  std::string file;  ///< its name, as given
  bool replaced = false;
  std::uint64_t entries = 0;  ///< rows that were imported
};

/// What a list holds for one purpose, as of a moment.
struct PurposeCount {
  std::string purpose;
  std::uint64_t entries = 0;
  /// Begun and not over: half-open, from <= now < until.
  std::uint64_t in_force = 0;
  Time last_end{};  ///< Time::max(): some without end
};

/// entries = in_force + over + to_come. A customer may have several entries, with other purposes or
/// times.
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
  /// nothing changed, when the list would be over a limit of DigestList. One entry is (digest,
  /// from, until, purpose); importing it again renews its reference alone. `how.replaced` says
  /// which of the two it is. Terminals see the change only with the next bundle.
  virtual Status import(ListKind kind, const std::vector<ListedCustomer>& rows,
                        const ListImport& how) = 0;
  /// As it goes into a bundle, those over included. kCorrupt for a digest of another length.
  virtual Result<bundle::DigestList> list(ListKind kind) = 0;
  /// An unknown or empty list has zeros.
  virtual Result<ListSummary> summary(ListKind kind, Time now) = 0;
};

}  // namespace huxin::store
