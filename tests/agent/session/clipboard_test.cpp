#include <catch2/catch_test_macros.hpp>

#include <future>
#include <mutex>

#include "agent/session/latin1.hpp"
#include "agent/session/wire.hpp"
#include "agent/watch/session_server.hpp"
#include "tests/agent/session/desktop.hpp"
#include "tests/agent/watch/scratch_mount.hpp"

namespace huxin::session {
namespace {

using test::eventually;
using watch::ClipboardAnswer;
using watch::ClipboardCopy;
using Act = ClipboardAnswer::Act;
const std::string kProgram = HUXIN_BINARY_DIR "/bin/huxin-session";

struct Seen {
  rule::Event event;
  std::string text, format;
};

/// The guardian's side: judges by words in the text and writes down what it saw.
class Guardian {
 public:
  explicit Guardian(const std::filesystem::path& socket) {
    auto server = watch::SessionServer::start(
        socket, [this](ClipboardCopy&& copy) { return judge(std::move(copy)); },
        [](const auto&, const auto&, std::uint64_t) {}, std::make_shared<SystemClock>());
    if (!server) FAIL(server.error().context);
    server_ = std::move(*server);
  }
  ~Guardian() { server_.reset(); }

  bool saw(std::string_view text) const { return !find(text).text.empty(); }
  Seen find(std::string_view text) const {
    const std::lock_guard lock(mutex_);
    for (const Seen& one : seen_) {
      if (one.text == text) return one;
    }
    return {};
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return seen_.size();
  }
  watch::SessionServer& server() { return *server_; }
  std::shared_future<void> slow;  ///< a text with "slow" is judged when this is ready

 private:
  ClipboardAnswer judge(ClipboardCopy&& copy) {
    std::string text = read_sealed(copy.content.get()).value_or("");
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back({copy.event, text, copy.format});
    }
    if (text.contains("slow")) slow.wait();
    if (text.contains("clear me")) return {.act = Act::kClear, .replacement = {}, .notice = {}};
    if (text.contains("13800138000"))
      return {.act = Act::kMask, .replacement = "张* 138****8000", .notice = {}};
    return {};
  }

  mutable std::mutex mutex_;
  std::vector<Seen> seen_;
  std::unique_ptr<watch::SessionServer> server_;
};

struct World {
  test::TempDir dir;
  std::filesystem::path socket = dir / "session.sock";
  test::Desktop desktop;
  test::Child session{{kProgram, "--socket", socket.string()},
                      {"DISPLAY=" + desktop.display(), "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"}};
};

bool reported(Guardian& guardian) {
  return eventually([&] { return guardian.server().sessions().size() == 1; });
}

#define NEEDS_DESKTOP() \
  if (const auto why = test::no_desktop(); !why.empty()) SKIP(why)

}  // namespace

TEST_CASE("a customer list that is copied is seen, with who copied it from where") {
  NEEDS_DESKTOP();
  World world;
  Guardian guardian(world.socket);
  REQUIRE(reported(guardian));
  const auto session = guardian.server().sessions().front();
  CHECK(session.type == "x11");
  CHECK(session.clipboard);
  CHECK(session.pid == world.session.pid());
  // In the foreground: an owner that forked away from what it connected as cannot be named.
  const auto file = world.dir.write("list", "客户 张三 6222021234567890128");
  const test::Child application({"xclip", "-quiet", "-display", world.desktop.display(),
                                 "-selection", "clipboard", "-i", file.string()},
                                {});
  REQUIRE(eventually([&] { return guardian.saw("客户 张三 6222021234567890128"); }));
  const Seen seen = guardian.find("客户 张三 6222021234567890128");
  CHECK(seen.event.channel == rule::Channel::kClipboard);
  CHECK(seen.event.stage == rule::Stage::kUse);
  CHECK(seen.event.operation == "copy");
  CHECK(seen.event.destination == "clipboard");
  CHECK(seen.event.process.ends_with("/xclip"));
  CHECK(seen.format == "text/plain");
  // Allowed: it stays as it was.
  CHECK(world.desktop.paste() == "客户 张三 6222021234567890128");
}

TEST_CASE("what is forbidden is cleared, in both selections") {
  NEEDS_DESKTOP();
  World world;
  Guardian guardian(world.socket);
  REQUIRE(reported(guardian));
  for (const char* selection : {"clipboard", "primary"}) {
    world.desktop.copy(std::string("clear me ") + selection, selection);
    REQUIRE(eventually([&] { return guardian.saw(std::string("clear me ") + selection); }));
    CHECK(eventually([&] { return world.desktop.paste(selection).empty(); }));
  }
  CHECK(guardian.find("clear me primary").event.destination == "primary");
  // Its own ownership is no copy, and the next copy works.
  world.desktop.copy("lunch");
  CHECK(eventually([&] { return guardian.saw("lunch"); }));
  CHECK(world.desktop.paste() == "lunch");
  CHECK(guardian.count() == 3);
}

