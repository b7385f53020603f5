#pragma once
#include <string_view>

namespace huxin::store {

// Days are the bank's (assess::bank_day). presence and daily_coverage are filled as terminals
// speak; answers, rectification_events and marks are books: rows are added, never changed.
//
// - branches.place, the order of the import; parent is empty at the top.
// - staff.left_on is a day, NULL: employed; aml and credit are 0 or 1.
// - presence holds ms: first and last heartbeat since 1970 UTC, then the sums of a day.
// - daily_coverage.count, contents that were not inspected.
// - assess_data keeps each version's YAML as it was, so that old inspections stay readable.
// - period is "2026-03"; domains are "credit,aml"; evidence is JSON (assess/json.hpp).
// - answers.suggested is a verdict, empty: the collector had none; correction is 0 or 1.
// - closed_periods.inputs is JSON (assess/snapshot.hpp), digest its SHA-256 in hex.
//
// Nothing in here is sealed but by the database's own encryption, and nothing is authenticated
// beyond it: who entered what is in the audit log, whose chain is.
inline constexpr std::string_view kAssessmentSchema = R"sql(
CREATE TABLE branches (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  parent TEXT NOT NULL,
  accountable TEXT NOT NULL,
  place INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE staff (
  number TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  branch TEXT NOT NULL REFERENCES branches(code) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL,
  aml INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  left_on INTEGER
) WITHOUT ROWID;
CREATE INDEX staff_by_branch ON staff(branch, number);

CREATE TABLE presence (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  day INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  on_ms INTEGER NOT NULL,
  watched_ms INTEGER NOT NULL,
  PRIMARY KEY (terminal, day)
) WITHOUT ROWID;

CREATE TABLE daily_coverage (
  terminal TEXT NOT NULL REFERENCES terminals(id),
  day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (terminal, day)
) WITHOUT ROWID;

CREATE INDEX incidents_by_received ON incidents(received);

CREATE TABLE assess_data (
  kind TEXT NOT NULL CHECK (kind IN ('items', 'model')),
  version TEXT NOT NULL,
  text TEXT NOT NULL,
  added INTEGER NOT NULL,
  PRIMARY KEY (kind, version)
) WITHOUT ROWID;

CREATE TABLE inspections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  branch TEXT NOT NULL REFERENCES branches(code) DEFERRABLE INITIALLY DEFERRED,
  period TEXT NOT NULL,
  domains TEXT NOT NULL,
  items_version TEXT NOT NULL,
  assignee TEXT NOT NULL,
  due INTEGER,
  planned_by TEXT NOT NULL,
  planned INTEGER NOT NULL,
  submitted INTEGER
);

CREATE TABLE answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  inspection INTEGER NOT NULL REFERENCES inspections(id),
  item INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'partial', 'fail', 'na')),
  note TEXT NOT NULL,
  evidence TEXT NOT NULL,
  suggested TEXT NOT NULL,
  correction INTEGER NOT NULL,
  by TEXT NOT NULL,
  time INTEGER NOT NULL
);
CREATE INDEX answers_by_inspection ON answers(inspection, id);

CREATE TABLE rectifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  inspection INTEGER NOT NULL REFERENCES inspections(id),
  item INTEGER NOT NULL,
  branch TEXT NOT NULL REFERENCES branches(code) DEFERRABLE INITIALLY DEFERRED,
  domains TEXT NOT NULL,
  finding TEXT NOT NULL,
  owner TEXT NOT NULL,
  due INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'reported', 'closed')),
  reported INTEGER,
  closed INTEGER
);

CREATE TABLE rectification_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rectification INTEGER NOT NULL REFERENCES rectifications(id),
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  evidence TEXT NOT NULL,
  by TEXT NOT NULL,
  time INTEGER NOT NULL
);
CREATE INDEX events_by_rectification ON rectification_events(rectification, id);

CREATE TABLE marks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  branch TEXT NOT NULL REFERENCES branches(code) DEFERRABLE INITIALLY DEFERRED,
  period TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  by TEXT NOT NULL,
  time INTEGER NOT NULL,
  withdraws INTEGER UNIQUE REFERENCES marks(id)
);

CREATE TABLE closed_periods (
  period TEXT PRIMARY KEY,
  inputs TEXT NOT NULL,
  model_version TEXT NOT NULL,
  digest TEXT NOT NULL,
  by TEXT NOT NULL,
  time INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER answers_fixed BEFORE UPDATE ON answers
BEGIN SELECT RAISE(ABORT, 'the book of an inspection is only added to'); END;
CREATE TRIGGER answers_kept BEFORE DELETE ON answers
BEGIN SELECT RAISE(ABORT, 'the book of an inspection is only added to'); END;
CREATE TRIGGER rectification_events_fixed BEFORE UPDATE ON rectification_events
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER rectification_events_kept BEFORE DELETE ON rectification_events
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER marks_fixed BEFORE UPDATE ON marks
BEGIN SELECT RAISE(ABORT, 'the book of marks is only added to'); END;
CREATE TRIGGER marks_kept BEFORE DELETE ON marks
BEGIN SELECT RAISE(ABORT, 'the book of marks is only added to'); END;
CREATE TRIGGER closed_periods_fixed BEFORE UPDATE ON closed_periods
BEGIN SELECT RAISE(ABORT, 'a closed month does not change'); END;
CREATE TRIGGER closed_periods_kept BEFORE DELETE ON closed_periods
BEGIN SELECT RAISE(ABORT, 'a closed month does not change'); END;
CREATE TRIGGER inspections_closed BEFORE UPDATE ON inspections WHEN OLD.submitted IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a submitted inspection is closed'); END;
CREATE TRIGGER answers_in_time BEFORE INSERT ON answers
WHEN NEW.correction <> (SELECT submitted IS NOT NULL FROM inspections WHERE id = NEW.inspection)
BEGIN SELECT RAISE(ABORT, 'after submission there are only corrections'); END;
)sql";

// since: the month from which on it is used.
inline constexpr std::string_view kAssessRules = R"sql(
CREATE TABLE assess_in_force (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  version TEXT NOT NULL,
  since TEXT NOT NULL,
  by TEXT NOT NULL,
  time INTEGER NOT NULL,
  FOREIGN KEY (kind, version) REFERENCES assess_data(kind, version)
);
CREATE TRIGGER assess_in_force_stays BEFORE UPDATE ON assess_in_force
  BEGIN SELECT RAISE(ABORT, 'what was in force is append-only'); END;
CREATE TRIGGER assess_in_force_remains BEFORE DELETE ON assess_in_force
  BEGIN SELECT RAISE(ABORT, 'what was in force is append-only'); END;
)sql";

}  // namespace huxin::store
