#include "collector/store/schema.hpp"

#include <array>

#include "collector/store/assessment_schema.hpp"
#include "collector/store/cases_schema.hpp"
#include "collector/store/evidence_schema.hpp"

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

// Orders to terminals. What is in a draft, what was signed and what happened are fixed by triggers;
// a destruction takes two people by a constraint, whatever the code above it says. verdict: of the
// certificate, store::CertificateVerdict. answer: the record that answered. match: ResultMatch.
constexpr std::string_view kOrders = R"sql(
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('release', 'destroy')),
  terminal TEXT NOT NULL REFERENCES terminals(id),
  incident TEXT NOT NULL,
  confidential INTEGER NOT NULL,
  reason TEXT NOT NULL,
  executor TEXT NOT NULL,
  supervisor TEXT NOT NULL DEFAULT '',
  method TEXT NOT NULL,
  copies TEXT NOT NULL,
  destination TEXT NOT NULL,
  state TEXT NOT NULL,
  drafted INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  approved INTEGER,
  delivered INTEGER,
  answered INTEGER,
  carried_out INTEGER,
  answer INTEGER,
  outcome TEXT NOT NULL DEFAULT '',
  verdict INTEGER NOT NULL DEFAULT 0,
  fault TEXT NOT NULL DEFAULT '',
  signed BLOB,
  CHECK ((signed IS NULL) = (supervisor = '')),
  CHECK (kind <> 'destroy' OR supervisor <> executor),
  CHECK (signed IS NOT NULL OR state IN ('drafted', 'expired', 'cancelled'))
) WITHOUT ROWID;
CREATE INDEX orders_by_terminal ON orders(terminal, state);
CREATE INDEX orders_by_time ON orders(drafted);
CREATE INDEX orders_by_incident ON orders(incident);
CREATE INDEX orders_unchecked ON orders(answered) WHERE verdict = 1;

CREATE TABLE order_targets (
  order_id TEXT NOT NULL REFERENCES orders(id),
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  incident TEXT NOT NULL,
  PRIMARY KEY (order_id, position)
) WITHOUT ROWID;

CREATE TABLE order_history (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id TEXT NOT NULL REFERENCES orders(id),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX order_history_by_order ON order_history(order_id);

CREATE TABLE order_results (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  sequence INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  match INTEGER NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (terminal, sequence)
) WITHOUT ROWID;

CREATE TRIGGER orders_content BEFORE UPDATE OF id, kind, terminal, incident, confidential, reason,
  executor, method, copies, destination, drafted, expires ON orders
BEGIN SELECT RAISE(ABORT, 'the content of an order is fixed'); END;
CREATE TRIGGER orders_signed BEFORE UPDATE OF supervisor, approved, signed ON orders
WHEN OLD.signed IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was signed is fixed'); END;
CREATE TRIGGER orders_not_replaced BEFORE INSERT ON orders
WHEN EXISTS (SELECT 1 FROM orders WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'orders are kept'); END;
CREATE TRIGGER orders_kept BEFORE DELETE ON orders
BEGIN SELECT RAISE(ABORT, 'orders are kept'); END;
CREATE TRIGGER order_targets_fixed BEFORE UPDATE ON order_targets
BEGIN SELECT RAISE(ABORT, 'the content of an order is fixed'); END;
CREATE TRIGGER order_targets_kept BEFORE DELETE ON order_targets
BEGIN SELECT RAISE(ABORT, 'orders are kept'); END;
CREATE TRIGGER order_history_fixed BEFORE UPDATE ON order_history
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER order_history_goes_on BEFORE INSERT ON order_history
WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM order_history) AND NEW.number <> -1
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER order_history_kept BEFORE DELETE ON order_history
BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
)sql";

// totp: secret of the one-time codes, empty before it is enrolled; totp_step: of the last one
// taken.
constexpr std::string_view kTotp = R"sql(
ALTER TABLE users ADD COLUMN totp BLOB NOT NULL DEFAULT x'';
ALTER TABLE users ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
)sql";

