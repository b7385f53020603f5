#pragma once
#include "agent/watch/network/guardian_link.hpp"
#include "agent/watch/network/leaf_store.hpp"
#include "agent/watch/network/upstream.hpp"

namespace huxin::watch {

/// What the connections of one network worker share. Single thread; outlives them all.
struct WorkerContext {
  WorkerContext(asio::io_context& executor, Fd control, wire::Config settings,
                asio::ssl::context upstream)
      : config(std::move(settings)),
        link(executor, std::move(control), config),
        leaves(link),
        upstream_tls(std::move(upstream)) {}

  /// As the guardian sent it; does not change.
  wire::Config config;
  GuardianLink link;
  LeafStore leaves;
  asio::ssl::context upstream_tls;
  std::uint64_t held = 0;         ///< bytes of all bodies held at this moment
  std::uint32_t connections = 0;  ///< open at this moment
  std::uint64_t streams = 0;      ///< bodies that were begun in parts, since the start
};

}  // namespace huxin::watch