TEST_CASE("what is masked pastes as its mask, whatever the type asked for") {
  NEEDS_DESKTOP();
  World world;
  Guardian guardian(world.socket);
  REQUIRE(reported(guardian));
  world.desktop.copy("张三 13800138000");
  CHECK(eventually([&] { return world.desktop.paste() == "张* 138****8000"; }));
  CHECK(world.desktop.paste("clipboard", "TEXT") == "张* 138****8000");
  CHECK(world.desktop.paste("clipboard", "text/plain;charset=utf-8") == "张* 138****8000");
  CHECK(world.desktop.paste("clipboard", "STRING") == "?* 138****8000");
  CHECK(world.desktop.paste("clipboard", "TARGETS").contains("UTF8_STRING"));
  CHECK(world.desktop.paste("clipboard", "text/html").empty());
}

TEST_CASE("markup and file lists are judged as well") {
  NEEDS_DESKTOP();
  World world;
  Guardian guardian(world.socket);
  REQUIRE(reported(guardian));
  world.desktop.copy("<td>clear me</td>", "clipboard", "text/html");
  REQUIRE(eventually([&] { return guardian.saw("<td>clear me</td>"); }));
  CHECK(guardian.find("<td>clear me</td>").format == "text/html");
  CHECK(eventually([&] { return world.desktop.paste("clipboard", "text/html").empty(); }));
  world.desktop.copy("file:///srv/list.xlsx", "clipboard", "text/uri-list");
  CHECK(
      eventually([&] { return guardian.find("file:///srv/list.xlsx").format == "text/uri-list"; }));
}

TEST_CASE("a list of two megabytes comes in pieces and is seen whole") {
  NEEDS_DESKTOP();
  World world;
  Guardian guardian(world.socket);
  REQUIRE(reported(guardian));
  std::string list;
  while (list.size() < (std::size_t{2} << 20U))
    list += "张三,13900139000," + std::to_string(list.size()) + "\n";
  world.desktop.copy(list);
  CHECK(eventually([&] { return guardian.saw(list); }));
  CHECK(world.desktop.paste() == list);
}

TEST_CASE("the agent may come late, go and come back; what was copied meanwhile is judged then") {
  NEEDS_DESKTOP();
  World world;
  world.desktop.copy("before the agent");
  auto guardian = std::make_unique<Guardian>(world.socket);
  REQUIRE(eventually([&] { return guardian->saw("before the agent"); }));
  guardian.reset();
  world.desktop.copy("clear me while away");
  guardian = std::make_unique<Guardian>(world.socket);
  CHECK(eventually([&] { return guardian->saw("clear me while away"); }));
  CHECK(eventually([&] { return world.desktop.paste().empty(); }));
}

TEST_CASE("a verdict that comes late does not hit what was copied since") {
  NEEDS_DESKTOP();
  World world;
  Guardian guardian(world.socket);
  std::promise<void> release;
  guardian.slow = release.get_future().share();
  REQUIRE(reported(guardian));
  world.desktop.copy("slow: clear me");
  REQUIRE(eventually([&] { return guardian.saw("slow: clear me"); }));
  world.desktop.copy("lunch");
  REQUIRE(eventually([&] { return guardian.saw("lunch"); }));
  release.set_value();
  REQUIRE(eventually([&] { return guardian.server().counters().answered == 2; }));
  world.desktop.copy("tea");
  REQUIRE(eventually([&] { return guardian.saw("tea"); }));
  CHECK(world.desktop.paste() == "tea");
}

TEST_CASE("a session says honestly what it does not watch") {
  struct Row {
    std::vector<std::string> environment;
    std::string type, detail, reason;
  };
  const Row rows[] = {
      {{"DISPLAY", "WAYLAND_DISPLAY=wayland-0"},
       "wayland",
       "wayland: clipboard not watched",
       "Wayland without X11"},
      {{"DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"},
       "none",
       "no display: DISPLAY is not set",
       "a text console"},
      {{"DISPLAY=:9999", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"},
       "none",
       "no display: no X server at :9999",
       "a display that is not there"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    const test::TempDir dir;
    Guardian guardian(dir / "session.sock");
    test::Child session({kProgram, "--socket", (dir / "session.sock").string()}, row.environment);
    REQUIRE(reported(guardian));
    const auto info = guardian.server().sessions().front();
    CHECK(info.type == row.type);
    CHECK_FALSE(info.clipboard);
    CHECK(info.detail == row.detail);
    CHECK(session.end() == 0);
    CHECK(eventually([&] { return guardian.server().sessions().empty(); }));
  }
}

TEST_CASE("the program ends with 0 when the desktop does, and with 2 when it is misused") {
  NEEDS_DESKTOP();
  test::TempDir dir;
  auto desktop = std::make_unique<test::Desktop>();
  Guardian guardian(dir / "session.sock");
  test::Child session({kProgram, "--socket", (dir / "session.sock").string()},
                      {"DISPLAY=" + desktop->display()});
  REQUIRE(reported(guardian));
  desktop.reset();
  CHECK(eventually([&] { return guardian.server().sessions().empty(); }));
  CHECK(session.end() == 0);
  CHECK(test::shell(kProgram + " --no-such-flag >/dev/null 2>&1") == 2);
  CHECK(test::shell(kProgram + " --help | grep -q 'no window, no sound'") == 0);
}

TEST_CASE("Latin-1 and UTF-8 turn into each other") {
  CHECK(from_latin1("caf\xE9") == "café");
  CHECK(to_latin1("café 张三") == "caf\xE9 ??");
  CHECK(to_latin1("\xC3") == "?");
}

}  // namespace huxin::session
