#pragma once
#include "agent/watch/network/worker_context.hpp"

namespace huxin::watch {

/// Serves one redirected connection to its end: finds out where it was going and what it speaks,
/// and passes it on inspected (HTTP, TLS with HTTP inside) or as it is, with the reason recorded.
/// The server is dialled before anything is vouched for to the client. What is neither HTTP nor
/// TLS, or says nothing for 5 s, is asked about as "unknown_protocol" and then joined or reset. A
/// client that refuses our certificate is recorded as "pinned_tls" and goes nowhere. `context`
/// outlives the connection.
asio::awaitable<void> serve_connection(WorkerContext& context, tcp::socket socket);

}  // namespace huxin::watch
