#pragma once
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "agent/journal/journal.hpp"
#include "agent/journal/pending_records.hpp"
#include "policy/base/clock.hpp"
#include "policy/record/record.pb.h"
#include "policy/rule/event.hpp"

namespace huxin::agent {

/// Writes what happened into the journal, keeps what the disk cannot take until it can, and says
/// so.
///
/// Thread-safe. `written` is called after each record that reached the disk, on the caller's
/// thread.
///
/// Every record is made valid UTF-8 first. What the journal refuses for good (too large) is lost
/// and logged; what it cannot take now waits in memory, as PendingRecords weighs it.
class Recorder {
 public:
  /// The journal is borrowed and outlives this; `written` must not block.
  Recorder(journal::Journal& journal, std::shared_ptr<const Clock> clock,
           std::function<void()> written)
      : journal_(journal), clock_(std::move(clock)), written_(std::move(written)) {}

  /// Writes an incident; with `settles`, in one transaction with the mark that this version of the
  /// file is dealt with. False: it is not on disk yet, and an act that needs it there must wait.
  /// `policy_digest`: that of the policy which judged; needed with `settles`.
  bool incident(record::Incident incident, const std::optional<FileVersion>& settles = std::nullopt,
                std::string_view policy_digest = {});
  /// Writes what came of an incident (its id, as bytes) that was recorded as pending; as above.
  /// `outcome`: "quarantined", "failed: …" and so on, as the incident's own field would say it.
  bool outcome(std::string_view incident, std::string_view outcome,
               const std::optional<FileVersion>& settles = std::nullopt,
               std::string_view policy_digest = {});
  /// Writes what became of an order, in one transaction with the named value that remembers it as
  /// answered. False: it waits in memory, and the order is still open for the next start; or the
  /// journal will never take it, which is told as the status "order_unanswered". Tries first to
  /// write what waits, so that records keep their order.
  bool order_result(record::OrderResult result, std::string_view name, std::string_view value);
  void coverage(record::Coverage coverage);
  /// Tells of something that a sensor itself could not see, now. `reason`: a code of
  /// coverage.proto; `path` and `destination` may be empty; `count`: how many it stands for.
  void blind_spot(rule::Channel channel, std::string_view reason, std::string_view path,
                  std::string_view destination, std::uint64_t count = 1);
  /// `code`: a word for programs, as "order_refused"; `detail`: for people.
  void status(std::string_view code, std::string_view detail);
  /// One discovery run, as the collector is told of it.
  void inventory(record::Inventory inventory);

  /// Writes what a full disk kept back, as far as there is space now. Called before order results
  /// and every two seconds by the agent.
  void retry();
  /// Records in memory; tells the collector in the heartbeat (records_waiting_for_disk).
  std::size_t waiting() const { return pending_.size(); }
  /// Records that the journal will never take: too large, or not well-formed. Logged, and lost.
  std::uint64_t refused() const { return refused_; }

 private:
  /// Where every record passes: whatever bytes a terminal's names are made of, a record is text.
  /// False: not on disk yet. An error: it never will be; it is counted and logged.
  Result<bool> put(record::Payload payload,
                   const std::optional<FileVersion>& settles = std::nullopt,
                   std::string_view policy_digest = {});
  bool write(record::Payload payload, const std::optional<FileVersion>& settles = std::nullopt,
             std::string_view policy_digest = {}) {
    return put(std::move(payload), settles, policy_digest).value_or(false);
  }

  journal::Journal& journal_;
  const std::shared_ptr<const Clock> clock_;
  const std::function<void()> written_;
  journal::PendingRecords pending_;
  std::atomic<std::uint64_t> refused_{0};
};

}  // namespace huxin::agent
