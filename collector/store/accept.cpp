#include <algorithm>

#include "certs/certificate.hpp"
#include "collector/store/incident_index.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_assessment.hpp"
#include "collector/store/sealed_orders.hpp"
#include "collector/store/sealed_store.hpp"
#include "policy/record/chain.hpp"

namespace huxin::store {
namespace {

constexpr int kMostRecords = 500;
constexpr std::uint64_t kLargestSequence = std::uint64_t{1} << 62U;  // fits SQLite's integers
constexpr std::size_t kHashSize = 32;
constexpr int kMostReports = 64;  // told apart, of each kind and terminal; the rest: "(other)"
constexpr std::size_t kLongestReport = 64;
constexpr std::uint64_t kLargestCount = 1'000'000'000;  // of one record

/// Takes one batch into the tables, inside the caller's transaction.
class Intake {
 public:
  Intake(certs::SealedDatabase& db, std::string_view terminal, Time now)
      : db_(db), terminal_(terminal), now_(now) {}

  Status begin();
  Status take(const record::Record& link);
  Status vouch(const record::Batch& batch, std::string_view certificate);
  Accepted finish() && { return std::move(accepted_); }

 private:
  Result<std::optional<std::string>> kept_hash(std::uint64_t sequence);
  Status note(std::uint64_t from, std::uint64_t to, std::string_view what);
  Status note_position(const record::Record& link);
  Status keep(const record::Record& link);
  Status keep_incident(const record::Record& link, record::Incident&& incident);
  Status keep_outcome(const record::Record& link, const record::Outcome& outcome);
  Status keep_coverage(const record::Coverage& coverage);
  Status keep_report(std::string_view kind, std::string_view name, std::uint64_t count);
  Status keep_tags(const IncidentIndex& index, std::uint64_t sequence);
  Status keep_answer(const record::Record& link, const record::OrderResult& result);

