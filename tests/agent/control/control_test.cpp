#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include "agent/control/address.hpp"
#include "agent/control/client.hpp"
#include "agent/control/server.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::control {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::must;
namespace json = boost::json;

struct Fixture {
  test::TempDir dir;
  std::filesystem::path socket = dir / "control.sock";
  std::atomic<int> begun = 0, ended = 0;
  std::unique_ptr<Server> server = start(::geteuid());

  std::unique_ptr<Server> start(uid_t user) {
    std::map<std::string, Handler> handlers;
    handlers["echo"] = [](const Request& request, Conversation& peer) -> Status {
      peer.say({{"heard", request.arguments}});
      return {};
    };
    handlers["fail"] = [](const Request&, Conversation&) -> Status {
      return fail(Errc::kDenied, "not today");
    };
    handlers["wait"] = [this](const Request&, Conversation& peer) -> Status {
      ++begun;
      peer.say({{"waiting", true}});
      while (!peer.wait(20ms)) {
      }
      ++ended;
      peer.say({{"done", "ended"}});
      return {};
    };
    return must(
        Server::start({.socket = socket, .user = user, .patience = 300ms}, std::move(handlers)));
  }

  Result<json::value> call(std::string_view command, json::object arguments = {},
                           std::vector<json::object>* lines = nullptr) const {
    auto client = Client::connect(socket);
    if (!client) return std::unexpected(client.error());
    return client->call(command, std::move(arguments), [&](const json::object& line) {
      if (lines) lines->push_back(line);
    });
  }

  /// Sends bytes as they are and reads all that comes back.
  std::string raw(std::string_view bytes, bool end = false) const {
    const auto address = must(address_of(socket));
    const Fd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address.name),
                  sizeof address.name) != 0) {
      return "no connection";
    }
    for (std::string_view left = bytes; !left.empty();) {
      const ssize_t sent = ::send(fd.get(), left.data(), left.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      left.remove_prefix(static_cast<std::size_t>(sent));
    }
    if (end) ::shutdown(fd.get(), SHUT_WR);
    std::string answer;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::recv(fd.get(), buffer, sizeof buffer, 0)) > 0;)
      answer.append(buffer, static_cast<std::size_t>(got));
    return answer;
  }
};

}  // namespace

TEST_CASE("a command is answered line by line, and ends with what was done or why not") {
  const Fixture f;
  std::vector<json::object> lines;
  const auto done = f.call("echo", {{"text", "你好"}}, &lines);
  REQUIRE(done);
  CHECK(done->is_bool());
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].at("heard").at("text") == "你好");
  const auto failed = f.call("fail");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == Errc::kDenied);
  CHECK(failed.error().context == "not today");
  CHECK(f.call("unheard_of").error().code == Errc::kUnsupported);
}

TEST_CASE("who listens to nobody is told so, and who is cut off ends") {
  Fixture f;
  CHECK(Client::connect(f.dir / "absent.sock").error().code == Errc::kUnavailable);
  auto client = must(Client::connect(f.socket));
  bool told = false;
  const auto done = client.call("wait", {}, [&](const json::object&) {
    told = true;
    client.end();  // as Ctrl-C does: no more to say, but listening
  });
  REQUIRE(done);
  CHECK(told);
  CHECK(*done == "ended");

  // A client that vanishes ends what was done for it.
  {
    auto vanishing = must(Client::connect(f.socket));
    std::jthread listening([&] { (void)vanishing.call("wait", {}, [](const auto&) {}); });
    CHECK(eventually([&] { return f.begun == 2; }));
    vanishing.end();
  }
  CHECK(eventually([&] { return f.ended == 2; }));

  // So does a server that stops.
  std::jthread waiting([&] { (void)f.call("wait"); });
  CHECK(eventually([&] { return f.begun == 3; }));
  f.server.reset();
  CHECK(f.ended == 3);
  CHECK_FALSE(std::filesystem::exists(f.socket));
}

