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
class Recorder {
 public:
  Recorder(journal::Journal& journal, std::shared_ptr<const Clock> clock,
           std::function<void()> written)
      : journal_(journal), clock_(std::move(clock)), written_(std::move(written)) {}

  /// Writes an incident; with `settles`, in one transaction with the mark that this version of the
  /// file is dealt with. False: it is not on disk yet, and an act that needs it there must wait.
  bool incident(record::Incident incident, const std::optional<FileVersion>& settles = std::nullopt,
                std::string_view policy_digest = {});
  /// Writes what came of an incident (its id, as bytes) that was recorded as pending; as above.
  bool outcome(std::string_view incident, std::string_view outcome,
               const std::optional<FileVersion>& settles = std::nullopt,
               std::string_view policy_digest = {});
  /// Writes what became of an order, in one transaction with the named value that remembers it as
  /// answered. False: it waits in memory, and the order is still open for the next start; or the
  /// journal will never take it, which is told as the status "order_unanswered".
  bool order_result(record::OrderResult result, std::string_view name, std::string_view value);
  void coverage(record::Coverage coverage);
  /// Tells of something that a sensor itself could not see, now.
  void blind_spot(rule::Channel channel, std::string_view reason, std::string_view path,
                  std::string_view destination, std::uint64_t count = 1);
  void status(std::string_view code, std::string_view detail);
  void inventory(record::Inventory inventory);

  /// Writes what a full disk kept back, as far as there is space now.
  void retry();
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
