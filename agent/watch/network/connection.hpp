#pragma once
#include "agent/watch/network/worker_context.hpp"

namespace huxin::watch {

/// Serves one redirected connection to its end: finds out where it was going and what it speaks,
/// and passes it on inspected (HTTP, TLS with HTTP inside) or as it is, with the reason recorded.
asio::awaitable<void> serve_connection(WorkerContext& context, tcp::socket socket);

}  // namespace huxin::watch
