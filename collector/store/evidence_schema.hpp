#pragma once
#include <string_view>

namespace huxin::store {

// state: store::RevealState. Keys and requests stay; only a request's package is deleted. Times are
// milliseconds since 1970, UTC.
// - reviewer_keys.locked is the private key as its owner's browser locked it (AES-256-GCM under
//   PBKDF2): opaque here. One key a user is not retired, by a unique index.
// - reveals.package is the inner envelope sealed to the requester's key ("HXR1…"); NULL before
//   approval and after package_expires. answered, taken: NULL until then.
// - CHECK (reviewer <> requester) holds whatever the code above it says.
// A shipped step is never edited: changes are a further step in schema.cpp.
inline constexpr std::string_view kEvidence = R"sql(
CREATE TABLE reviewer_keys (
  sha256 TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  certificate BLOB NOT NULL,
  locked TEXT NOT NULL,
  added INTEGER NOT NULL,
  retired INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX reviewer_keys_current ON reviewer_keys(user) WHERE retired IS NULL;
CREATE TRIGGER reviewer_keys_remain BEFORE DELETE ON reviewer_keys
  BEGIN SELECT RAISE(ABORT, 'older evidence needs older keys'); END;

CREATE TABLE reveals (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  incident TEXT NOT NULL REFERENCES incidents(id),
  confidential INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
  requester TEXT NOT NULL,
  requester_key TEXT NOT NULL REFERENCES reviewer_keys(sha256),
  reason TEXT NOT NULL,
  requested INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  reviewer TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL DEFAULT '',
  answered INTEGER,
  package BLOB,
  package_expires INTEGER,
  taken INTEGER,
  CHECK (reviewer <> requester)
);
CREATE INDEX reveals_by_incident ON reveals(incident, position);
CREATE INDEX reveals_by_state ON reveals(state, position);
CREATE TRIGGER reveals_remain BEFORE DELETE ON reveals
  BEGIN SELECT RAISE(ABORT, 'who asked to see evidence stays on record'); END;
)sql";

}  // namespace huxin::store
