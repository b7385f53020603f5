#include "agent/journal/sealed_journal.hpp"

#include "policy/record/chain.hpp"

namespace huxin::journal {
namespace {

constexpr std::size_t kUnsavedLimit = 256;  ///< settled versions held before they are written
constexpr std::size_t kOutboxBytes = std::size_t{4} << 20U;   ///< of one outbox() answer
constexpr std::size_t kLargestValue = std::size_t{1} << 20U;  ///< of put()

Link link_of(const record::Record& record) {
  const ByteView hash = as_bytes(record.hash());
  return {record.sequence(), Bytes(hash.begin(), hash.end())};
}

/// Walks the chain link by link; stops at the first that does not hold.
class ChainWalk {
 public:
  ChainWalk(certs::SealedDatabase& database, Link from)
      : database_(database), last_(std::move(from)) {}

  Status take(const record::Record& record) {
    const bool jumps = record.sequence() != last_.sequence + 1;
    if (jumps) {
      const auto gap = tables::gap_from(database_, last_.sequence + 1);
      if (!gap) return std::unexpected(gap.error());
      if (*gap != record.sequence() - 1) {
        return fail(Errc::kCorrupt, "record {} is missing", last_.sequence + 1);
      }
    }
    const ByteView previous = jumps ? as_bytes(record.previous()) : ByteView(last_.hash);
    if (Status held = record::check_link(record, record.sequence(), previous); !held) return held;
    last_ = link_of(record);
    return {};
  }
  /// The records have ended: does the chain end at the head?
  Status finish(const Link& head) const {
    if (last_ == head) return {};
    const auto gap = tables::gap_from(database_, last_.sequence + 1);
    if (gap && *gap == head.sequence) return {};
    return fail(Errc::kCorrupt, "record {} is missing", last_.sequence + 1);
  }

