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

struct Terminal {
  std::string id;  ///< "T-000001"
  std::string hostname;
  std::string branch;
  std::string certificate;  ///< SHA-256 of the newest certificate, hex
  bool revoked = false;
  Time enrolled{};
  Time last_seen{};  ///< of the last heartbeat; the epoch: never
  std::string agent_version, policy_version, policy_error;
  std::uint64_t accepted_through = 0;  ///< the highest sequence kept
  std::uint64_t outbox = 0;
  std::vector<std::pair<std::string, std::string>> channels;
  /// How often it told of what it could not inspect, by reason, and of itself, by code.
  std::vector<std::pair<std::string, std::uint64_t>> coverage, statuses;
};

/// What a certificate may do.
enum class Standing : std::uint8_t { kGood, kUnknown, kRevoked };

/// A missing or wrong stretch in what is kept of a terminal.
struct ChainFault {
  std::string terminal;
  std::uint64_t from = 0, to = 0;  ///< sequences, inclusive
  std::string what;  ///< "missing", "hash mismatch", "previous mismatch", "bad signature", …
};

struct Verification {
  std::uint64_t terminals = 0, records = 0, heads = 0;  ///< how many were checked
  std::uint64_t unreadable = 0;                         ///< records whose payload says nothing here
  std::vector<ChainFault> faults;                       ///< none: whole
};

/// What the officer's list filters by; empty or unset means any, but for the audience.
struct IncidentFilter {
  Audience audience;             ///< whom the list is for; unset: nobody
  std::optional<Time> from, to;  ///< half-open, by the terminal's clock
  std::string terminal, branch, rule, user, domain;
  std::string teller, institution, profile, authorisation;
  std::optional<std::uint32_t> element;
  std::optional<std::uint32_t> severity, stage, channel, action;
  std::string case_state;  ///< of its case: "none", "any", or a CaseState's name
  std::string text;        ///< part of path, destination, process, user or hostname
  std::size_t offset = 0;
  std::size_t limit = 50;  ///< at most 500
};

struct StoredIncident {
  std::string id;  ///< hex
  std::string terminal, hostname, branch;
  std::uint64_t sequence = 0;
  Time received{};
  record::Incident incident;
  std::string case_id = {}, case_state = {};  ///< empty: it has no case
};

struct IncidentPage {
  std::vector<StoredIncident> incidents;
  std::uint64_t total = 0;
};

/// What became of a batch.
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

struct Summary {
  SeverityCounts severities{};
  std::vector<std::pair<std::chrono::sys_days, SeverityCounts>> days;  ///< those with incidents
};

struct User {
  std::string name;
  Roles roles;
  std::string password;  ///< argon2id encoded hash
  bool must_change = false;
  bool disabled = false;
  std::optional<Time> ends;     ///< no sign-in from then on; set for external inspectors
  Bytes totp;                   ///< secret of the one-time codes; empty: to be enrolled at sign-in
  std::uint64_t totp_step = 0;  ///< of the last code that was taken: none works twice

  bool must_enrol_totp() const { return totp.empty(); }
  bool has_ended(Time now) const { return ends && now >= *ends; }
  /// Neither disabled nor ended: may sign in and be relied upon.
  bool works(Time now) const { return !disabled && !has_ended(now); }
};

struct PublishedBundle {
  Bytes bundle, digest;
  std::string version;
  std::uint64_t serial = 0;
};

struct Counter {
  std::string what, detail;
  std::uint64_t count = 0;
  Time last{};
};

}  // namespace huxin::store
