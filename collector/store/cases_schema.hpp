#pragma once
#include <string_view>

namespace huxin::store {

// state: store::CaseState. case_events is append-only, and the database holds to it. Times are
// milliseconds since 1970, UTC.
// - cases.number is the id behind "C-", or below 0 behind "R-"; version counts changes; closed is
//   NULL and verdict empty while it is open; confidential: for anti-money-laundering reviewers
//   alone.
// - case_incidents: an incident is in one case at most, by its primary key; rows are never taken
//   out.
// - case_marks: kind 'step' (of a checklist) or 'report' (a first report), each once a case.
// - case_events: the history; from_value and to_value are those of a change, else empty. It has
//   no hash chain: who did what stands in the audit log too, which has one.
// A shipped step is never edited: changes are a further step in schema.cpp.
inline constexpr std::string_view kCases = R"sql(
CREATE TABLE cases (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  severity INTEGER NOT NULL,
  owner TEXT NOT NULL,
  discovered INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  due INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  closed INTEGER,
  verdict TEXT NOT NULL,
  confidential INTEGER NOT NULL
);
CREATE INDEX cases_by_due ON cases(state, due);

CREATE TABLE case_incidents (
  incident TEXT PRIMARY KEY REFERENCES incidents(id),
  number INTEGER NOT NULL REFERENCES cases(number)
);
CREATE INDEX case_incidents_by_case ON case_incidents(number);

CREATE TABLE case_marks (
  number INTEGER NOT NULL REFERENCES cases(number),
  kind TEXT NOT NULL CHECK (kind IN ('step', 'report')),
  name TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (number, kind, name)
) WITHOUT ROWID;

CREATE TABLE case_events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  number INTEGER NOT NULL REFERENCES cases(number),
  time INTEGER NOT NULL,
  by TEXT NOT NULL,
  what TEXT NOT NULL,
  from_value TEXT NOT NULL,
  to_value TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX case_events_by_case ON case_events(number, position);
CREATE TRIGGER case_events_stay BEFORE UPDATE ON case_events
  BEGIN SELECT RAISE(ABORT, 'the history of a case is append-only'); END;
CREATE TRIGGER case_events_remain BEFORE DELETE ON case_events
  BEGIN SELECT RAISE(ABORT, 'the history of a case is append-only'); END;
-- INSERT OR REPLACE would remove a line without asking the trigger above.
CREATE TRIGGER case_events_go_on BEFORE INSERT ON case_events
  WHEN NEW.position IS NOT NULL AND EXISTS (SELECT 1 FROM case_events WHERE position = NEW.position)
  BEGIN SELECT RAISE(ABORT, 'the history of a case is append-only'); END;
)sql";

}  // namespace huxin::store
