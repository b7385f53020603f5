#include "agent/watch/network/network_worker.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "agent/watch/network/connection.hpp"
#include "agent/watch/network/control_channel.hpp"
#include "agent/watch/network/worker_cage.hpp"

namespace huxin::watch {
namespace {

Result<wire::Config> receive_config() {
  auto packet = receive_packet(kControlFd);
  if (!packet) return std::unexpected(packet.error());
  wire::ToWorker message;
  if (!*packet || !message.ParseFromString((*packet)->bytes) || !message.has_config()) {
    return fail(Errc::kProtocol, "the guardian sent no settings");
  }
  return std::move(*message.mutable_config());
}

/// Serves one connection and keeps count of it. An exception ends that connection alone.
asio::awaitable<void> attend(WorkerContext& context, tcp::socket socket) {
  ++context.connections;
  try {
    co_await serve_connection(context, std::move(socket));
  } catch (const std::exception&) {
    context.link.report({}, "connection_failed");
  }
  --context.connections;
}

asio::awaitable<void> accept_connections(asio::io_context& executor, WorkerContext& context,
                                         tcp protocol, int fd) {
  tcp::acceptor acceptor(executor, protocol, fd);
  for (;;) {
    auto [ec, socket] = co_await acceptor.async_accept(kNoThrow);
    if (ec == asio::error::operation_aborted) co_return;
    if (!ec && context.connections < context.config.connections()) {
      asio::co_spawn(executor, attend(context, std::move(socket)), asio::detached);
      continue;
    }
    context.link.report({}, ec ? "accept_failed" : "connection_limit");
    if (!ec) continue;  // refused: the socket closes
    asio::steady_timer pause(executor, std::chrono::milliseconds(100));
    co_await pause.async_wait(kNoThrow);
  }
}

asio::awaitable<void> follow_guardian(asio::io_context& executor, WorkerContext& context) {
  co_await context.link.listen();
  executor.stop();
}

Status serve() {
  auto config = receive_config();
  if (!config) return std::unexpected(config.error());
  auto upstream = make_upstream_context(config->extra_ca_file());
  if (!upstream) return std::unexpected(upstream.error());
  const CageLimits limits{.uid = static_cast<uid_t>(config->uid()),
                          .descriptors = config->connections() * 4 + 64,
                          .file_size = config->hold_limit() + (1U << 20U)};
  if (Status done = enter_worker_cage(limits); !done) return done;
  asio::io_context executor(1);
  WorkerContext context(executor, Fd(kControlFd), std::move(*config), std::move(*upstream));
  asio::co_spawn(executor, accept_connections(executor, context, tcp::v4(), kListenerFd),
                 asio::detached);
  if (::fcntl(kListener6Fd, F_GETFD) >= 0) {
    asio::co_spawn(executor, accept_connections(executor, context, tcp::v6(), kListener6Fd),
                   asio::detached);
  }
  asio::co_spawn(executor, follow_guardian(executor, context), asio::detached);
  asio::co_spawn(executor, context.link.keep_telling(), asio::detached);
  context.link.ready();
  executor.run();
  // Connections still open end with the process; their coroutines are not unwound one by one.
  return {};
}

}  // namespace

int run_network_worker() {
  try {
    const Status served = serve();
    if (served) ::_exit(0);
    std::fprintf(stderr, "huxin-agent worker network: %s\n", served.error().context.c_str());
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "huxin-agent worker network: %s\n", problem.what());
  }
  return 2;
}

}  // namespace huxin::watch
