#include <csignal>
#include <cstdio>
#include <mutex>

#include <spdlog/spdlog.h>
#include <boost/json/serialize.hpp>

#include "collector/api/json.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"
#include "collector/collector.hpp"

namespace huxin::collector::cli {
namespace {

constexpr timespec kTick{2, 0};

struct Options {
  std::string agents = "0.0.0.0:8443";
  std::string console = "127.0.0.1:8444";
  std::string console_dir;
  bool print = false, json = false;
};

/// The console installed beside the program: PREFIX/share/huxin/console for PREFIX/bin/….
std::filesystem::path installed_console() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const auto folder = program.parent_path().parent_path() / "share" / "huxin" / "console";
  return std::filesystem::exists(folder / "index.html", error) ? folder : std::filesystem::path{};
}

std::function<void(const store::StoredIncident&)> printer(bool as_json) {
  auto mutex = std::make_shared<std::mutex>();
  return [mutex, as_json](const store::StoredIncident& stored) {
    const std::string line =
        as_json ? boost::json::serialize(api::to_json(stored)) : incident_line(stored);
    const std::lock_guard lock(*mutex);
    fmt::print("{}\n", line);
    std::fflush(stdout);
  };
}

/// Blocks the signals that end the program, in this thread and those it will start.
sigset_t block_signals() {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return ending;
}

void serve(const Options& options, Context& context) {
  const sigset_t ending = block_signals();
  const auto agents = parse_endpoint(options.agents);
  if (!agents) return context.fail(agents.error());
  const auto console = parse_endpoint(options.console);
  if (!console) return context.fail(console.error());
  auto state = context.open();
  if (!state) return;
  CollectorOptions collect{*agents, *console,
                           options.console_dir.empty() ? installed_console()
                                                       : std::filesystem::path(options.console_dir),
                           nullptr};
  if (options.print || options.json) collect.on_incident = printer(options.json);
  const SystemClock clock;
  auto collector = Collector::start(std::move(*state), std::move(collect), clock);
  if (!collector) return context.fail(collector.error());
  fmt::print("终端 agents: https://{}\n控制台 console: https://{}\n",
             (*collector)->agents_address(), (*collector)->console_address());
  std::fflush(stdout);
  for (int signal = -1; signal < 0;) {
    signal = sigtimedwait(&ending, nullptr, &kTick);
    (*collector)->tick();
  }
  spdlog::info("stopping");
}

}  // namespace

void add_serve(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "serve", "运行采集中心 Take in reports and serve the console, until SIGTERM");
  verb->add_option("--agents", options->agents,
                   "终端接入地址 ADDRESS:PORT for terminals; port 0: any")
      ->capture_default_str();
  verb->add_option("--console", options->console,
                   "控制台地址 ADDRESS:PORT for officers; port 0: any")
      ->capture_default_str();
  verb->add_option("--console-dir", options->console_dir,
                   "控制台文件目录 Folder of the built console");
  verb->add_flag("--print", options->print,
                 "逐行打印收到的事件 Print each incident as it is accepted");
  verb->add_flag("--json", options->json, "以 JSON 打印 Print them as JSON, one a line");
  verb->callback([options, &context] { serve(*options, context); });
}

}  // namespace huxin::collector::cli
