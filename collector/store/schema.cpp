#include "collector/store/schema.hpp"

#include <array>

namespace huxin::store {
namespace {

// Times are milliseconds since 1970 in UTC. Enumerations are their numbers in
// policy/rule/event.hpp.
constexpr std::string_view kFirst = R"sql(
CREATE TABLE tokens (
  digest BLOB PRIMARY KEY,
  branch TEXT NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER
) WITHOUT ROWID;

CREATE TABLE terminals (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hostname TEXT NOT NULL,
  branch TEXT NOT NULL,
  certificate TEXT NOT NULL DEFAULT '',
  revoked INTEGER,
  enrolled INTEGER NOT NULL,
  last_seen INTEGER NOT NULL DEFAULT 0,
  agent_version TEXT NOT NULL DEFAULT '',
  policy_version TEXT NOT NULL DEFAULT '',
  policy_error TEXT NOT NULL DEFAULT '',
  outbox INTEGER NOT NULL DEFAULT 0,
  accepted_through INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE certificates (
  sha256 TEXT PRIMARY KEY,
  terminal TEXT NOT NULL REFERENCES terminals(id),
  der BLOB NOT NULL,
  added INTEGER NOT NULL
) WITHOUT ROWID;

-- state: what the newest heartbeat said of each channel and each loss.
CREATE TABLE terminal_state (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  kind TEXT NOT NULL CHECK (kind IN ('channel', 'loss')),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (terminal, kind, name)
) WITHOUT ROWID;

CREATE TABLE records (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  sequence INTEGER NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL,
  payload BLOB NOT NULL,
  kind INTEGER NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (terminal, sequence)
);

CREATE TABLE heads (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL,
  certificate TEXT NOT NULL REFERENCES certificates(sha256),
  PRIMARY KEY (terminal, sequence)
) WITHOUT ROWID;

-- What was noticed on arrival; verify() looks at the records themselves.
CREATE TABLE gaps (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  what TEXT NOT NULL,
  noted INTEGER NOT NULL
);

CREATE TABLE incidents (
  id TEXT NOT NULL UNIQUE,
  terminal TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  time INTEGER NOT NULL,
  received INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  action INTEGER NOT NULL,
  rule TEXT NOT NULL,
  user TEXT NOT NULL,
  process TEXT NOT NULL,
  path TEXT NOT NULL,
  destination TEXT NOT NULL,
  summary BLOB NOT NULL,
  PRIMARY KEY (terminal, sequence),
  FOREIGN KEY (terminal, sequence) REFERENCES records(terminal, sequence)
);
CREATE INDEX incidents_by_time ON incidents(time DESC, terminal, sequence);
CREATE INDEX incidents_by_severity ON incidents(severity, time DESC);

CREATE TABLE incident_tags (
  kind TEXT NOT NULL CHECK (kind IN ('element', 'domain')),
  name TEXT NOT NULL,
  terminal TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (kind, name, terminal, sequence),
  FOREIGN KEY (terminal, sequence) REFERENCES incidents(terminal, sequence)
) WITHOUT ROWID;

CREATE TABLE users (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  password TEXT NOT NULL,
  must_change INTEGER NOT NULL,
  disabled INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE bundles (
  serial INTEGER PRIMARY KEY,
  bundle BLOB NOT NULL,
  digest BLOB NOT NULL,
  version TEXT NOT NULL,
  published INTEGER NOT NULL
);

CREATE TABLE counters (
  what TEXT NOT NULL,
  detail TEXT NOT NULL,
  count INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (what, detail)
) WITHOUT ROWID;
)sql";

// outcomes: the newest one told of each incident that was recorded before its act.
// reports: how often a terminal told of something it could not inspect, or of itself.
constexpr std::string_view kSecond = R"sql(
CREATE TABLE outcomes (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  incident TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (terminal, incident)
) WITHOUT ROWID;

CREATE TABLE reports (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  kind TEXT NOT NULL CHECK (kind IN ('coverage', 'status')),
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (terminal, kind, name)
) WITHOUT ROWID;
CREATE INDEX records_unreadable ON records(terminal, sequence) WHERE kind = 0;
)sql";

// role: several, with commas between; ends: no sign-in from then on.
constexpr std::string_view kRoles = R"sql(
UPDATE users SET role = 'system_admin' WHERE role = 'admin';
ALTER TABLE users ADD COLUMN ends INTEGER;
)sql";

// audit: see store::Audit. Entries are added one by one and stay as they are.
constexpr std::string_view kAudit = R"sql(
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  who TEXT NOT NULL,
  origin TEXT NOT NULL,
  what TEXT NOT NULL,
  target TEXT NOT NULL,
  result TEXT NOT NULL,
  detail TEXT NOT NULL,
  begun INTEGER NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX audit_by_time ON audit(time);
CREATE INDEX audit_by_who ON audit(who, sequence);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- INSERT OR REPLACE would remove an entry without asking the trigger above.
CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit
  WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";

// confidential: for anti-money-laundering reviewers alone, see record::is_aml_confidential.
constexpr std::string_view kConfidential = R"sql(
ALTER TABLE incidents ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
UPDATE incidents SET confidential = 1 WHERE EXISTS (
    SELECT 1 FROM incident_tags g WHERE g.terminal = incidents.terminal
      AND g.sequence = incidents.sequence AND g.kind = 'element'
      AND g.name IN ('71', '72', '73', '74'))
  OR (EXISTS (
    SELECT 1 FROM incident_tags g WHERE g.terminal = incidents.terminal
      AND g.sequence = incidents.sequence AND g.kind = 'domain' AND g.name = 'aml')
  AND (SELECT count(*) FROM incident_tags g WHERE g.terminal = incidents.terminal
      AND g.sequence = incidents.sequence AND g.kind = 'domain') < 4);
)sql";

constexpr std::array kSteps{kFirst, kSecond, kRoles, kAudit, kConfidential};

}  // namespace

std::span<const std::string_view> schema_steps() { return kSteps; }

}  // namespace huxin::store
