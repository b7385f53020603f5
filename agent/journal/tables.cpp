#include "agent/journal/tables.hpp"

#include <array>

#include "policy/record/chain.hpp"

namespace huxin::journal::tables {
namespace {

using certs::SealedDatabase;
using certs::Statement;

constexpr std::array<std::string_view, 1> kSchema{R"(
CREATE TABLE state (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  head_sequence INTEGER NOT NULL, head_hash BLOB NOT NULL,
  anchor_sequence INTEGER NOT NULL, anchor_hash BLOB NOT NULL,
  acknowledged INTEGER NOT NULL);
INSERT INTO state VALUES (1, 0, zeroblob(32), 0, zeroblob(32), 0);
CREATE TABLE records (
  sequence INTEGER PRIMARY KEY,
  time_ms INTEGER NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL,
  payload BLOB NOT NULL);
CREATE TABLE gaps (first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE settled (
  device INTEGER NOT NULL, inode INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, size INTEGER NOT NULL,
  policy BLOB NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (device, inode)) WITHOUT ROWID;
CREATE INDEX settled_turn ON settled (turn);
CREATE TABLE named (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
)"};

/// SQLite's integers are signed; the bits are what is kept.
std::int64_t signed_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t unsigned_of(std::int64_t value) { return static_cast<std::uint64_t>(value); }

Status run(SealedDatabase& database, std::string_view sql,
           const std::function<void(Statement&)>& bind) {
  auto statement = database.prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  bind(*statement);
  return statement->run();
}

/// Runs a query and hands each row over until `row` says no.
Status query(SealedDatabase& database, std::string_view sql,
             const std::function<void(Statement&)>& bind,
             const std::function<bool(Statement&)>& row) {
  auto statement = database.prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  bind(*statement);
  for (;;) {
    const Result<bool> more = statement->step();
    if (!more) return std::unexpected(more.error());
    if (!*more || !row(*statement)) return {};
  }
}

std::string text_of(const Bytes& bytes) { return std::string(as_text(bytes)); }

record::Record read_record(const Statement& row) {
  record::Record link;
  link.set_sequence(unsigned_of(row.integer(0)));
  link.set_previous(text_of(row.blob(1)));
  link.set_hash(text_of(row.blob(2)));
  link.set_payload(text_of(row.blob(3)));
  return link;
}

}  // namespace

std::span<const std::string_view> schema() { return kSchema; }

Result<State> state(SealedDatabase& database) {
  std::optional<State> found;
  const Status done = query(
      database,
      "SELECT head_sequence, head_hash, anchor_sequence, anchor_hash, acknowledged FROM state",
      [](Statement&) {},
      [&](Statement& row) {
        found = State{.head = {unsigned_of(row.integer(0)), row.blob(1)},
                      .anchor = {unsigned_of(row.integer(2)), row.blob(3)},
                      .acknowledged = unsigned_of(row.integer(4))};
        return false;
      });
  if (!done) return std::unexpected(done.error());
  if (!found) return fail(Errc::kCorrupt, "the journal has lost its state");
  return *found;
}

Status set_state(SealedDatabase& database, const State& state) {
  return run(
      database,
      "UPDATE state SET head_sequence = ?, head_hash = ?, anchor_sequence = ?, anchor_hash = ?, "
      "acknowledged = ?",
      [&](Statement& to) {
        to.bind(1, signed_of(state.head.sequence)).bind_blob(2, state.head.hash);
        to.bind(3, signed_of(state.anchor.sequence)).bind_blob(4, state.anchor.hash);
        to.bind(5, signed_of(state.acknowledged));
      });
}

Status insert(SealedDatabase& database, const record::Record& link, Time now) {
  return run(
      database,
      "INSERT INTO records (sequence, time_ms, previous, hash, payload) VALUES (?, ?, ?, ?, ?)",
      [&](Statement& to) {
        to.bind(1, signed_of(link.sequence()))
            .bind(2, std::int64_t{now.time_since_epoch().count()});
        to.bind_blob(3, as_bytes(link.previous())).bind_blob(4, as_bytes(link.hash()));
        to.bind_blob(5, as_bytes(link.payload()));
      });
}

Status each_after(SealedDatabase& database, std::uint64_t after,
                  const std::function<bool(record::Record&&)>& take) {
  return query(
      database,
      "SELECT sequence, previous, hash, payload FROM records WHERE sequence > ? ORDER BY sequence",
      [&](Statement& to) { to.bind(1, signed_of(after)); },
      [&](Statement& row) { return take(read_record(row)); });
}

Result<std::optional<record::Record>> record_at(SealedDatabase& database, std::uint64_t sequence) {
  std::optional<record::Record> found;
  const Status done = query(
      database, "SELECT sequence, previous, hash, payload FROM records WHERE sequence = ?",
      [&](Statement& to) { to.bind(1, signed_of(sequence)); },
      [&](Statement& row) {
        found = read_record(row);
        return false;
      });
  if (!done) return std::unexpected(done.error());
  return found;
}

Status add_gap(SealedDatabase& database, std::uint64_t first, std::uint64_t last) {
  return run(database, "INSERT OR REPLACE INTO gaps (first, last) VALUES (?, ?)",
             [&](Statement& to) { to.bind(1, signed_of(first)).bind(2, signed_of(last)); });
}

Result<std::optional<std::uint64_t>> gap_from(SealedDatabase& database, std::uint64_t first) {
  std::optional<std::uint64_t> last;
  const Status done = query(
      database, "SELECT last FROM gaps WHERE first = ?",
      [&](Statement& to) { to.bind(1, signed_of(first)); },
      [&](Statement& row) {
        last = unsigned_of(row.integer(0));
        return false;
      });
  if (!done) return std::unexpected(done.error());
  return last;
}

Status prune_records(SealedDatabase& database, Time cutoff) {
  auto now = state(database);
  if (!now) return std::unexpected(now.error());
  const Status kept = query(
      database,
      "SELECT coalesce(max(sequence), 0) FROM records WHERE sequence <= ?1 AND sequence < "
      "coalesce((SELECT min(sequence) FROM records WHERE time_ms >= ?2), ?1 + 1)",
      [&](Statement& to) {
        to.bind(1, signed_of(now->acknowledged))
            .bind(2, std::int64_t{cutoff.time_since_epoch().count()});
      },
      [&](Statement& row) {
        now->anchor.sequence = std::max(now->anchor.sequence, unsigned_of(row.integer(0)));
        return false;
      });
  if (!kept) return kept;
  const auto last = record_at(database, now->anchor.sequence);
  if (!last) return std::unexpected(last.error());
  if (!*last) return {};  // nothing is old enough
  const ByteView hash = as_bytes((*last)->hash());
  now->anchor.hash.assign(hash.begin(), hash.end());
  const auto through = [&](Statement& to) { to.bind(1, signed_of(now->anchor.sequence)); };
  if (Status done = run(database, "DELETE FROM records WHERE sequence <= ?", through); !done)
    return done;
  if (Status done = run(database, "DELETE FROM gaps WHERE last <= ?", through); !done) return done;
  return set_state(database, *now);
}

Status settle(SealedDatabase& database, const FileVersion& version,
              std::string_view policy_digest) {
  return run(
      database,
      "INSERT OR REPLACE INTO settled (device, inode, mtime_ns, ctime_ns, size, policy, turn) "
      "VALUES "
      "(?, ?, ?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM settled))",
      [&](Statement& to) {
        to.bind(1, signed_of(version.device)).bind(2, signed_of(version.inode));
        to.bind(3, version.mtime_ns).bind(4, version.ctime_ns).bind(5, signed_of(version.size));
        to.bind_blob(6, as_bytes(policy_digest));
      });
}

Result<bool> settled(SealedDatabase& database, const FileVersion& version,
                     std::string_view policy_digest) {
  bool found = false;
  const Status done = query(
      database,
      "SELECT mtime_ns = ? AND ctime_ns = ? AND size = ? AND policy = ? FROM settled WHERE device "
      "= ? AND inode = ?",
      [&](Statement& to) {
        to.bind(1, version.mtime_ns).bind(2, version.ctime_ns).bind(3, signed_of(version.size));
        to.bind_blob(4, as_bytes(policy_digest));
        to.bind(5, signed_of(version.device)).bind(6, signed_of(version.inode));
      },
      [&](Statement& row) {
        found = row.integer(0) == 1;
        return false;
      });
  if (!done) return std::unexpected(done.error());
  return found;
}

Status prune_settled(SealedDatabase& database, std::size_t limit) {
  return run(database,
             "DELETE FROM settled WHERE turn <= (SELECT turn FROM settled ORDER BY turn DESC LIMIT "
             "1 OFFSET ?)",
             [&](Statement& to) { to.bind(1, signed_of(limit)); });
}

Status put(SealedDatabase& database, std::string_view name, std::string_view value) {
  return run(database, "INSERT OR REPLACE INTO named (name, value) VALUES (?, ?)",
             [&](Statement& to) { to.bind(1, name).bind_blob(2, as_bytes(value)); });
}

Result<std::optional<std::string>> get(SealedDatabase& database, std::string_view name) {
  std::optional<std::string> found;
  const Status done = query(
      database, "SELECT value FROM named WHERE name = ?", [&](Statement& to) { to.bind(1, name); },
      [&](Statement& row) {
        found = text_of(row.blob(0));
        return false;
      });
  if (!done) return std::unexpected(done.error());
  return found;
}

Result<std::vector<std::pair<std::string, std::string>>> values(SealedDatabase& database,
                                                                std::string_view prefix) {
  std::vector<std::pair<std::string, std::string>> found;
  const Status done = query(
      database, "SELECT name, value FROM named WHERE substr(name, 1, ?) = ? ORDER BY name",
      [&](Statement& to) { to.bind(1, prefix.size()).bind(2, prefix); },
      [&](Statement& row) {
        found.emplace_back(row.text(0), text_of(row.blob(1)));
        return true;
      });
  if (!done) return std::unexpected(done.error());
  return found;
}

Status forget(SealedDatabase& database, std::string_view name) {
  return run(database, "DELETE FROM named WHERE name = ?",
             [&](Statement& to) { to.bind(1, name); });
}

std::vector<std::pair<std::string, std::string>> readable_values(SealedDatabase& database) {
  std::vector<std::pair<std::string, std::string>> values;
  // What came before a page that cannot be read is kept: the failure itself is no news here.
  (void)query(
      database, "SELECT name, value FROM named", [](Statement&) {},
      [&](Statement& row) {
        values.emplace_back(row.text(0), text_of(row.blob(1)));
        return true;
      });
  return values;
}

Status check_pages(SealedDatabase& database) {
  std::string first;
  const Status done = query(
      database, "PRAGMA cipher_integrity_check", [](Statement&) {},
      [&](Statement& row) {
        first = row.text(0);
        return false;
      });
  if (!done) return done;
  if (!first.empty()) return fail(Errc::kCorrupt, "the journal's database is damaged: {}", first);
  return {};
}

}  // namespace huxin::journal::tables
