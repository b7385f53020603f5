#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "agent/journal/journal.hpp"

namespace huxin::journal {

/// Holds what the journal cannot take now (the disk is full even after the reserve, or failing),
/// and writes it in order once it can.
///
/// Bounded in records and bytes. On overflow the least severe goes first, the younger of two alike,
/// so that a flood cannot wash out what came before it. From the least: coverage; status; outcomes
/// and incidents of S4; those of S3, S2, S1; answers to orders. A loss is counted and told as one
/// coverage record a channel ("journal_full") when there is space again; a file version that a lost
/// record would have settled stays unsettled, so the file is inspected again. Lost too when the
/// process ends: the kept part is memory. Thread-safe; calls into the journal under its own lock,
/// so give one journal one of these.
class PendingRecords {
 public:
  /// Of what is kept in memory, whichever is reached first.
  struct Limits {
    std::size_t records = 4096;
    std::size_t bytes = std::size_t{16} << 20U;
  };
  PendingRecords() = default;
  explicit PendingRecords(Limits limits) : limits_(limits) {}

  /// Writes what is kept and then the payload; true when it is on disk, false when it is kept (or
  /// was dropped and counted). An error only for what the journal will never take (kTooLarge,
  /// kInvalid).
  Result<bool> append(Journal& journal, record::Payload payload,
                      const std::optional<FileVersion>& settles = std::nullopt,
                      std::string_view policy_digest = {}, Time now = SystemClock().now());
  /// Writes what is kept, oldest first, then the count of losses. An error says why some are left.
  Status retry(Journal& journal, Time now = SystemClock().now());

  std::size_t size() const;    ///< records kept
  std::uint64_t lost() const;  ///< dropped and not yet told

 private:
  struct Entry {
    record::Payload payload;
    std::optional<FileVersion> settles;
    std::string policy_digest;
    std::size_t bytes = 0;
    int weight = 0;  ///< higher is graver
  };
  void keep(Entry entry);
  /// The youngest of the least weight.
  void drop_least();
  /// A record that the journal refuses for good is dropped and counted, so that it holds up no
  /// other.
  Status write_kept(Journal& journal, Time now);

  mutable std::mutex mutex_;
  Limits limits_;
  std::deque<Entry> entries_;
  std::map<std::uint32_t, std::uint64_t> lost_by_channel_;
  std::uint64_t lost_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace huxin::journal