// inventories: which records hold one.
constexpr std::string_view kInventories = R"sql(
CREATE TABLE inventories (
  terminal TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (terminal, sequence),
  FOREIGN KEY (terminal, sequence) REFERENCES records(terminal, sequence)
) WITHOUT ROWID;
INSERT INTO inventories (terminal, sequence) SELECT terminal, sequence FROM records WHERE kind = 5;
)sql";

// customer_lists: keyed digests of identity numbers; ends 0: without end. The tags gain kinds.
constexpr std::string_view kCustomerLists = R"sql(
CREATE TABLE customer_lists (
  kind TEXT NOT NULL CHECK (kind IN ('authorisation', 'hold')),
  digest BLOB NOT NULL,
  begins INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  reference TEXT NOT NULL,
  PRIMARY KEY (kind, digest, begins, ends, purpose)
) WITHOUT ROWID;

CREATE TABLE customer_list_imports (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  time INTEGER NOT NULL,
  who TEXT NOT NULL,
  file TEXT NOT NULL,
  replaced INTEGER NOT NULL,
  entries INTEGER NOT NULL
);

CREATE TABLE incident_tags_wider (
  kind TEXT NOT NULL CHECK (kind IN ('element', 'domain', 'teller', 'institution', 'profile', 'authorisation')),
  name TEXT NOT NULL,
  terminal TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (kind, name, terminal, sequence),
  FOREIGN KEY (terminal, sequence) REFERENCES incidents(terminal, sequence)
) WITHOUT ROWID;
INSERT INTO incident_tags_wider SELECT kind, name, terminal, sequence FROM incident_tags;
DROP TABLE incident_tags;
ALTER TABLE incident_tags_wider RENAME TO incident_tags;
)sql";

// order_results.refusal: order::Refusal, as the answer says it.
constexpr std::string_view kRefusals = R"sql(
ALTER TABLE order_results ADD COLUMN refusal TEXT NOT NULL DEFAULT '';
)sql";

// order_cancellations: what tells a terminal to stop an order that it has; one an order.
constexpr std::string_view kCancellations = R"sql(
CREATE TABLE order_cancellations (
  order_id TEXT PRIMARY KEY REFERENCES orders(id),
  id TEXT NOT NULL UNIQUE,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked INTEGER NOT NULL,
  signed BLOB NOT NULL,
  answered INTEGER,
  outcome TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TRIGGER order_cancellations_fixed BEFORE UPDATE OF order_id, id, who, reason, asked, signed
ON order_cancellations
BEGIN SELECT RAISE(ABORT, 'what was signed is fixed'); END;
CREATE TRIGGER order_cancellations_not_replaced BEFORE INSERT ON order_cancellations
WHEN EXISTS (SELECT 1 FROM order_cancellations WHERE order_id = NEW.order_id OR id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'cancellations are kept'); END;
CREATE TRIGGER order_cancellations_kept BEFORE DELETE ON order_cancellations
BEGIN SELECT RAISE(ABORT, 'cancellations are kept'); END;
)sql";

// known_data: what goes into every bundle for terminals to know; one file of each kind.
constexpr std::string_view kKnownData = R"sql(
CREATE TABLE known_data (
  kind TEXT PRIMARY KEY CHECK (kind IN ('exact', 'prints')),
  file BLOB NOT NULL,
  time INTEGER NOT NULL,
  who TEXT NOT NULL,
  name TEXT NOT NULL,
  entries INTEGER NOT NULL
);
)sql";

constexpr std::array kSteps{
    kFirst,       kSecond,           kRoles,    kAudit,       kConfidential,
    kOrders,      kAssessmentSchema, kTotp,     kCases,       kEvidence,
    kInventories, kCustomerLists,    kRefusals, kAssessRules, kCancellations,
    kKnownData};

}  // namespace

std::span<const std::string_view> schema_steps() { return kSteps; }

}  // namespace huxin::store
