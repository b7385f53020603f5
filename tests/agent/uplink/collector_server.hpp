#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "certs/certificate.hpp"
#include "policy/record/record.pb.h"

namespace huxin::test {

/// What the server got, and from whom.
struct Asked {
  std::string method;
  std::string target;
  std::string body;
  std::string if_none_match;
  std::string peer;        ///< common name; empty without a certificate
  Bytes peer_certificate;  ///< DER
};

/// What the server does about it.
struct Answer {
  enum class Way : std::uint8_t {
    kWhole,      ///< replies
    kThenClose,  ///< replies, says so, and closes
    kHalf,       ///< sends half a reply and cuts the connection
    kCut,        ///< cuts the connection without a reply
    kSilence,    ///< says nothing until the client goes away
    kNoHttp,     ///< sends something else
  };
  unsigned status = 200;
  std::string body = {};
  std::string digest = {};
  std::string retry_after = {};
  Way way = Way::kWhole;
};

/// A small real collector: TLS 1.3 with client certificates and HTTP/1.1 on a port of 127.0.0.1,
/// and a script that decides about each request. Keeps what it was sent, as a collector does: a
/// record is kept once, whatever the script says next.
///
/// The script runs on the server's threads, one call at a time.
class CollectorServer {
 public:
  using Script = std::function<Answer(const Asked&)>;

  /// `port` 0 takes a free one.
  CollectorServer(certs::Identity identity, Bytes root, Script script, std::uint16_t port = 0);
  CollectorServer(const CollectorServer&) = delete;
  CollectorServer& operator=(const CollectorServer&) = delete;
  ~CollectorServer();

  std::uint16_t port() const;
  std::vector<Asked> asked(const std::string& target) const;
  std::size_t connections() const;
  /// Ends every connection that is open, as a server that has been idle long enough.
  void drop_connections();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The honest half of a collector for scripts: checks and keeps records.
class Ledger {
 public:
  /// Keeps a batch's records and returns the Ack; `error` names what does not hold (chain,
  /// signature).
  record::Ack accept(const Asked& asked);
  const std::map<std::uint64_t, std::string>& kept() const { return kept_; }
  std::size_t repeated() const { return repeated_; }
  std::size_t largest_batch() const { return largest_batch_; }

 private:
  std::map<std::uint64_t, std::string> kept_;  ///< sequence to payload
  std::string head_ = std::string(32, '\0');
  std::size_t repeated_ = 0;
  std::size_t largest_batch_ = 0;
};

}  // namespace huxin::test