TEST_CASE("what is no request is refused and counted") {
  const Fixture f;
  struct Row {
    std::string_view why;
    std::string bytes;
    std::string_view code;
    bool end = false;
  };
  const Row rows[] = {
      {"no JSON", "hello\n", "invalid"},
      {"no object", "[1]\n", "invalid"},
      {"no command", "{\"a\":1}\n", "invalid"},
      {"a command of another kind", "{\"command\":7}\n", "invalid"},
      {"a command with odd letters", "{\"command\":\"../x\"}\n", "invalid"},
      {"too deep",
       "{\"command\":\"echo\",\"a\":" + std::string(20, '[') + std::string(20, ']') + "}\n",
       "invalid"},
      {"broken UTF-8", "{\"command\":\"echo\",\"a\":\"\xff\"}\n", "invalid"},
      {"a zero byte", std::string("{\"command\":\"ec\0ho\"}\n", 20), "invalid"},
      {"two requests", "{\"command\":\"echo\"}\n{\"command\":\"echo\"}\n", "protocol"},
      {"endless", std::string(70'000, 'x'), "too_large"},
      {"cut off", "{\"comma", "protocol", true},
      {"never ending", "{\"comma", "timeout"},
      {"unheard of", "{\"command\":\"rm\"}\n", "unsupported"},
  };
  std::uint64_t refused = 0;
  for (const Row& row : rows) {
    INFO(row.why);
    const std::string answer = f.raw(row.bytes, row.end);
    INFO(answer);
    CHECK(answer.contains("\"code\":\"" + std::string(row.code) + "\""));
    CHECK(f.server->counters().refused_requests == ++refused);
  }
}

TEST_CASE("eight commands at once, and the ninth is asked to come again") {
  Fixture f;
  std::vector<std::jthread> waiting;
  for (int i = 0; i < 8; ++i) waiting.emplace_back([&] { (void)f.call("wait"); });
  REQUIRE(eventually([&] { return f.begun == 8; }));
  CHECK(f.call("echo").error().code == Errc::kUnavailable);
  CHECK(f.server->counters().refused_busy == 1);
  f.server.reset();
}

TEST_CASE("another user is sent away unheard, even where file modes let him in") {
  if (::geteuid() != 0) SKIP("needs root: becomes another user");
  const Fixture f;
  struct stat info{};
  REQUIRE(::stat(f.socket.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  std::filesystem::permissions(f.dir.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(f.socket, std::filesystem::perms(0666));
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setgid(1000) != 0 || ::setuid(1000) != 0) ::_exit(9);
    ::_exit(f.raw("{\"command\":\"echo\"}\n").empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
  CHECK(f.server->counters().refused_users == 1);
  CHECK(f.server->counters().conversations == 0);
}

TEST_CASE("a socket below a long path is found by both sides") {
  const test::TempDir dir;
  const auto folder = dir / std::string(120, 'x');
  std::filesystem::create_directories(folder);
  const auto server =
      must(Server::start({.socket = folder / "control.sock", .user = ::geteuid()},
                         {{"hello", [](const Request&, Conversation&) { return Status(); }}}));
  auto client = must(Client::connect(folder / "control.sock"));
  CHECK(client.call("hello", {}, [](const auto&) {}));
}

TEST_CASE("arguments are taken within their limits, and the first fault is told by name") {
  const auto request = [](std::string_view arguments) {
    return must(parse_request(fmt::format(R"({{"command":"x",{}}})", arguments)));
  };
  {
    const Request given = request(R"("a":true,"t":"text","p":"2f737276ff","ps":["2f61","2f62"])");
    Arguments arguments(given);
    CHECK(arguments.flag("a"));
    CHECK_FALSE(arguments.flag("absent"));
    CHECK(arguments.text("t", 4) == "text");
    CHECK(arguments.path("p").native() == "/srv\xff");
    CHECK(arguments.paths("ps", 2) == std::vector<std::filesystem::path>{"/a", "/b"});
    CHECK(arguments.status());
  }
  struct Row {
    std::string_view why, given;
  };
  const Row rows[] = {
      {"a flag that is a word", R"("x":"true")"}, {"a text that is too long", R"("x":"12345")"},
      {"a relative path", R"("x":"737276")"},     {"a path with a zero byte", R"("x":"2f00")"},
      {"no hexadecimal", R"("x":"/srv")"},        {"too many paths", R"("x":["2f","2f","2f"])"},
      {"an empty path in a list", R"("x":[""])"}};
  for (const Row& row : rows) {
    INFO(row.why);
    const Request given = request(row.given);
    Arguments arguments(given);
    if (row.why.contains("flag")) {
      arguments.flag("x");
    } else if (row.why.contains("text")) {
      arguments.text("x", 4);
    } else if (row.why.contains("paths") || row.why.contains("list")) {
      arguments.paths("x", 2);
    } else {
      arguments.path("x");
    }
    REQUIRE_FALSE(arguments.status());
    CHECK(arguments.status().error().context.starts_with("x: "));
  }
}

}  // namespace huxin::control
