#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/file_version.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"
#include "policy/record/record.pb.h"

namespace huxin::journal {

struct Options {
  std::size_t reserve = std::size_t{16}
                        << 20U;  ///< bytes of ballast given up when the disk is full
  std::chrono::hours keep_acknowledged{24 * 30};  ///< how long acknowledged records stay
  std::size_t settled_limit = 500'000;            ///< file versions remembered; the oldest go first
  std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// Keeps what the terminal has to tell until the collector has it: an SQLCipher database with a
/// hash-chained record log, its outbox, and the register of inspected file versions.
///
/// Thread-safe. A record is on disk (synchronous=FULL) when append returns; a record and the mark
/// that its file version was inspected are one transaction, so a crash neither loses nor repeats an
/// incident. On a full disk the reserve file is given up first; when even that is used, append
/// returns kNoSpace and the caller keeps the payload (see PendingRecords).
///
/// A value or a payload over 1 MiB is kTooLarge. A database that is busy for 10 s is kTimeout, one
/// that does not hold together kCorrupt. Nothing is ever rewritten: the chain's links are as
/// record/chain makes them.
class Journal {
 public:
  /// Opens or makes the database in `folder` (made with mode 0700); the key is 256 bits, raw.
  ///
  /// A broken database, or one older than its head file says, is set aside with a time stamp, never
  /// deleted; what can still be read of its outbox and values goes into a fresh one, which
  /// continues the chain after the last head and says in its next record (status
  /// "journal_replaced") which sequences are lost. Where the head file does not know the key
  /// either, the key is wrong: kCorrupt, and nothing is touched (see start_over).
  /// kUnsupported: a newer version of the agent made it. Salvage reads at most 1,000,000 records.
  static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& folder,
                                               const Secret& key, Options options = {});
  /// Sets database and head file aside, whatever their key, so that open begins at sequence 1.
  /// Returns the name the database went to. For an officer's decision, or a terminal enrolled anew.
  /// Only while no journal is open on the folder, in which both files stay under names with the
  /// time.
  static Result<std::filesystem::path> start_over(const std::filesystem::path& folder, Time now);
  virtual ~Journal() = default;

  /// Appends one link of the chain, with the file version it settles, if any. Returns its sequence.
  /// Sequences rise by one, from 1, and survive a replaced database. `policy_digest` belongs to
  /// `settles` and is ignored without it.
  virtual Result<std::uint64_t> append(const record::Payload& payload,
                                       const std::optional<FileVersion>& settles = std::nullopt,
                                       std::string_view policy_digest = {}) = 0;
  /// Appends one link, and puts a named value (see put), in one transaction.
  virtual Result<std::uint64_t> append_with(const record::Payload& payload, std::string_view name,
                                            std::string_view value) = 0;
  /// Marks a file version as inspected and clean under a policy. Known at once, on disk in batches:
  /// a crash only means inspecting again. One version a file (by its file system and inode) is
  /// remembered, the last one. At most 256 are kept back in memory before they are written.
  virtual Status settle(const FileVersion& version, std::string_view policy_digest) = 0;
  /// Was this version inspected under this policy already?
  virtual Result<bool> settled(const FileVersion& version, std::string_view policy_digest) = 0;

  /// The oldest unacknowledged records, at most `limit` and 4 MiB. In order of sequence. One record
  /// that is larger is handed over alone.
  virtual Result<std::vector<record::Record>> outbox(std::size_t limit) = 0;
  /// kInvalid for a sequence that was never written; one acknowledged already changes nothing.
  /// Marks all records up to and including `through`; they stay for keep_acknowledged.
  virtual Status acknowledge(std::uint64_t through) = 0;
  /// By their sequences: those that a replacement lost count until they are acknowledged.
  virtual Result<std::uint64_t> outbox_size() = 0;

  /// The newest record's; 0 and 32 zero bytes in a journal without any. The hash is 32 raw bytes.
  struct Head {
    std::uint64_t sequence = 0;
    std::string hash;
  };
  /// As of the last append; acknowledged or not.
  virtual Result<Head> head() = 0;
  /// Re-computes the whole chain kept here, from the link before the oldest record that is kept;
  /// kCorrupt names the first bad sequence. Reads everything and holds the journal meanwhile. Gaps
  /// that a replacement stated are passed.
  virtual Status verify() = 0;

  /// Prunes what retention allows and makes the reserve again once there is space. To be called now
  /// and then, hourly say; takes a while.
  virtual Status maintain() = 0;

  /// Small named values of the agent itself (terminal id, policy digest), in the same database.
  /// Replaces an earlier value; on disk when it returns.
  virtual Status put(std::string_view name, std::string_view value) = 0;
  /// Nothing: there is none of this name.
  virtual Result<std::optional<std::string>> get(std::string_view name) = 0;
  /// All whose names begin with `prefix` (ASCII), in the order of their names.
  virtual Result<std::vector<std::pair<std::string, std::string>>> values(
      std::string_view prefix) = 0;
  /// Forgets a value; succeeds when there is none.
  virtual Status forget(std::string_view name) = 0;
};

}  // namespace huxin::journal
