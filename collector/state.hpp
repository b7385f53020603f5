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
struct State {
  std::filesystem::path folder;
  std::unique_ptr<certs::KeyStore> keys;
  std::unique_ptr<certs::Authority> authority;
  std::unique_ptr<store::Store> store;
  Bytes bundle_public_key;

  /// Makes a new one for servers known by `names`; kExists when the folder has one.
  static Status create(const std::filesystem::path& folder, const std::vector<std::string>& names,
                       std::string_view organisation, Time now);
  /// kNotFound, naming `init`, when the folder has none; kNotFound or kCorrupt when its database is
  /// gone or empty, which is never taken for one that holds nothing.
  static Result<State> open(const std::filesystem::path& folder);
};

/// The two servers of a collector; each has a certificate of its own.
inline constexpr std::string_view kAgentsServer = "agents";
inline constexpr std::string_view kConsoleServer = "console";

struct ServerIdentity {
  certs::Identity identity;
  bool renewed = false;
};
/// Loads a server's certificate and key; makes new ones when two thirds of its life are over.
Result<ServerIdentity> server_identity(State& state, std::string_view server, Time now);

}  // namespace huxin::collector
