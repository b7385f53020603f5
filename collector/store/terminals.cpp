#include "collector/store/query.hpp"
#include "collector/store/sealed_store.hpp"
#include "policy/base/digest.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::store {
namespace {

constexpr std::size_t kLongestName = 255;      // of a host, an agent's or a policy's version
constexpr std::size_t kLongestMessage = 1000;  // of what a terminal says of itself
constexpr int kMostStates = 32;                // channels, and losses, of one heartbeat

constexpr std::string_view kTerminalColumns =
    "SELECT id, hostname, branch, certificate, revoked IS NOT NULL, enrolled, last_seen, "
    "agent_version, "
    "policy_version, policy_error, accepted_through, outbox FROM terminals";

Terminal read_terminal(const certs::Statement& row) {
  Terminal found;
  found.id = row.text(0);
  found.hostname = row.text(1);
  found.branch = row.text(2);
  found.certificate = row.text(3);
  found.revoked = row.integer(4) != 0;
  found.enrolled = time_at(row, 5);
  found.last_seen = time_at(row, 6);
  found.agent_version = row.text(7);
  found.policy_version = row.text(8);
  found.policy_error = row.text(9);
  found.accepted_through = count_at(row, 10);
  found.outbox = count_at(row, 11);
  return found;
}

Status read_reports(certs::SealedDatabase& db, Terminal& terminal) {
  return each(query(db,
                    "SELECT kind = 'coverage', name, count FROM reports WHERE terminal = ? "
                    "ORDER BY count DESC, name",
                    std::string_view(terminal.id)),
              [&](const certs::Statement& row) -> Status {
                auto& reports = row.integer(0) != 0 ? terminal.coverage : terminal.statuses;
                reports.emplace_back(row.text(1), count_at(row, 2));
                return {};
              });
}

Status read_channels(certs::SealedDatabase& db, Terminal& terminal) {
  return each(
      query(db, "SELECT name, value FROM terminal_state WHERE terminal = ? AND kind = 'channel'",
            std::string_view(terminal.id)),
      [&](const certs::Statement& row) -> Status {
        terminal.channels.emplace_back(row.text(0), row.text(1));
        return {};
      });
}

Status read_rest(certs::SealedDatabase& db, Terminal& terminal) {
  const Status channels = read_channels(db, terminal);
  return channels ? read_reports(db, terminal) : channels;
}

/// Marks a token used and returns its branch.
Result<std::string> take_token(certs::SealedDatabase& db, ByteView digest, Time now) {
  struct Token {
    std::string branch;
    Time expires;
    bool used;
  };
  auto found = first(
      query(db, "SELECT branch, expires, used IS NOT NULL FROM tokens WHERE digest = ?", digest),
      [](const certs::Statement& row) {
        return Token{row.text(0), time_at(row, 1), row.integer(2) != 0};
      });
  if (!found) return std::unexpected(found.error());
  if (!*found) return fail(Errc::kDenied, "unknown token");
  if ((*found)->used) return fail(Errc::kDenied, "token used");
  if ((*found)->expires <= now) return fail(Errc::kDenied, "token expired");
  if (Status done = run(db, "UPDATE tokens SET used = ? WHERE digest = ?", now, digest); !done) {
    return std::unexpected(done.error());
  }
  return (*found)->branch;
}

Result<std::string> insert_terminal(certs::SealedDatabase& db, std::string_view hostname,
                                    std::string_view branch, Time now) {
  // The id follows from the row's number, which is known only once the row is there.
  const std::string placeholder = to_hex(random_bytes(16));
  Status done =
      run(db, "INSERT INTO terminals (id, hostname, branch, enrolled) VALUES (?, ?, ?, ?)",
          std::string_view(placeholder), hostname, branch, now);
  if (!done) return std::unexpected(done.error());
  const std::int64_t number = db.last_row();
  std::string id = fmt::format("T-{:06}", number);
  done = run(db, "UPDATE terminals SET id = ? WHERE number = ?", std::string_view(id), number);
  if (!done) return std::unexpected(done.error());
  return id;
}

Status insert_certificate(certs::SealedDatabase& db, std::string_view terminal,
                          ByteView certificate, Time now) {
  const std::string sha256_hex = to_hex(sha256(certificate));
  Status done =
      run(db, "INSERT INTO certificates (sha256, terminal, der, added) VALUES (?, ?, ?, ?)",
          std::string_view(sha256_hex), terminal, certificate, now);
  if (!done) return done;
  return run(db, "UPDATE terminals SET certificate = ? WHERE id = ?", std::string_view(sha256_hex),
             terminal);
}

Status insert_state(certs::SealedDatabase& db, std::string_view terminal,
                    const record::Heartbeat& beat) {
  constexpr std::string_view kInsert =
      "INSERT OR REPLACE INTO terminal_state (terminal, kind, name, value) VALUES (?, ?, ?, ?)";
  Status done = run(db, "DELETE FROM terminal_state WHERE terminal = ?", terminal);
  int left = kMostStates;
  for (const auto& [name, state] : beat.channels()) {
    if (!done || left-- == 0) break;
    done = run(db, kInsert, terminal, std::string_view("channel"),
               text::cut_utf8(name, kLongestName), text::cut_utf8(state, kLongestMessage));
  }
  left = kMostStates;
  for (const auto& [name, lost] : beat.losses()) {
    if (!done || left-- == 0) break;
    done = run(db, kInsert, terminal, std::string_view("loss"), text::cut_utf8(name, kLongestName),
               std::string_view(std::to_string(lost)));
  }
  return done;
}

}  // namespace

