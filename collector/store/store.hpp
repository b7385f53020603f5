#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::store {

struct Terminal {
  std::string id;            ///< "T-000001"
  std::string hostname;
  std::string branch;
  std::string certificate;   ///< SHA-256 of the current certificate, hex
  bool revoked = false;
  Time enrolled{};
  Time last_seen{};
  std::string agent_version, policy_version, policy_error;
  std::uint64_t accepted_through = 0;
  std::uint64_t outbox = 0;
  std::vector<std::pair<std::string, std::string>> channels;
};

/// A missing or wrong stretch in a terminal's chain.
struct ChainFault {
  std::string terminal;
  std::uint64_t from = 0, to = 0;  ///< sequences, inclusive
  std::string what;                ///< "missing", "hash mismatch", "previous mismatch", "bad signature"
};

/// What the officer's list filters by; empty or unset means any.
struct IncidentFilter {
  std::optional<Time> from, to;
  std::string terminal, branch, rule, user, domain, element;
  std::optional<std::uint32_t> severity, stage, channel, action;
  std::string text;                ///< part of path, destination or process
  std::size_t offset = 0;
  std::size_t limit = 50;          ///< at most 500
};

struct StoredIncident {
  std::string id;                  ///< hex
  std::string terminal, hostname, branch;
  std::uint64_t sequence = 0;
  Time received{};
  record::Incident incident;
};

struct IncidentPage {
  std::vector<StoredIncident> incidents;
  std::uint64_t total = 0;
};

struct User {
  std::string name;
  std::string role;                ///< "officer", "admin"
  std::string password;            ///< argon2id encoded hash
  bool must_change = false;
  bool disabled = false;
};

/// Keeps everything the collector knows. Implementations: SQLCipher (embedded) now, PostgreSQL later.
/// Thread-safe; every call is one transaction; blocking, so callers run it on the store's thread pool.
class Store {
 public:
  virtual ~Store() = default;

  // Terminals and tokens.
  virtual Status add_token(ByteView token_digest, std::string_view branch, Time expires) = 0;
  /// Uses a token up and returns its branch: kNotFound, kExists (used already), kTimeout (expired).
  virtual Result<std::string> use_token(ByteView token_digest, Time now) = 0;
  virtual Result<Terminal> add_terminal(std::string_view hostname, std::string_view branch, Time now) = 0;
  virtual Status set_certificate(std::string_view terminal, std::string_view sha256_hex, Time not_after) = 0;
  virtual Status revoke(std::string_view terminal, Time now) = 0;
  virtual Result<std::optional<Terminal>> terminal(std::string_view id) = 0;
  virtual Result<std::vector<Terminal>> terminals() = 0;
  virtual Status heartbeat(std::string_view terminal, const record::Heartbeat& beat, Time now) = 0;

  // Records. Accepts what continues the chain, ignores what it has already (same hash), refuses a
  // fork (kCorrupt), and notes a gap it is told of. Returns the last sequence kept.
  virtual Result<std::uint64_t> accept(std::string_view terminal, const record::Batch& batch, Time now) = 0;
  /// Re-computes every chain from the stored bytes.
  virtual Result<std::vector<ChainFault>> verify() = 0;

  // Review.
  virtual Result<IncidentPage> incidents(const IncidentFilter& filter) = 0;
  virtual Result<std::optional<StoredIncident>> incident(std::string_view id) = 0;

  // Users.
  virtual Status save_user(const User& user) = 0;
  virtual Result<std::optional<User>> user(std::string_view name) = 0;
  virtual Result<std::vector<User>> users() = 0;

  // Policy bundles, newest wins.
  virtual Status publish_bundle(ByteView bundle, ByteView digest, std::string_view version, Time now) = 0;
  struct PublishedBundle {
    Bytes bundle, digest;
    std::string version;
  };
  virtual Result<std::optional<PublishedBundle>> current_bundle() = 0;

  /// Counts an event that is not in any chain (an unknown agent refused, a revoked certificate).
  virtual Status count(std::string_view what, std::string_view detail, Time now) = 0;
  virtual Result<std::vector<std::pair<std::string, std::uint64_t>>> counters() = 0;
};

}  // namespace huxin::store
