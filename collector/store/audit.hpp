#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::store {

/// What somebody is about to do, did, or was refused. Texts over their limit are cut off, and say
/// so with an ellipsis; none ever holds a password, a key or an unmasked value. `detail` may have
/// 4,096 bytes, the others 512; cuts are at whole UTF-8 characters.
struct AuditAct {
  std::string who;          ///< an account; for the command line, the user of the operating system
  std::string origin;       ///< the address of the browser, or "cli"
  std::string what;         ///< "POST /users/{name}/roles", "user disable"
  std::string target;       ///< what it is done to: the path as it was asked for, a name, an id
  std::string result;       ///< "begun", "done", "refused: forbidden", "failed: unavailable"
  std::string detail;       ///< what its route had to note
  std::uint64_t begun = 0;  ///< the entry that this one gives the result of; 0: none
};

/// An act as it was kept.
struct AuditEntry {
  /// From 1, without a gap.
  std::uint64_t sequence = 0;
  Time time{};
  AuditAct act;
  /// SHA-256, 32 bytes, over this entry and the hash before it.
  Bytes hash;
};

/// What the auditor's list filters by; empty or unset means any. Times are the collector's. `what`
/// takes ASCII letters of either case as equal.
struct AuditFilter {
  std::optional<Time> from, to;  ///< half-open
  std::string who;               ///< exactly
  std::string what;              ///< part of what, target or detail
  bool refused = false;          ///< those refused or failed alone
  std::size_t offset = 0;
  std::size_t limit = 50;  ///< at most 500
};

/// `total` counts all that the filter admits.
struct AuditPage {
  std::vector<AuditEntry> entries;
  std::uint64_t total = 0;
};

/// The first entry that does not hold, if any.
struct AuditCheck {
  std::uint64_t entries = 0;  ///< how many were checked
  std::uint64_t last = 0;     ///< the sequence of the newest; 0: none yet
  Bytes head;                 ///< its hash; zeros when there is none
  /// Where entries are missing, the first sequence that is.
  std::uint64_t bad = 0;  ///< the sequence of the first bad entry; 0: whole
  std::string what;       ///< "missing", "hash mismatch", "previous mismatch", "other head"

  bool whole() const { return bad == 0; }
};

/// Everything done at the collector, one entry after another, each covering the one before:
///
///   hash = SHA-256("huxin-audit-1" ‖ previous ‖ sequence ‖ time in ms ‖ begun ‖ the six texts)
///
/// with numbers as 8 bytes big-endian and each text after its length. Entries are only ever added;
/// the database itself refuses to change or remove one. Whoever holds the database key can rewrite
/// the log from some entry on, with every hash after it, but not without giving another head: an
/// auditor who noted a head finds it out (verify).
///
/// Thread-safe, also between processes; each call is one transaction. What append() returned
/// success for is on disk.
/// The first entry follows 32 zero bytes. The text before the hash is never longer than its limits
/// allow: what is over them is cut before it is hashed. `begun` ties a result to its beginning; a
/// beginning without a result means that the process ended in between.
class Audit {
 public:
  virtual ~Audit() = default;

  /// Adds an entry and returns its sequence, from 1 without a gap. What fails here must not be
  /// done: callers append "begun" first and stop on an error.
  virtual Result<std::uint64_t> append(const AuditAct& act, Time now) = 0;
  /// Newest first. At most 500 rows a page.
  virtual Result<AuditPage> page(const AuditFilter& filter) = 0;
  /// Hands over every entry that the filter admits, oldest first, whatever its limit. `take` runs
  /// while the reader's lock is held: it must not call the store.
  virtual Status each(const AuditFilter& filter, const std::function<void(AuditEntry&&)>& take) = 0;
  /// When `what`, exactly, was last done before `before`, with exactly this detail.
  virtual Result<std::optional<Time>> last_done(std::string_view what, std::string_view detail,
                                                Time before) = 0;
  /// Re-computes the chain. A head noted earlier must be the hash of its entry still. The
  /// database's own memory of the highest sequence is asked too, so that a cut-off end is
  /// "missing". Result: what does not hold; error: it could not be read.
  struct Head {
    std::uint64_t sequence = 0;
    Bytes hash;
  };
  virtual Result<AuditCheck> verify(const std::optional<Head>& noted = std::nullopt) = 0;
};

}  // namespace huxin::store