Status SealedStore::add_token(ByteView token_digest, std::string_view branch, Time expires) {
  const std::lock_guard lock(db_.writing);
  return run(db_.writer, "INSERT INTO tokens (digest, branch, expires) VALUES (?, ?, ?)",
             token_digest, branch, expires);
}

Result<Terminal> SealedStore::enrol(ByteView token_digest, std::string_view hostname, Time now,
                                    const Issue& issue) {
  const std::lock_guard lock(db_.writing);
  Terminal added;
  added.hostname = text::cut_utf8(hostname, kLongestName);
  added.enrolled = now;
  const Status done = db_.writer.transaction([&]() -> Status {
    Result<std::string> branch = take_token(db_.writer, token_digest, now);
    if (!branch) return std::unexpected(branch.error());
    added.branch = std::move(*branch);
    Result<std::string> id = insert_terminal(db_.writer, added.hostname, added.branch, now);
    if (!id) return std::unexpected(id.error());
    added.id = std::move(*id);
    const Result<Bytes> certificate = issue(added.id);
    if (!certificate) return std::unexpected(certificate.error());
    added.certificate = to_hex(sha256(*certificate));
    return insert_certificate(db_.writer, added.id, *certificate, now);
  });
  if (!done) return std::unexpected(done.error());
  return added;
}

Status SealedStore::add_certificate(std::string_view terminal, ByteView certificate, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction(
      [&] { return insert_certificate(db_.writer, terminal, certificate, now); });
}

Result<std::optional<Bytes>> SealedStore::certificate(std::string_view sha256) {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader, "SELECT der FROM certificates WHERE sha256 = ?", sha256),
               [](const certs::Statement& row) { return row.blob(0); });
}

Result<Standing> SealedStore::standing(std::string_view terminal, std::string_view certificate) {
  const std::lock_guard lock(db_.reading);
  auto revoked = first(query(db_.reader,
                             "SELECT t.revoked IS NOT NULL FROM terminals t JOIN certificates c "
                             "ON c.terminal = t.id WHERE t.id = ? AND c.sha256 = ?",
                             terminal, certificate),
                       [](const certs::Statement& row) { return row.integer(0) != 0; });
  if (!revoked) return std::unexpected(revoked.error());
  if (!*revoked) return Standing::kUnknown;
  return **revoked ? Standing::kRevoked : Standing::kGood;
}

Status SealedStore::revoke(std::string_view terminal, Time now) {
  const std::lock_guard lock(db_.writing);
  Status done = run(db_.writer, "UPDATE terminals SET revoked = coalesce(revoked, ?) WHERE id = ?",
                    now, terminal);
  if (done && db_.writer.changes() == 0) return fail(Errc::kNotFound, "no terminal {}", terminal);
  return done;
}

Result<std::optional<Terminal>> SealedStore::terminal(std::string_view id) {
  const std::lock_guard lock(db_.reading);
  auto found =
      first(query(db_.reader, fmt::format("{} WHERE id = ?", kTerminalColumns), id), read_terminal);
  if (found && *found) {
    if (Status done = read_rest(db_.reader, **found); !done) return std::unexpected(done.error());
  }
  return found;
}

Result<std::vector<Terminal>> SealedStore::terminals() {
  const std::lock_guard lock(db_.reading);
  std::vector<Terminal> all;
  Status done = each(query(db_.reader, fmt::format("{} ORDER BY number", kTerminalColumns)),
                     [&](const certs::Statement& row) -> Status {
                       all.push_back(read_terminal(row));
                       return read_rest(db_.reader, all.back());
                     });
  if (!done) return std::unexpected(done.error());
  return all;
}

Status SealedStore::heartbeat(std::string_view terminal, const record::Heartbeat& beat, Time now) {
  const std::lock_guard lock(db_.writing);
  constexpr std::string_view kUpdate =
      "UPDATE terminals SET last_seen = ?, agent_version = ?, policy_version = ?, policy_error = "
      "?, outbox = ?, "
      "hostname = CASE WHEN ? = '' THEN hostname ELSE ? END WHERE id = ?";
  const std::string_view hostname = text::cut_utf8(beat.hostname(), kLongestName);
  return db_.writer.transaction([&]() -> Status {
    Status done = run(db_.writer, kUpdate, now, text::cut_utf8(beat.agent_version(), kLongestName),
                      text::cut_utf8(beat.policy_version(), kLongestName),
                      text::cut_utf8(beat.policy_error(), kLongestMessage), beat.outbox(), hostname,
                      hostname, terminal);
    if (!done) return done;
    if (db_.writer.changes() == 0) return fail(Errc::kNotFound, "no terminal {}", terminal);
    done = insert_state(db_.writer, terminal, beat);
    if (!done) return done;
    return keep_presence(db_.writer, terminal, {beat.channels().begin(), beat.channels().end()},
                         now);
  });
}

}  // namespace huxin::store
