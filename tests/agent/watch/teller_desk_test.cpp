#include "agent/watch/teller_desk.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>

#include <catch2/catch_test_macros.hpp>

#include "agent/watch/teller_line.hpp"
#include "policy/base/file.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::watch {
namespace {

using test::eventually;

constexpr std::string_view kWang =
    "{\"institution\":\"44010001\",\"teller\":\"000123\",\"terminal\":\"T07\"}\n";
constexpr std::string_view kLi = "{\"institution\":\"44010001\",\"teller\":\"000456\"}\n";

/// A front end. Plain calls only, so that a forked child may use it.
class FrontEnd {
 public:
  explicit FrontEnd(const std::filesystem::path& socket)
      : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
    connected_ =
        ::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

  bool connected() const { return connected_; }
  void send(std::string_view text) const {
    if (::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) < 0) return;
  }
  /// The next answer, up to its line's end; empty: the connection was closed.
  std::string answer() const {
    std::string line;
    char c = 0;
    pollfd readable{socket_.get(), POLLIN, 0};
    while (::poll(&readable, 1, 10'000) > 0 && ::read(socket_.get(), &c, 1) == 1) {
      line += c;
      if (c == '\n') break;
    }
    return line;
  }
  void hang_up() { socket_.reset(); }

 private:
  Fd socket_;
  bool connected_ = false;
};

struct Fixture {
  test::TempDir folder;
  std::filesystem::path socket = folder / "run" / "teller.sock";
  std::atomic<int> changes = 0;
  std::mutex mutex;
  std::vector<std::string> refusals;
  std::unique_ptr<TellerDesk> desk;
  std::string me = [] {
    const uid_t uid = ::getuid();
    return uid == 0 ? std::string("root") : "uid:" + std::to_string(uid);
  }();

  static std::string this_program() {
    return std::filesystem::read_symlink("/proc/self/exe").native();
  }
  void open(TellerRules rules = {{this_program()}, {}}) {
    desk = TellerDesk::open(socket, std::move(rules),
                            {.changed = [this] { ++changes; },
                             .refused =
                                 [this](const std::string& user, const std::string& reason, auto) {
                                   const std::lock_guard lock(mutex);
                                   refusals.push_back(user + ": " + reason);
                                 }})
               .value();
  }
  std::string teller() const { return desk->teller_of(me).teller; }
  bool refused_for(std::string_view reason) {
    return eventually([&] {
      const std::lock_guard lock(mutex);
      return std::ranges::any_of(refusals, [&](const auto& each) { return each.contains(reason); });
    });
  }
};

/// A program that runs on, from a file of its own.
class Runs {
 public:
  explicit Runs(const std::filesystem::path& program) : pid_(::fork()) {
    if (pid_ != 0) return;
    ::execl(program.c_str(), program.c_str(), "60", nullptr);
    ::_exit(127);
  }
  ~Runs() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  pid_t pid() const { return pid_; }
  bool is(const std::filesystem::path& program) const {
    return eventually([&] {
      std::error_code gone;
      return std::filesystem::read_symlink(fmt::format("/proc/{}/exe", pid_), gone) == program;
    });
  }

