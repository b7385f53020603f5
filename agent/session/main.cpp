#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "agent/session/agent_link.hpp"
#include "agent/session/notice.hpp"
#include "agent/session/x11_clipboard.hpp"
#include "policy/base/standard_streams.hpp"

namespace huxin::session {
namespace {

constexpr int kEnded = 0;  ///< told to end, or the desktop session ended
constexpr int kBadUsage = 2;
constexpr int kFault = 3;  ///< the machine refused something; said on standard error

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// Says what this session can and cannot do, for the coverage ledger: never more than is true.
Hello describe(const Result<std::unique_ptr<X11Display>>& display) {
  Hello hello;
  hello.set_protocol(kProtocol);
  const bool wayland =
      !environment("WAYLAND_DISPLAY").empty() || environment("XDG_SESSION_TYPE") == "wayland";
  hello.set_clipboard(display.has_value());
  hello.set_session_type(wayland ? "wayland" : display ? "x11" : "none");
  if (wayland && display)
    hello.set_detail("wayland: only the clipboard of X11 applications is watched");
  if (wayland && !display) hello.set_detail("wayland: clipboard not watched");
  if (!wayland && !display) hello.set_detail("no display: " + display.error().context);
  return hello;
}

/// Blocks the signals that end the program and gives a descriptor that tells them.
Fd ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, number);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGCHLD, SIG_IGN);  // notices are not waited for
  ::signal(SIGPIPE, SIG_IGN);
  return Fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

class Session {
 public:
  Session(const std::filesystem::path& socket, Result<std::unique_ptr<X11Display>> display)
      : link_(socket, describe(display),
              {.connected =
                   [this] {
                     if (clipboard_) clipboard_->recheck(now());
                   },
               .verdict = [this](Verdict&& verdict) { on_verdict(verdict); },
               .lost =
                   [this] {
                     if (clipboard_) clipboard_->give_up();
                   }}) {
    if (!display) return;
    clipboard_.emplace(std::move(*display),
                       [this](const ClipboardOffer& offer, std::string_view text) {
                         return link_.offer(offer, text);
                       });
  }

  int run() {
    const Fd signals = ending_signals();
    if (!signals) return kFault;
    for (;;) {
      const auto link_due = link_.tick(now());
      const auto clipboard_due = clipboard_ ? clipboard_->tick(now()) : std::nullopt;
      if (clipboard_ && !clipboard_->run(now())) return kEnded;
      std::array<pollfd, 3> wait{
          {{.fd = signals.get(), .events = POLLIN, .revents = 0},
           {.fd = link_.fd(), .events = POLLIN, .revents = 0},
           {.fd = clipboard_ ? clipboard_->fd() : -1, .events = POLLIN, .revents = 0}}};
      ::poll(wait.data(), wait.size(), patience(link_due, clipboard_due));
      if (wait[0].revents != 0) return kEnded;
      if (wait[1].revents != 0) link_.readable();
    }
  }

 private:
  using Moment = AgentLink::Moment;
  static Moment now() { return Moment::clock::now(); }

  static int patience(std::optional<Moment> a, std::optional<Moment> b) {
    if (!a && !b) return -1;
    const Moment first = std::min(a.value_or(Moment::max()), b.value_or(Moment::max()));
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  void on_verdict(const Verdict& verdict) {
    if (clipboard_) clipboard_->on_verdict(verdict, now());
    if (!verdict.message.notice().empty()) show_notice(verdict.message.notice());
  }

  AgentLink link_;
  std::optional<X11Clipboard> clipboard_;
};

int run(int argc, char** argv) {
  CLI::App app{
      "护信桌面会话助手：无窗口、无声音、无托盘图标，把剪贴板内容交给本机代理检查。\n"
      "Huxin's desktop-session helper: no window, no sound, no tray; has the agent of this machine "
      "judge what is "
      "copied.\n\n退出码 Exit codes: 0 会话结束 session ended, 2 参数错误 bad usage, 3 系统错误 "
      "system fault"};
  std::string socket = "/run/huxin/session.sock";
  std::string display = environment("DISPLAY");
  app.add_option("--socket", socket, "代理的套接字 socket of the agent")->capture_default_str();
  app.add_option("--display", display, "X 显示，默认 $DISPLAY; X display");
  app.set_version_flag("--version", "huxin-session " HUXIN_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kEnded : kBadUsage;
  }
  // Copies pass through this memory: no core file, no debugger of the same user.
  ::prctl(PR_SET_DUMPABLE, 0);
  auto opened =
      display.empty() ? fail(Errc::kUnavailable, "DISPLAY is not set") : X11Display::open(display);
  return Session(socket, std::move(opened)).run();
}

}  // namespace
}  // namespace huxin::session

int main(int argc, char** argv) {
  huxin::open_standard_descriptors();
  try {
    return huxin::session::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "huxin-session: %s\n", error.what());
    return huxin::session::kFault;
  }
}
