#include <set>

#include "certs/certificate.hpp"
#include "collector/store/incident_index.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_orders.hpp"
#include "collector/store/sealed_store.hpp"
#include "policy/record/chain.hpp"

namespace huxin::store {
namespace {

/// Re-computes everything kept of one terminal.
class ChainCheck {
 public:
  ChainCheck(certs::SealedDatabase& db, std::string terminal, Verification& into)
      : db_(db), terminal_(std::move(terminal)), into_(into) {}

  Status run_all();

 private:
  Status check_records();
  void check_record(const certs::Statement& row);
  Status check_index(std::uint64_t sequence, const Bytes& payload, const Bytes& hash);
  Status check_outcome(std::uint64_t sequence, const record::Outcome& outcome);
  Status check_answer(std::uint64_t sequence, const record::OrderResult& result);
  Status check_inventory(std::uint64_t sequence);
  Status check_index_count();
  Status check_heads();
  Status check_head(const certs::Statement& row);
  void fault(std::uint64_t from, std::uint64_t to, std::string_view what) {
    into_.faults.push_back({terminal_, from, to, std::string(what)});
  }

  certs::SealedDatabase& db_;
  std::string terminal_;
  Verification& into_;
  std::uint64_t last_ = 0;                                                // the sequence before
  Bytes hash_ = Bytes(record::kGenesis.begin(), record::kGenesis.end());  // and its hash
  std::uint64_t incidents_ = 0;
  std::uint64_t outcomes_ = 0;  // listed ones that a record bears out
  std::uint64_t inventories_ = 0;
};

Status ChainCheck::run_all() {
  ++into_.terminals;
  Status done = check_records();
  if (done) done = check_index_count();
  if (done) done = check_heads();
  return done;
}

void ChainCheck::check_record(const certs::Statement& row) {
  const std::uint64_t sequence = count_at(row, 0);
  const Bytes previous = row.blob(1);
  const Bytes hash = row.blob(2);
  const Bytes payload = row.blob(3);
  if (sequence > last_ + 1) {
    fault(last_ + 1, sequence - 1, "missing");
  } else if (previous != hash_) {
    fault(sequence, sequence, "previous mismatch");
  }
  const Digest expected = record::link_hash(previous, sequence, payload);
  if (hash != Bytes(expected.begin(), expected.end())) fault(sequence, sequence, "hash mismatch");
  last_ = sequence;
  hash_ = hash;
  ++into_.records;
}

Status ChainCheck::check_records() {
  return each(
      query(db_,
            "SELECT sequence, previous, hash, payload, kind FROM records WHERE terminal = ? "
            "ORDER BY sequence",
            terminal_),
      [&](const certs::Statement& row) -> Status {
        check_record(row);
        return check_index(last_, row.blob(3), hash_);
      });
}

Status ChainCheck::check_index(std::uint64_t sequence, const Bytes& bytes, const Bytes& hash) {
  record::Payload payload;
  if (!payload.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      payload.kind_case() == record::Payload::KIND_NOT_SET) {
    ++into_.unreadable;
    return {};
  }
  if (payload.has_outcome()) return check_outcome(sequence, payload.outcome());
  if (payload.has_order_result()) return check_answer(sequence, payload.order_result());
  if (payload.has_inventory()) return check_inventory(sequence);
  if (!payload.has_incident()) return {};
  ++incidents_;
  const record::Incident& incident = payload.incident();
  const IncidentIndex index = index_incident(incident, as_text(hash));
  const std::string summary = index.summary.SerializeAsString();
  std::string tags;  // in the order of the primary key
  for (const auto& [kind, name] : std::set(index.tags.begin(), index.tags.end()))
    tags += kind + '=' + name + ';';
  auto same =
      first(query(db_,
                  "SELECT (SELECT coalesce(group_concat(kind || '=' || name || ';', ''), '') FROM "
                  "(SELECT kind, name FROM "
                  "incident_tags t WHERE t.terminal = i.terminal AND t.sequence = i.sequence ORDER "
                  "BY kind, name)) = ? "
                  "FROM incidents i WHERE terminal = ? AND sequence = ? AND id IN (?, ?) AND time "
                  "= ? AND severity = ? AND "
                  "stage = ? AND channel = ? AND action = ? AND rule = ? AND user = ? AND process "
                  "= ? AND path = ? AND "
                  "destination = ? AND summary = ? AND confidential = ?",
                  tags, terminal_, sequence, index.id, id_from_hash(as_text(hash)),
                  incident.time_ms(), incident.severity(), incident.stage(), incident.channel(),
                  incident.action(), incident.rule(), incident.user(), incident.process(),
                  incident.path(), incident.destination(), as_bytes(summary), index.confidential),
            [](const certs::Statement& row) { return row.integer(0) != 0; });
  if (!same) return std::unexpected(same.error());
  if (!same->value_or(false)) fault(sequence, sequence, "list entry differs from the record");
  return {};
}

/// The list shows the newest outcome of an incident: this one, or one told later.
Status ChainCheck::check_outcome(std::uint64_t sequence, const record::Outcome& outcome) {
  struct Listed {
    std::uint64_t sequence;
    std::string outcome;
  };
  const auto listed =
      first(query(db_, "SELECT sequence, outcome FROM outcomes WHERE terminal = ? AND incident = ?",
                  terminal_, std::string_view(to_hex(as_bytes(outcome.incident())))),
            [](const certs::Statement& row) { return Listed{count_at(row, 0), row.text(1)}; });
  if (!listed) return std::unexpected(listed.error());
  const bool later = *listed && (*listed)->sequence > sequence;
  const bool same =
      *listed && (*listed)->sequence == sequence && (*listed)->outcome == outcome.outcome();
  if (same) ++outcomes_;
  if (!same && !later) fault(sequence, sequence, "listed outcome differs from the record");
  return {};
}

Status ChainCheck::check_answer(std::uint64_t sequence, const record::OrderResult& result) {
  const OrderResultIndex index = index_order_result(result);
  const auto same =
      first(query(db_,
                  "SELECT 1 FROM order_results WHERE terminal = ? AND sequence = ? "
                  "AND order_id = ? AND kind = ? AND outcome = ? AND "
                  "refusal = ?",
                  terminal_, sequence, index.order, index.kind, index.outcome, index.refusal),
            [](const certs::Statement&) { return true; });
  if (!same) return std::unexpected(same.error());
  if (!*same) fault(sequence, sequence, "listed answer to an order differs from the record");
  return {};
}

/// An inventory that nobody finds would not count; see check_index_count for one too many.
Status ChainCheck::check_inventory(std::uint64_t sequence) {
  const auto listed =
      first(query(db_, "SELECT 1 FROM inventories WHERE terminal = ? AND sequence = ?", terminal_,
                  sequence),
            [](const certs::Statement&) { return true; });
  if (!listed) return std::unexpected(listed.error());
  ++inventories_;
  if (!*listed) fault(sequence, sequence, "inventory is not listed");
  return {};
}

Status ChainCheck::check_index_count() {
  const auto inventories =
      first(query(db_, "SELECT count(*) FROM inventories WHERE terminal = ?", terminal_),
            [](const certs::Statement& row) { return count_at(row, 0); });
  if (!inventories) return std::unexpected(inventories.error());
  if (inventories->value_or(0) > inventories_) fault(0, 0, "listed inventory without a record");
  const auto told = first(query(db_, "SELECT count(*) FROM outcomes WHERE terminal = ?", terminal_),
                          [](const certs::Statement& row) { return count_at(row, 0); });
  if (!told) return std::unexpected(told.error());
  if (told->value_or(0) > outcomes_) fault(0, 0, "listed outcome without a record");
  const auto listed =
      first(query(db_, "SELECT count(*) FROM incidents WHERE terminal = ?", terminal_),
            [](const certs::Statement& row) { return count_at(row, 0); });
  if (!listed) return std::unexpected(listed.error());
  if (listed->value_or(0) > incidents_) fault(0, 0, "list entry without a record");
  return {};
}

Status ChainCheck::check_heads() {
  std::uint64_t vouched = 0;
  Status done =
      each(query(db_,
                 "SELECT h.sequence, h.hash, h.signature, c.der, r.hash FROM heads h LEFT JOIN "
                 "certificates c "
                 "ON c.sha256 = h.certificate AND c.terminal = h.terminal LEFT JOIN records r ON "
                 "r.terminal = h.terminal AND r.sequence = h.sequence WHERE h.terminal = ? "
                 "ORDER BY h.sequence",
                 terminal_),
           [&](const certs::Statement& row) -> Status {
             vouched = count_at(row, 0);
             return check_head(row);
           });
  if (done && vouched < last_) fault(vouched + 1, last_, "no head signature");
  return done;
}

Status ChainCheck::check_head(const certs::Statement& row) {
  ++into_.heads;
  const std::uint64_t sequence = count_at(row, 0);
  const Bytes hash = row.blob(1);
  if (!certs::verify_signature(row.blob(3), record::head_statement(sequence, hash), row.blob(2))) {
    fault(sequence, sequence, "bad signature");
  } else if (row.is_null(4)) {
    fault(sequence, sequence, "missing, though its head was signed");
  } else if (row.blob(4) != hash) {
    fault(sequence, sequence, "signed with another hash");
  }
  return {};
}

}  // namespace

Result<Verification> SealedStore::verify() {
  const std::lock_guard lock(db_.reading);
  Verification result;
  std::vector<std::string> ids;
  // One read transaction: records that arrive meanwhile are not half seen.
  if (Status begun = db_.reader.execute("BEGIN"); !begun) return std::unexpected(begun.error());
  Status done = each(query(db_.reader, "SELECT id FROM terminals ORDER BY number"),
                     [&](const certs::Statement& row) -> Status {
                       ids.push_back(row.text(0));
                       return {};
                     });
  for (std::string& id : ids) {
    if (done) done = ChainCheck(db_.reader, std::move(id), result).run_all();
  }
  const Status ended = db_.reader.execute("COMMIT");
  if (!done) return std::unexpected(done.error());
  if (!ended) return std::unexpected(ended.error());
  return result;
}

}  // namespace huxin::store