  certs::SealedDatabase& db_;
  std::string_view terminal_;
  Time now_;
  std::string hostname_, branch_;
  std::string newest_hash_;
  Accepted accepted_;
};

Status Intake::begin() {
  auto found = first(
      query(db_,
            "SELECT accepted_through, hostname, branch, (SELECT hash FROM records r WHERE "
            "r.terminal = t.id AND r.sequence = t.accepted_through) FROM terminals t WHERE id = ?",
            terminal_),
      [&](const certs::Statement& row) {
        accepted_.through = count_at(row, 0);
        hostname_ = row.text(1);
        branch_ = row.text(2);
        newest_hash_ = as_text(row.blob(3));
        return true;
      });
  if (!found) return std::unexpected(found.error());
  if (!*found) return fail(Errc::kNotFound, "no terminal {}", terminal_);
  if (accepted_.through == 0) newest_hash_ = as_text(record::kGenesis);
  return {};
}

Result<std::optional<std::string>> Intake::kept_hash(std::uint64_t sequence) {
  if (sequence > accepted_.through) return std::nullopt;
  return first(query(db_, "SELECT hash FROM records WHERE terminal = ? AND sequence = ?", terminal_,
                     sequence),
               [](const certs::Statement& row) { return std::string(as_text(row.blob(0))); });
}

Status Intake::take(const record::Record& link) {
  const auto kept = kept_hash(link.sequence());
  if (!kept) return std::unexpected(kept.error());
  if (*kept) {
    if (**kept != link.hash()) {
      return fail(Errc::kCorrupt, "record {} was accepted before with another hash",
                  link.sequence());
    }
    ++accepted_.repeated;
    return {};
  }
  if (Status noted = note_position(link); !noted) return noted;
  if (Status done = keep(link); !done) return done;
  ++accepted_.kept;
  if (link.sequence() > accepted_.through) {
    accepted_.through = link.sequence();
    newest_hash_ = link.hash();
  }
  return {};
}

Status Intake::note(std::uint64_t from, std::uint64_t to, std::string_view what) {
  return run(db_, "INSERT INTO gaps (terminal, first, last, what, noted) VALUES (?, ?, ?, ?, ?)",
             terminal_, from, to, what, now_);
}

Status Intake::note_position(const record::Record& link) {
  const std::uint64_t next = accepted_.through + 1;
  if (link.sequence() > next) return note(next, link.sequence() - 1, "missing");
  if (link.sequence() < next) return note(link.sequence(), link.sequence(), "arrived late");
  if (link.previous() != newest_hash_) return note(next, next, "previous mismatch");
  return {};
}

Status Intake::keep(const record::Record& link) {
  record::Payload payload;
  // What cannot be read is kept all the same: the chain goes on, and a newer collector may know it.
  if (!payload.ParseFromString(link.payload())) payload.Clear();
  const int kind = static_cast<int>(payload.kind_case());
  Status done =
      run(db_,
          "INSERT INTO records (terminal, sequence, previous, hash, payload, kind, received) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)",
          terminal_, link.sequence(), as_bytes(link.previous()), as_bytes(link.hash()),
          as_bytes(link.payload()), kind, now_);
  if (!done) return done;
  switch (payload.kind_case()) {
    case record::Payload::kIncident:
      return keep_incident(link, std::move(*payload.mutable_incident()));
    case record::Payload::kOutcome:
      return keep_outcome(link, payload.outcome());
    case record::Payload::kCoverage:
      return keep_coverage(payload.coverage());
    case record::Payload::kStatus:
      return keep_report("status", payload.status().code(), 1);
    case record::Payload::kInventory:
      return run(db_, "INSERT INTO inventories (terminal, sequence) VALUES (?, ?)", terminal_,
                 link.sequence());
    case record::Payload::kOrderResult:
      return keep_answer(link, payload.order_result());
    case record::Payload::KIND_NOT_SET:
      ++accepted_.unreadable;
      return {};
  }
  return {};
}

Status Intake::keep_outcome(const record::Record& link, const record::Outcome& outcome) {
  return run(db_,
             "INSERT INTO outcomes (terminal, incident, sequence, outcome) VALUES (?, ?, ?, ?) "
             "ON CONFLICT (terminal, incident) DO UPDATE SET sequence = excluded.sequence, "
             "outcome = excluded.outcome WHERE excluded.sequence > outcomes.sequence",
             terminal_, std::string_view(to_hex(as_bytes(outcome.incident()))), link.sequence(),
             std::string_view(outcome.outcome()));
}

Status Intake::keep_coverage(const record::Coverage& coverage) {
  const Status done = keep_report("coverage", coverage.reason(), coverage.count());
  if (!done) return done;
  return keep_daily_coverage(db_, terminal_,
                             std::clamp(coverage.count(), std::uint64_t{1}, kLargestCount), now_);
}

Status Intake::keep_report(std::string_view kind, std::string_view name, std::uint64_t count) {
  const auto room = first(
      query(db_,
            "SELECT count(*) < ? OR EXISTS (SELECT 1 FROM reports WHERE terminal = ? AND kind = ? "
            "AND name = ?) FROM reports WHERE terminal = ? AND kind = ?",
            kMostReports, terminal_, kind, name, terminal_, kind),
      [](const certs::Statement& row) { return row.integer(0) != 0; });
  if (!room) return std::unexpected(room.error());
  if (!room->value_or(false) || name.size() > kLongestReport) name = "(other)";
  return run(db_,
             "INSERT INTO reports (terminal, kind, name, count) VALUES (?, ?, ?, ?) ON CONFLICT "
             "(terminal, kind, name) DO UPDATE SET count = count + excluded.count",
             terminal_, kind, name, std::clamp(count, std::uint64_t{1}, kLargestCount));
}

Status Intake::keep_incident(const record::Record& link, record::Incident&& incident) {
  constexpr std::string_view kInsert =
      "INSERT INTO incidents (id, terminal, sequence, time, received, severity, stage, channel, "
      "action, rule, user, "
      "process, path, destination, summary, confidential) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?)";
  IncidentIndex index = index_incident(incident, link.hash());
  const std::string summary = index.summary.SerializeAsString();
  const auto insert = [&] {
    return run(db_, kInsert, std::string_view(index.id), terminal_, link.sequence(),
               incident.time_ms(), now_, incident.severity(), incident.stage(), incident.channel(),
               incident.action(), std::string_view(incident.rule()),
               std::string_view(incident.user()), std::string_view(incident.process()),
               std::string_view(incident.path()), std::string_view(incident.destination()),
               as_bytes(summary), index.confidential);
  };
  Status done = insert();
  if (!done && done.error().code == Errc::kExists) {
    index.id = id_from_hash(link.hash());
    done = insert();
  }
  if (done) done = keep_tags(index, link.sequence());
  if (!done) return done;
  accepted_.incidents.push_back({index.id, std::string(terminal_), hostname_, branch_,
                                 link.sequence(), now_, std::move(incident)});
  return {};
}

Status Intake::keep_tags(const IncidentIndex& index, std::uint64_t sequence) {
  for (const auto& [kind, name] : index.tags) {
    Status done =
        run(db_, "INSERT INTO incident_tags (kind, name, terminal, sequence) VALUES (?, ?, ?, ?)",
            std::string_view(kind), std::string_view(name), terminal_, sequence);
    if (!done) return done;
  }
  return {};
}

Status Intake::keep_answer(const record::Record& link, const record::OrderResult& result) {
  const Result<ResultMatch> match =
      keep_order_result(db_, terminal_, link.sequence(), result, now_);
  if (!match) return std::unexpected(match.error());
  ++(*match == ResultMatch::kAnswer ? accepted_.answers : accepted_.stray_answers);
  return {};
}

Status Intake::vouch(const record::Batch& batch, std::string_view certificate) {
  const record::Record& last = *batch.records().rbegin();
  const auto der =
      first(query(db_, "SELECT der FROM certificates WHERE sha256 = ? AND terminal = ?",
                  certificate, terminal_),
            [](const certs::Statement& row) { return row.blob(0); });
  if (!der) return std::unexpected(der.error());
  if (!*der) return fail(Errc::kDenied, "the certificate is not one of {}", terminal_);
  const Bytes statement = record::head_statement(last.sequence(), as_bytes(last.hash()));
  if (!certs::verify_signature(**der, statement, as_bytes(batch.head_signature()))) {
    return fail(Errc::kCorrupt, "record {}: the head signature does not hold", last.sequence());
  }
  Status done =
      run(db_,
          "INSERT OR IGNORE INTO heads (terminal, sequence, hash, signature, certificate) "
          "VALUES (?, ?, ?, ?, ?)",
          terminal_, last.sequence(), as_bytes(last.hash()), as_bytes(batch.head_signature()),
          certificate);
  if (!done) return done;
  return run(db_, "UPDATE terminals SET accepted_through = ? WHERE id = ?", accepted_.through,
             terminal_);
}

/// What can be said of a batch without looking anything up.
Status check_batch(const record::Batch& batch) {
  if (batch.records_size() > kMostRecords) {
    return fail(Errc::kTooLarge, "{} records in one batch; the limit is {}", batch.records_size(),
                kMostRecords);
  }
  std::uint64_t before = 0;
  for (const record::Record& link : batch.records()) {
    if (link.sequence() <= before || link.sequence() > kLargestSequence) {
      return fail(Errc::kInvalid, "record {} after record {}: sequences must ascend",
                  link.sequence(), before);
    }
    before = link.sequence();
    if (link.previous().size() != kHashSize || link.hash().size() != kHashSize) {
      return fail(Errc::kInvalid, "record {}: a hash has {} bytes", link.sequence(), kHashSize);
    }
    if (Status held = record::check_link(link, link.sequence(), as_bytes(link.previous())); !held)
      return held;
  }
  return {};
}

}  // namespace

Result<Accepted> SealedStore::accept(std::string_view terminal, std::string_view certificate,
                                     const record::Batch& batch, Time now) {
  if (Status sound = check_batch(batch); !sound) return std::unexpected(sound.error());
  const std::lock_guard lock(db_.writing);
  Intake intake(db_.writer, terminal, now);
  const Status done = db_.writer.transaction([&]() -> Status {
    Status step = intake.begin();
    for (const record::Record& link : batch.records()) {
      if (step) step = intake.take(link);
    }
    if (step && batch.records_size() > 0) step = intake.vouch(batch, certificate);
    return step;
  });
  if (!done) return std::unexpected(done.error());
  return std::move(intake).finish();
}

}  // namespace huxin::store
