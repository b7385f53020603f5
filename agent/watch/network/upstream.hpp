#pragma once
#include "agent/watch/network/redirect.hpp"
#include "agent/watch/network/worker_asio.hpp"

namespace huxin::watch {

/// What came of connecting to a server.
template <class Stream>
struct Dialed {
  std::unique_ptr<Stream> stream;         ///< absent: see `fault`
  std::string fault;                      ///< why there is none, for people
  bool wants_client_certificate = false;  ///< the server asked for one: only the client can answer
  bool proven = false;  ///< the server showed a good certificate for the host, and signed with it
};

/// A client context that trusts the system's authorities and, if given, those of a PEM file. Reads
/// everything now: nothing is looked up on disk during a handshake. kNotFound: no authorities at
/// all. TLS 1.2 or 1.3, HTTP/1.1 by ALPN. kInvalid: the given file holds no authority.
Result<asio::ssl::context> make_upstream_context(const std::string& extra_ca_file);

/// The address is numeric. 20 s each to connect and to shake hands.
asio::awaitable<Dialed<PlainStream>> dial(Endpoint server);
/// Connects and shakes hands with SNI; the certificate must be valid for `host` (a name or an
/// address).
asio::awaitable<Dialed<TlsStream>> dial_tls(asio::ssl::context& context, Endpoint server,
                                            std::string host);

/// Has the server ended the connection while it was idle? (Unread bytes alone say nothing: they may
/// be session tickets.)
bool is_stale(PlainStream& stream);

}  // namespace huxin::watch