 private:
  certs::SealedDatabase& database_;
  Link last_;
};

}  // namespace

SealedJournal::~SealedJournal() {
  const std::scoped_lock lock(mutex_);
  // What cannot be saved now only means inspecting those files again.
  (void)write([this] { return flush_settled(); });
  (void)head_file_.sync();
}

Status SealedJournal::write(const std::function<Status()>& body) {
  Status done = database_.transaction(body);
  if (!done && done.error().code == Errc::kNoSpace && reserve_.give_up())
    done = database_.transaction(body);
  return done;
}

Status SealedJournal::flush_settled() {
  for (const auto& [id, settled] : unsaved_) {
    if (Status done = tables::settle(database_, settled.version, settled.policy_digest); !done)
      return done;
  }
  return {};
}

Result<std::uint64_t> SealedJournal::append(const record::Payload& payload,
                                            const std::optional<FileVersion>& settles,
                                            std::string_view policy_digest) {
  const std::scoped_lock lock(mutex_);
  auto done = append_and(payload, [&]() -> Status {
    return settles ? tables::settle(database_, *settles, policy_digest) : Status{};
  });
  if (done && settles) unsaved_.erase({settles->device, settles->inode});
  return done;
}

Result<std::uint64_t> SealedJournal::append_with(const record::Payload& payload,
                                                 std::string_view name, std::string_view value) {
  if (value.size() > kLargestValue)
    return fail(Errc::kTooLarge, "a value of {} bytes for '{}'", value.size(), name);
  const std::scoped_lock lock(mutex_);
  return append_and(payload, [&] { return tables::put(database_, name, value); });
}

Result<std::uint64_t> SealedJournal::append_and(const record::Payload& payload,
                                                const std::function<Status()>& also) {
  const std::string text = payload.SerializeAsString();
  if (text.size() > record::kLargestPayload) {
    return fail(Errc::kTooLarge, "a record of {} bytes, {} at most", text.size(),
                record::kLargestPayload);
  }
  Link head;
  const Status done = write([&]() -> Status {
    auto state = tables::state(database_);
    if (!state) return std::unexpected(state.error());
    const record::Record record =
        record::make_link(state->head.sequence + 1, state->head.hash, text);
    if (Status kept = tables::insert(database_, record, options_.clock->now()); !kept) return kept;
    head = state->head = link_of(record);
    if (Status kept = also(); !kept) return kept;
    return tables::set_state(database_, *state);
  });
  if (!done) return std::unexpected(done.error());
  // The record is safe already; a head file that cannot follow is caught up with at the next open.
  (void)head_file_.write(head);
  return head.sequence;
}

Status SealedJournal::settle(const FileVersion& version, std::string_view policy_digest) {
  const std::scoped_lock lock(mutex_);
  unsaved_.insert_or_assign({version.device, version.inode},
                            Settled{version, std::string(policy_digest)});
  if (unsaved_.size() < kUnsavedLimit) return {};
  // Not with the reserve: that is for records. On failure the oldest knowledge goes.
  const Status done = database_.transaction([this] { return flush_settled(); });
  unsaved_.clear();
  return done;
}

Result<bool> SealedJournal::settled(const FileVersion& version, std::string_view policy_digest) {
  const std::scoped_lock lock(mutex_);
  const auto unsaved = unsaved_.find({version.device, version.inode});
  if (unsaved != unsaved_.end()) {
    return unsaved->second.version == version && unsaved->second.policy_digest == policy_digest;
  }
  return tables::settled(database_, version, policy_digest);
}

Result<std::vector<record::Record>> SealedJournal::outbox(std::size_t limit) {
  const std::scoped_lock lock(mutex_);
  const auto state = tables::state(database_);
  if (!state) return std::unexpected(state.error());
  // What leaves the terminal must not be written anew after a power cut: the head first.
  if (Status synced = head_file_.sync(); !synced) return std::unexpected(synced.error());
  std::vector<record::Record> records;
  std::size_t bytes = 0;
  if (limit == 0) return records;
  const Status done =
      tables::each_after(database_, state->acknowledged, [&](record::Record&& record) {
        bytes += record.ByteSizeLong();
        if (!records.empty() && bytes > kOutboxBytes) return false;
        records.push_back(std::move(record));
        return records.size() < limit;
      });
  if (!done) return std::unexpected(done.error());
  return records;
}

Status SealedJournal::acknowledge(std::uint64_t through) {
  const std::scoped_lock lock(mutex_);
  return write([&]() -> Status {
    auto state = tables::state(database_);
    if (!state) return std::unexpected(state.error());
    if (through > state->head.sequence) {
      return fail(Errc::kInvalid, "acknowledged {}, but the last record is {}", through,
                  state->head.sequence);
    }
    if (through <= state->acknowledged) return {};
    state->acknowledged = through;
    return tables::set_state(database_, *state);
  });
}

Result<std::uint64_t> SealedJournal::outbox_size() {
  const std::scoped_lock lock(mutex_);
  const auto state = tables::state(database_);
  if (!state) return std::unexpected(state.error());
  return state->head.sequence - std::min(state->head.sequence, state->acknowledged);
}

Result<Journal::Head> SealedJournal::head() {
  const std::scoped_lock lock(mutex_);
  const auto state = tables::state(database_);
  if (!state) return std::unexpected(state.error());
  return Head{state->head.sequence, std::string(as_text(state->head.hash))};
}

Status SealedJournal::verify() {
  const std::scoped_lock lock(mutex_);
  const auto state = tables::state(database_);
  if (!state) return std::unexpected(state.error());
  ChainWalk walk(database_, state->anchor);
  Status held;
  const Status read =
      tables::each_after(database_, state->anchor.sequence, [&](record::Record&& record) {
        held = walk.take(record);
        return held.has_value();
      });
  if (!read) return read;
  if (!held) return held;
  return walk.finish(state->head);
}

Status SealedJournal::maintain() {
  const std::scoped_lock lock(mutex_);
  const Time cutoff = options_.clock->now() - options_.keep_acknowledged;
  const Status pruned = database_.transaction([&]() -> Status {
    if (Status done = flush_settled(); !done) return done;
    if (Status done = tables::prune_records(database_, cutoff); !done) return done;
    return tables::prune_settled(database_, options_.settled_limit);
  });
  if (pruned) unsaved_.clear();
  const Status reserved = reserve_.make();
  return pruned ? reserved : pruned;
}

Status SealedJournal::put(std::string_view name, std::string_view value) {
  if (value.size() > kLargestValue)
    return fail(Errc::kTooLarge, "a value of {} bytes for '{}'", value.size(), name);
  const std::scoped_lock lock(mutex_);
  return write([&] { return tables::put(database_, name, value); });
}

Result<std::optional<std::string>> SealedJournal::get(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  return tables::get(database_, name);
}

Result<std::vector<std::pair<std::string, std::string>>> SealedJournal::values(
    std::string_view prefix) {
  const std::scoped_lock lock(mutex_);
  return tables::values(database_, prefix);
}

Status SealedJournal::forget(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  return write([&] { return tables::forget(database_, name); });
}

}  // namespace huxin::journal
