#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "agent/journal/head_file.hpp"
#include "agent/journal/journal.hpp"
#include "certs/sealed_database.hpp"

/// What the journal keeps in its database, one function a statement. Nothing here takes a lock or
/// opens a transaction.
namespace huxin::journal::tables {

/// The steps that SealedDatabase::migrate takes.
std::span<const std::string_view> schema();

/// Where the chain stands. Records anchor.sequence + 1 … head.sequence are kept, but for the gaps.
/// What is acknowledged lies between anchor and head. The anchor is the link before the oldest
/// record kept: pruning moves it.
struct State {
  Link head;
  Link anchor;
  std::uint64_t acknowledged = 0;
};
/// kCorrupt when its one row is missing.
Result<State> state(certs::SealedDatabase& database);
/// Replaces all of it.
Status set_state(certs::SealedDatabase& database, const State& state);

/// `now` is when it was written: retention counts from it, not from the payload's own time.
Status insert(certs::SealedDatabase& database, const record::Record& link, Time now);
/// Hands over records with sequence > `after` in order, until the taker says no.
Status each_after(certs::SealedDatabase& database, std::uint64_t after,
                  const std::function<bool(record::Record&&)>& take);
/// Nothing: never written, pruned, or in a gap.
Result<std::optional<record::Record>> record_at(certs::SealedDatabase& database,
                                                std::uint64_t sequence);

/// Notes that first … last are not kept, and why nobody need look for them.
Status add_gap(certs::SealedDatabase& database, std::uint64_t first, std::uint64_t last);
/// The end of the gap that begins at `first`, if there is one.
Result<std::optional<std::uint64_t>> gap_from(certs::SealedDatabase& database, std::uint64_t first);

/// Drops acknowledged records that are older than `cutoff`, from the oldest on without a hole, and
/// moves the anchor.
Status prune_records(certs::SealedDatabase& database, Time cutoff);

/// Replaces the version remembered for the same file.
Status settle(certs::SealedDatabase& database, const FileVersion& version,
              std::string_view policy_digest);
/// False for another version of the file and for another policy.
Result<bool> settled(certs::SealedDatabase& database, const FileVersion& version,
                     std::string_view policy_digest);
/// Forgets the file versions that were settled first, down to the limit.
Status prune_settled(certs::SealedDatabase& database, std::size_t limit);

/// The four below: see Journal.
Status put(certs::SealedDatabase& database, std::string_view name, std::string_view value);
Result<std::optional<std::string>> get(certs::SealedDatabase& database, std::string_view name);
Result<std::vector<std::pair<std::string, std::string>>> values(certs::SealedDatabase& database,
                                                                std::string_view prefix);
Status forget(certs::SealedDatabase& database, std::string_view name);
/// All named values; what cannot be read is left out.
std::vector<std::pair<std::string, std::string>> readable_values(certs::SealedDatabase& database);

/// Does every page of the database file carry its HMAC? kCorrupt otherwise. Reads the whole file.
Status check_pages(certs::SealedDatabase& database);

}  // namespace huxin::journal::tables
