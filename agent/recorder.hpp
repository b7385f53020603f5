#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "agent/journal/journal.hpp"
#include "agent/journal/pending_records.hpp"
#include "policy/base/clock.hpp"
#include "policy/record/record.pb.h"

namespace huxin::agent {

/// Writes what happened into the journal, and keeps what the disk cannot take until it can.
///
/// Thread-safe. Each record that is written wakes the uplink.
class Recorder {
 public:
  Recorder(journal::Journal& journal, std::shared_ptr<const Clock> clock)
      : journal_(journal), clock_(std::move(clock)) {}

  /// To be called once, before the first record; the uplink does not exist yet when we do.
  void on_written(std::function<void()> wake) { wake_ = std::move(wake); }

  /// Writes an incident; with `settles`, in one transaction with the mark that this version of the
  /// file is dealt with.
  void incident(record::Incident incident, const std::optional<journal::FileVersion>& settles = std::nullopt,
                std::string_view policy_digest = {});
  /// Writes what came of an incident that was recorded as pending.
  void outcome(std::string_view incident, std::string_view outcome,
               const std::optional<journal::FileVersion>& settles, std::string_view policy_digest);
  void coverage(record::Coverage coverage);
  void status(std::string_view code, std::string_view detail);

 private:
  void write(record::Payload payload, const std::optional<journal::FileVersion>& settles,
             std::string_view policy_digest);

  journal::Journal& journal_;
  std::shared_ptr<const Clock> clock_;
  std::function<void()> wake_;
  journal::PendingRecords pending_;
};

}  // namespace huxin::agent
