#include <sys/resource.h>

#include <pthread.h>
#include <csignal>

#include <spdlog/spdlog.h>

#include "agent/agent.hpp"
#include "agent/cli/verb.hpp"

namespace huxin::agent::cli {
namespace {

/// Every open that waits and every file that waits for a worker holds a descriptor.
constexpr rlim_t kDescriptors = 65'536;

/// Blocks the signals that end the program, in this thread and those it will start.
sigset_t block_signals() {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return ending;
}

/// As far as this process may: the hard limit takes CAP_SYS_RESOURCE.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlimit wanted{.rlim_cur = kDescriptors, .rlim_max = std::max(limit.rlim_max, kDescriptors)};
  if (::setrlimit(RLIMIT_NOFILE, &wanted) == 0) return;
  limit.rlim_cur = std::min(kDescriptors, limit.rlim_max);
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < kDescriptors) {
    spdlog::warn("at most {} files can be open at once, {} are wanted", limit.rlim_cur,
                 kDescriptors);
  }
}

void run(AgentOptions options, Context& context) {
  const sigset_t ending = block_signals();
  // First: the watchdog is a copy of this process, which has neither keys nor threads yet.
  auto watchdog = Watchdog::start(options.state.watchdog());
  if (!watchdog) return context.fail(watchdog.error());
  options.watchdog = *std::move(watchdog);
  raise_descriptor_limit();
  auto agent = Agent::start(options);
  if (!agent) return context.fail(agent.error());
  tell_service_manager("READY=1");
  spdlog::info("running on {}", options.state.root.string());
  int signal = 0;
  ::sigwait(&ending, &signal);
  spdlog::info("stopping");
  tell_service_manager("STOPPING=1");
}

}  // namespace

void add_run(command::Verb& app, Context& context) {
  auto options = std::make_shared<AgentOptions>();
  command::Verb* const verb = app.add_subcommand(
      "run", "守护本终端，直到收到 SIGTERM Guard this terminal, until SIGTERM; needs root");
  verb->add_option("--session-socket", options->session_socket,
                   "桌面会话接入点 Socket for huxin-session")
      ->capture_default_str();
  verb->add_option("--teller-socket", options->teller_socket,
                   "柜面前端登记柜员的接入点 Socket where the teller front end says who works here")
      ->capture_default_str();
  verb->add_option("--extra-ca", options->extra_ca_file,
                   "除系统根证书外，另信任的上游根证书（PEM） Roots trusted for intercepted hosts "
                   "beside the system's")
      ->existing_file();
  verb->add_option("--workers", options->workers, "检查进程数 Scan workers")
      ->within(1, 64)
      ->capture_default_str();
  verb->callback([options, &context] {
    options->state.root = context.state;
    run(*options, context);
  });
}

}  // namespace huxin::agent::cli
