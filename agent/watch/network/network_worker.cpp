#include "agent/watch/network/network_worker.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

#include "agent/watch/network/connection.hpp"
#include "agent/watch/network/control_channel.hpp"

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

Status limit(__rlimit_resource resource, rlim_t value) {
  const rlimit both{.rlim_cur = value, .rlim_max = value};
  if (::setrlimit(resource, &both) != 0) return fail_errno("setrlimit");
  return {};
}

/// Bounds what a taken-over worker can use up: descriptors, memory files, processes, core dumps.
Status set_limits(const wire::Config& config) {
  if (Status done = limit(RLIMIT_NOFILE, rlim_t{config.connections()} * 4 + 64); !done) return done;
  if (Status done = limit(RLIMIT_FSIZE, config.hold_limit() + (1U << 20U)); !done) return done;
  if (Status done = limit(RLIMIT_CORE, 0); !done) return done;
  return limit(RLIMIT_NPROC, 0);
}

/// Becomes the worker's own user, whose connections the rules let pass, and can never be more
/// again.
Status give_up_privileges(uid_t uid) {
  if (uid == 0) return fail(Errc::kInvalid, "the network worker does not run as root");
  const passwd* entry = ::getpwuid(uid);
  const gid_t gid = entry != nullptr ? entry->pw_gid : static_cast<gid_t>(uid);
  if (::geteuid() == 0 && ::setgroups(0, nullptr) != 0) return fail_errno("setgroups");
  if (::setresgid(gid, gid, gid) != 0) return fail_errno("setresgid");
  if (::setresuid(uid, uid, uid) != 0) return fail_errno("setresuid");
  if (::setuid(0) == 0) return fail(Errc::kInternal, "privileges came back");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail_errno("no_new_privs");
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return fail_errno("PR_SET_DUMPABLE");
  return {};
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
  if (Status done = set_limits(*config); !done) return done;
  if (Status done = give_up_privileges(static_cast<uid_t>(config->uid())); !done) return done;
  asio::io_context executor(1);
  WorkerContext context(executor, Fd(kControlFd), std::move(*config), std::move(*upstream));
  asio::co_spawn(executor, accept_connections(executor, context, tcp::v4(), kListenerFd),
                 asio::detached);
  if (::fcntl(kListener6Fd, F_GETFD) >= 0) {
    asio::co_spawn(executor, accept_connections(executor, context, tcp::v6(), kListener6Fd),
                   asio::detached);
  }
  asio::co_spawn(executor, follow_guardian(executor, context), asio::detached);
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
