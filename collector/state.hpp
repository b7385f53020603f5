#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "certs/authority.hpp"
#include "certs/certificate.hpp"
#include "certs/key_store.hpp"
#include "collector/store/store.hpp"
#include "policy/base/clock.hpp"

namespace huxin::collector {

/// Everything a collector keeps, below one folder of mode 0700:
///
///   authority/     root and issuing authority (certs/authority.hpp); root.key may be taken offline
///   keys/          database, digest and bundle keys, the two servers' keys (0600)
///   servers/       names; agents.crt, console.crt: certificate and chain, PEM
///   bundle.pub     the public key that terminals verify policies with (SPKI, DER)
///   collector.db   SQLCipher
///
/// `serve` and the other verbs may have it open at the same time.
/// Files are written whole or not at all. Whoever reads keys/ can read the database, publish
/// policies and sign orders: backups of the folder are as secret as it is.
struct State {
  std::filesystem::path folder;
  std::unique_ptr<certs::KeyStore> keys;
  std::unique_ptr<certs::Authority> authority;
  std::unique_ptr<store::Store> store;
  /// SPKI, DER, of keys/bundle.key; signs orders as well.
  Bytes bundle_public_key;

  /// Makes a new one for servers known by `names`; kExists when the folder has one. `names` are DNS
  /// names and addresses for the servers' certificates. A crash in the middle leaves a folder that
  /// both calls refuse: remove it and begin anew.
  static Status create(const std::filesystem::path& folder, const std::vector<std::string>& names,
                       std::string_view organisation, Time now);
  /// kNotFound, naming `init`, when the folder has none; kNotFound or kCorrupt when its database is
  /// gone or empty, which is never taken for one that holds nothing.
  static Result<State> open(const std::filesystem::path& folder);
};

/// The two servers of a collector; each has a certificate of its own.
inline constexpr std::string_view kAgentsServer = "agents";
inline constexpr std::string_view kConsoleServer = "console";

/// `renewed`: a new certificate was made by this call, and listeners have to be told.
struct ServerIdentity {
  certs::Identity identity;
  bool renewed = false;
};
/// Loads a server's certificate and key; makes new ones when two thirds of its life are over. Also
/// where one is missing, unreadable, or does not belong to the other. `server` is one of the two
/// names above; terminals accept every certificate that leads to the root, so nothing has to be
/// told to them.
Result<ServerIdentity> server_identity(State& state, std::string_view server, Time now);

}  // namespace huxin::collector
