#pragma once
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "collector/store/audience.hpp"
#include "collector/store/role.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/record/record.pb.h"

namespace huxin::store {

/// A terminal as enrolment and its newest heartbeat have it. What heartbeats say is the terminal's
/// own word: it is cut to size (255 bytes a name or version, 1,000 bytes a message, 32 channels),
/// not checked.
struct Terminal {
  std::string id;  ///< "T-000001"
  /// As the terminal names itself, at enrolment and with every heartbeat that has one.
  std::string hostname;
  /// What its enrolment token said, a code or a name: not tied to the branch tree, see
  /// assess::branch_named.
  std::string branch;
  std::string certificate;  ///< SHA-256 of the newest certificate, hex
  bool revoked = false;
  Time enrolled{};
  Time last_seen{};  ///< of the last heartbeat; the epoch: never
  /// policy_error: why the terminal did not take the newest bundle; empty: it did.
  std::string agent_version, policy_version, policy_error;
  std::uint64_t accepted_through = 0;  ///< the highest sequence kept
  /// How many records waited on the terminal to be sent, by its newest heartbeat.
  std::uint64_t outbox = 0;
  /// The state of each channel by its name: "ok", "off", "no session", or what is wrong in words.
  std::vector<std::pair<std::string, std::string>> channels;
  /// How often it told of what it could not inspect, by reason, and of itself, by code. The most
  /// frequent first; of more than 64 kinds, and of names over 64 bytes, the rest counts as
  /// "(other)".
  std::vector<std::pair<std::string, std::uint64_t>> coverage, statuses;
};

/// What a certificate may do. kUnknown: the certificate is none of this terminal, or there is no
/// such terminal. kRevoked bars the terminal, whichever of its certificates it shows. Validity in
/// time is TLS's to check.
enum class Standing : std::uint8_t { kGood, kUnknown, kRevoked };

/// A missing or wrong stretch in what is kept of a terminal. What belongs to no one record ("list
/// entry without a record") has the sequences 0 to 0.
struct ChainFault {
  std::string terminal;
  std::uint64_t from = 0, to = 0;  ///< sequences, inclusive
  std::string what;  ///< "missing", "hash mismatch", "previous mismatch", "bad signature", …
};

/// Terminals are walked in the order they were enrolled; faults come in that order, by terminal.
struct Verification {
  std::uint64_t terminals = 0, records = 0, heads = 0;  ///< how many were checked
  std::uint64_t unreadable = 0;                         ///< records whose payload says nothing here
  std::vector<ChainFault> faults;                       ///< none: whole
};

/// What the officer's list filters by; empty or unset means any, but for the audience. Text is
/// compared exactly, byte for byte, but for `text`; conditions are joined by AND.
struct IncidentFilter {
  Audience audience;             ///< whom the list is for; unset: nobody
  std::optional<Time> from, to;  ///< half-open, by the terminal's clock
  /// terminal: its id; branch: as Terminal::branch; rule: its id in the policy; domain: "credit",
  /// "payment", "aml", "it", "all".
  std::string terminal, branch, rule, user, domain;
  /// Tags of the incident, at most 64 bytes each: longer ones were not indexed and are not found.
  std::string teller, institution, profile, authorisation;
  /// An element's number in policy/catalog/elements.yaml.
  std::optional<std::uint32_t> element;
  /// Numbers of policy/rule/event.hpp, as incidents carry them; severity 0: none.
  std::optional<std::uint32_t> severity, stage, channel, action;
  /// Another text than these filters nothing: whoever takes it from outside checks it first.
  std::string case_state;  ///< of its case: "none", "any", or a CaseState's name
  std::string text;        ///< part of path, destination, process, user or hostname
  std::size_t offset = 0;
  std::size_t limit = 50;  ///< at most 500
};

/// An incident with where and when it came in. Whether the list's short form or the whole is in
/// `incident` depends on the call that gave it.
struct StoredIncident {
  /// 16 bytes: the incident's own, or id_from_hash() where that is malformed or taken.
  std::string id;  ///< hex
  std::string terminal, hostname, branch;
  std::uint64_t sequence = 0;
  /// By the collector's clock, when its batch was accepted; incident.time_ms is the terminal's
  /// clock.
  Time received{};
  /// Its `outcome` is the newest that the terminal told, where it told one after the incident.
  record::Incident incident;
  std::string case_id = {}, case_state = {};  ///< empty: it has no case
};

/// `total` counts all that the filter admits, beyond limit and offset too.
struct IncidentPage {
  std::vector<StoredIncident> incidents;
  std::uint64_t total = 0;
};

/// What became of a batch. kept + repeated is the number of records in the batch. The list is for
/// what follows acceptance (alerts, metrics); it is no longer in any transaction.
struct Accepted {
  std::uint64_t through = 0;              ///< the highest sequence kept
  std::uint64_t kept = 0, repeated = 0;   ///< records of this batch
  std::uint64_t unreadable = 0;           ///< of those kept: their payload says nothing here
  std::vector<StoredIncident> incidents;  ///< new ones, whole
  std::uint64_t answers = 0;              ///< to orders
  std::uint64_t stray_answers = 0;        ///< to orders that this terminal was not to answer
};

/// Incidents by severity: [0] none, [1] S1 … [4] S4.
using SeverityCounts = std::array<std::uint64_t, 5>;

/// Days are UTC days by the terminals' clocks, ascending; days without incidents are left out, and
/// at most 10,000 pairs of day and severity are read.
struct Summary {
  SeverityCounts severities{};
  std::vector<std::pair<std::chrono::sys_days, SeverityCounts>> days;  ///< those with incidents
};

/// An account at the collector. The store keeps it as given: names, passwords and roles are checked
/// by collector/api before.
struct User {
  std::string name;
  /// Unreadable ones on disk become none: such an account signs in and may do nothing.
  Roles roles;
  /// RFC 9106 in PHC string format, see api/password.hpp; never leaves the collector.
  std::string password;  ///< argon2id encoded hash
  /// Set where somebody else chose the password: only changing it is allowed until then.
  bool must_change = false;
  bool disabled = false;
  std::optional<Time> ends;  ///< no sign-in from then on; set for external inspectors
  /// RFC 6238, see api/totp.hpp.
  Bytes totp;                   ///< secret of the one-time codes; empty: to be enrolled at sign-in
  std::uint64_t totp_step = 0;  ///< of the last code that was taken: none works twice

  bool must_enrol_totp() const { return totp.empty(); }
  bool has_ended(Time now) const { return ends && now >= *ends; }
  /// Neither disabled nor ended: may sign in and be relied upon.
  bool works(Time now) const { return !disabled && !has_ended(now); }
};

/// What terminals fetch: the signed frame exactly as it was made (policy/bundle), and its SHA-256,
/// which heartbeats carry so that unchanged bundles are not sent again.
struct PublishedBundle {
  Bytes bundle, digest;
  std::string version;
  /// Ascending, never reused: terminals refuse a lower one than they have.
  std::uint64_t serial = 0;
};

/// How often something happened that is no record of a terminal and no entry of the audit log;
/// never reset.
struct Counter {
  std::string what, detail;
  std::uint64_t count = 0;
  /// When it was counted last.
  Time last{};
};

}  // namespace huxin::store
