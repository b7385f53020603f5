#pragma once
#include <list>

#include "agent/watch/network/guardian_link.hpp"

namespace huxin::watch {

/// TLS server contexts for the hosts this terminal talks to, each with a certificate the guardian
/// issued over this worker's own key. The key is made at start and never leaves the process. Keeps
/// the 500 hosts used last, each for a day. Single thread.
class LeafStore {
 public:
  /// Throws when no key can be made.
  explicit LeafStore(GuardianLink& link);

  /// TLS 1.2 and 1.3, HTTP/1.1 only, no tickets. Two connections to a new host may both ask for it.
  /// As GuardianLink::leaf fails; kCrypto: the certificate does not fit the key.
  asio::awaitable<Result<std::shared_ptr<asio::ssl::context>>> context_for(std::string host);

 private:
  struct Entry {
    std::string host;
    std::shared_ptr<asio::ssl::context> context;
    std::chrono::steady_clock::time_point made;
  };
  Result<std::shared_ptr<asio::ssl::context>> make_context(const Bytes& certificate) const;

  GuardianLink& link_;
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::string public_key_;    ///< SPKI, DER
  std::list<Entry> entries_;  ///< last used first
};

}  // namespace huxin::watch
