#include "agent/journal/pending_records.hpp"

#include <algorithm>

namespace huxin::journal {
namespace {

/// Will trying again help? A broken database does too: the journal may be opened anew.
bool passing(Errc code) {
  return code == Errc::kNoSpace || code == Errc::kIo || code == Errc::kTimeout ||
         code == Errc::kCorrupt;
}

/// Orders payloads by what their loss costs: coverage, status, outcomes and S4, up to S1, then what
/// became of orders.
int weight_of(const record::Payload& payload) {
  if (payload.has_coverage()) return 0;
  if (payload.has_status()) return 1;
  if (payload.has_order_result()) return 6;
  if (!payload.has_incident()) return 2;
  const std::uint32_t severity = payload.incident().severity();
  return severity >= 1 && severity <= 4 ? 6 - static_cast<int>(severity) : 2;
}

std::uint32_t channel_of(const record::Payload& payload) {
  if (payload.has_incident()) return payload.incident().channel();
  return payload.has_coverage() ? payload.coverage().channel() : 0;
}

}  // namespace

Result<bool> PendingRecords::append(Journal& journal, record::Payload payload,
                                    const std::optional<FileVersion>& settles,
                                    std::string_view policy_digest, Time now) {
  const std::scoped_lock lock(mutex_);
  const bool clear = write_kept(journal, now).has_value();
  if (clear) {
    const auto written = journal.append(payload, settles, policy_digest);
    if (written) return true;
    if (!passing(written.error().code)) return std::unexpected(written.error());
  }
  Entry entry{.settles = settles, .policy_digest = std::string(policy_digest)};
  entry.bytes = payload.ByteSizeLong() + policy_digest.size() + sizeof(Entry);
  entry.weight = weight_of(payload);
  entry.payload = std::move(payload);
  keep(std::move(entry));
  return false;
}

Status PendingRecords::retry(Journal& journal, Time now) {
  const std::scoped_lock lock(mutex_);
  return write_kept(journal, now);
}

void PendingRecords::keep(Entry entry) {
  bytes_ += entry.bytes;
  entries_.push_back(std::move(entry));
  while (entries_.size() > limits_.records || bytes_ > limits_.bytes) drop_least();
}

void PendingRecords::drop_least() {
  const auto least =
      std::ranges::min_element(entries_.rbegin(), entries_.rend(), {}, &Entry::weight);
  const auto victim = std::prev(least.base());
  bytes_ -= victim->bytes;
  ++lost_;
  ++lost_by_channel_[channel_of(victim->payload)];
  entries_.erase(victim);
}

Status PendingRecords::write_kept(Journal& journal, Time now) {
  while (!entries_.empty()) {
    const Entry& first = entries_.front();
    const auto written = journal.append(first.payload, first.settles, first.policy_digest);
    if (!written && passing(written.error().code)) return std::unexpected(written.error());
    if (!written) {  // the journal will never take it: a loss like any other
      ++lost_;
      ++lost_by_channel_[channel_of(first.payload)];
    }
    bytes_ -= first.bytes;
    entries_.pop_front();
  }
  while (!lost_by_channel_.empty()) {
    const auto [channel, count] = *lost_by_channel_.begin();
    record::Payload payload;
    record::Coverage& loss = *payload.mutable_coverage();
    loss.set_time_ms(now.time_since_epoch().count());
    loss.set_channel(channel);
    loss.set_reason("journal_full");
    loss.set_count(count);
    const auto written = journal.append(payload);
    if (!written) return std::unexpected(written.error());
    lost_ -= count;
    lost_by_channel_.erase(lost_by_channel_.begin());
  }
  return {};
}

std::size_t PendingRecords::size() const {
  const std::scoped_lock lock(mutex_);
  return entries_.size();
}

std::uint64_t PendingRecords::lost() const {
  const std::scoped_lock lock(mutex_);
  return lost_;
}

}  // namespace huxin::journal
