#pragma once
#include <openssl/ssl.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "tests/agent/watch/network/test_authority.hpp"

namespace huxin::test {

/// What one port of the remote host speaks.
struct Service {
  const TestAuthority* authority = nullptr;  ///< nullptr: no TLS
  bool wants_client_certificate = false;
  bool needs_client_certificate = false;  ///< and ends the connection without one
  bool tls12 = false;                     ///< at most TLS 1.2
  bool speaks_first = false;              ///< no HTTP: sends a banner and echoes what it gets
};

/// A host of its own: a thread in another network namespace, joined by a veth pair to the caller's
/// (10.99.0.1 and fd99::1 here, 10.99.0.2 and fd99::2 there). Serves HTTP/1.1 for real, one thread
/// a connection, and keeps every byte it gets:
///   /large 3 MiB with a length; /chunked in chunks; /close until the end of the connection;
///   /ws a 101 and an echo; /bye the body back and the end, unannounced; anything else the
///   request's body back.
class RemoteHost {
 public:
  explicit RemoteHost(const std::map<std::uint16_t, Service>& services);
  ~RemoteHost();
  RemoteHost(const RemoteHost&) = delete;
  RemoteHost& operator=(const RemoteHost&) = delete;

  /// Everything clients said, after TLS, and how many connections said anything.
  std::string log() const;
  int conversations() const { return conversations_; }

  static std::string large_body() { return std::string(std::size_t{3} << 20U, 'L') + "end"; }

 private:
  struct Connection;
  void live(const std::map<std::uint16_t, Service>& services);
  void accept_on(int listener, const Service& service);
  void converse(Connection& connection, const Service& service);
  bool answer(Connection& connection);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int thread_id_ = 0;
  bool joined_ = false, serving_ = false;
  std::string log_;
  std::atomic<int> conversations_{0};
  std::atomic<bool> stopping_{false};
  std::vector<int> listeners_, sockets_;
  std::vector<std::thread> threads_;
  std::thread host_;
};

}  // namespace huxin::test