 private:
  pid_t pid_;
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a teller is bound from sign-on to sign-off") {
  open();
  FrontEnd front(socket);
  REQUIRE(front.connected());
  CHECK(teller().empty());
  front.send(kWang);
  CHECK(front.answer() == "{\"ok\":true}\n");
  CHECK(desk->teller_of(me) == rule::Teller{"44010001", "000123", "T07"});
  CHECK(desk->counters().bound == 1);
  front.send(kLi);
  CHECK(front.answer() == "{\"ok\":true}\n");
  CHECK(desk->teller_of(me) == rule::Teller{"44010001", "000456", ""});
  front.send("{}\n");
  CHECK(front.answer() == "{\"ok\":true}\n");
  CHECK(teller().empty());
  CHECK(changes == 3);
  CHECK(desk->counters().sign_ons == 2);
}

TEST_CASE_METHOD(Fixture,
                 "a binding ends with its connection, and the one before it counts again") {
  open();
  FrontEnd first(socket);
  FrontEnd second(socket);
  first.send(kWang);
  first.answer();
  second.send(kLi);
  second.answer();
  CHECK(teller() == "000456");
  second.hang_up();
  CHECK(eventually([&] { return teller() == "000123"; }));
  first.hang_up();
  CHECK(eventually([&] { return teller().empty(); }));
}

TEST_CASE_METHOD(Fixture, "a line may come in pieces, and several at once") {
  open();
  FrontEnd front(socket);
  front.send(kWang.substr(0, 20));
  front.send(kWang.substr(20));
  CHECK(front.answer() == "{\"ok\":true}\n");
  front.send(std::string(kLi) + "{}\n" + std::string(kWang));
  for (int i = 0; i < 3; ++i) CHECK(front.answer() == "{\"ok\":true}\n");
  CHECK(teller() == "000123");
}

TEST_CASE_METHOD(Fixture, "what is no line ends the connection and its binding") {
  open();
  for (const std::string& wrong :
       {std::string("no json\n"), std::string("[1]\n"), std::string(2000, 'x'),
        std::string("{\"institution\":\"1\",\"teller\":\"2\",\"user\":\"root\"}\n")}) {
    INFO(wrong.substr(0, 40));
    FrontEnd front(socket);
    front.send(kWang);
    CHECK(front.answer() == "{\"ok\":true}\n");
    front.send(wrong);
    CHECK(front.answer().starts_with("{\"error\":\""));
    CHECK(front.answer().empty());
    CHECK(eventually([&] { return teller().empty(); }));
  }
  CHECK(desk->counters().protocol_errors == 4);
}

TEST_CASE_METHOD(Fixture, "a front end that writes without end is cut off") {
  open();
  FrontEnd front(socket);
  std::string many;
  for (int i = 0; i < 100; ++i) many += "{}\n";
  front.send(many);
  std::string last;
  int taken = 0;
  for (std::string line = front.answer(); !line.empty(); line = front.answer()) {
    taken += line == "{\"ok\":true}\n" ? 1 : 0;
    last = line;
  }
  CHECK(taken >= 40);
  CHECK(taken < 100);
  CHECK(last.contains("too many"));
}

TEST_CASE_METHOD(Fixture, "only the programs and accounts that the policy names may bind") {
  SECTION("another program") {
    open({{"/opt/teller/*"}, {}});
    FrontEnd front(socket);
    front.send(kWang);
    CHECK(front.answer() == "{\"error\":\"refused\"}\n");
    CHECK(front.answer().empty());
    CHECK(refused_for("not among watch.teller.processes"));
  }
  SECTION("another account") {
    open({{this_program()}, {"teller*"}});
    FrontEnd front(socket);
    front.send(kWang);
    CHECK(front.answer() == "{\"error\":\"refused\"}\n");
    CHECK(refused_for("not among watch.teller.users"));
  }
  CHECK(teller().empty());
  CHECK(desk->counters().refused == 1);
}

TEST_CASE_METHOD(Fixture, "an account binds itself alone, whatever it writes") {
  if (::getuid() != 0) SKIP("needs root to be somebody else");
  ::chmod(folder.path().c_str(), 0755);
  open({{this_program()}, {}});
  FrontEnd mine(socket);
  mine.send(kWang);
  mine.answer();
  int done[2];
  REQUIRE(::pipe(done) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setresgid(65534, 65534, 65534) != 0 || ::setresuid(65534, 65534, 65534) != 0) ::_exit(1);
    const FrontEnd theirs(socket);
    theirs.send(kLi);
    theirs.answer();
    char c = 0;
    ::close(done[1]);
    static_cast<void>(::read(done[0], &c, 1));  // until the parent has looked
    ::_exit(0);
  }
  CHECK(eventually([&] { return desk->teller_of("nobody").teller == "000456"; }));
  CHECK(teller() == "000123");
  ::close(done[0]);
  ::close(done[1]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK(eventually([&] { return desk->teller_of("nobody").teller.empty(); }));
}

TEST_CASE_METHOD(Fixture,
                 "a program that others may change, or that is not what it seems, proves nothing") {
  if (::getuid() != 0) SKIP("needs root, whose programs are trusted");
  const std::filesystem::path program = folder / "front";
  std::filesystem::copy_file("/bin/sleep", program);
  int pair[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
  const Fd ours(pair[0]);
  const Fd theirs(pair[1]);
  const Runs runs(program);
  REQUIRE(runs.is(program));
  const TellerRules rules{{program.native()}, {}};
  const auto admitted = [&] {
    TellerPeer peer{.uid = 0, .pid = runs.pid(), .user = "root", .process = {}};
    return admit_teller_peer(peer, ours.get(), rules);
  };
  ::chmod(program.c_str(), 0755);
  CHECK(admitted());
  ::chmod(program.c_str(), 0775);
  CHECK(admitted().error().context.contains("may change"));
  ::chmod(program.c_str(), 0755);
  REQUIRE(::chown(program.c_str(), 65534, 65534) == 0);
  CHECK(admitted().error().context.contains("may change"));
  std::filesystem::remove(program);
  std::filesystem::copy_file("/bin/sleep", program);
  CHECK_FALSE(admitted());  // what runs is not what stands there now
}

TEST_CASE("a line of a front end is read as it is written, or refused") {
  struct Row {
    const char* line;
    bool good;
    const char* why;
  };
  for (const Row& row : {
           Row{R"({"institution":"44010001","teller":"000123","terminal":"T07"})", true, "all"},
           Row{R"({"teller":"A.b_c-1","institution":"1"})", true, "without a terminal, any order"},
           Row{R"({})", true, "signing off"},
           Row{R"({"teller":"1"})", false, "no institution"},
           Row{R"({"institution":"1"})", false, "no teller"},
           Row{R"({"institution":"1","teller":""})", false, "an empty one"},
           Row{R"({"institution":"1","teller":2})", false, "a number is no string"},
           Row{R"({"institution":"1","teller":"张三"})", false, "a name is no number"},
           Row{R"({"institution":"1","teller":"a b"})", false, "a blank"},
           Row{R"({"institution":"1","teller":"a\nb"})", false, "a control character"},
           Row{R"({"institution":"1","teller":"123456789012345678901234567890123"})", false,
               "33 characters"},
           Row{R"({"institution":"1","teller":"2","extra":"3"})", false, "an unknown member"},
           Row{R"({"institution":{"a":{"b":1}},"teller":"2"})", false, "nested"},
           Row{R"({"institution":"1","teller":"2"} x)", false, "something behind"},
           Row{"", false, "nothing"},
       }) {
    INFO(row.why);
    CHECK(read_teller_line(row.line).has_value() == row.good);
  }
  CHECK(read_teller_line(std::string(513, ' ')).error().code == Errc::kTooLarge);
}

}  // namespace huxin::watch
