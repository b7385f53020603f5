#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "certs/key_store.hpp"
#include "certs/seal.hpp"
#include "certs/sealed_database.hpp"
#include "collector/state.hpp"
#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/collector/support/https_client.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

struct Outcome {
  int exit = -1;
  std::string text;
};

/// The program as a process of its own, its standard output and error in one pipe.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments, const std::string& input = {}) {
    int out[2], in[2];
    REQUIRE(::pipe2(out, O_CLOEXEC) == 0);
    REQUIRE(::pipe2(in, O_CLOEXEC) == 0);
    arguments.insert(arguments.begin(), HUXIN_COLLECTOR);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      ::dup2(out[1], 2);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    ::close(out[1]);
    ::close(in[0]);
    out_ = Fd(out[0]);
    REQUIRE(::write(in[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));
    ::close(in[1]);
  }
  ~Program() {
    if (pid_ > 0) signal(SIGKILL);
  }

  /// Reads until a line holds `mark`, or ten seconds pass.
  std::string wait_for(std::string_view mark) {
    std::string text;
    pollfd readable{out_.get(), POLLIN, 0};
    while (!text.contains(mark) && ::poll(&readable, 1, 10'000) > 0) {
      char part[4096];
      const ssize_t size = ::read(out_.get(), part, sizeof part);
      if (size <= 0) break;
      text.append(part, static_cast<std::size_t>(size));
    }
    return text;
  }
  void kill_now() { ::kill(pid_, SIGKILL); }
  int signal(int number) {
    ::kill(pid_, number);
    return wait();
  }
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  Outcome finish() {
    Outcome outcome;
    outcome.text = wait_for("\n\n never printed");
    outcome.exit = wait();
    return outcome;
  }

 private:
  pid_t pid_ = -1;
  Fd out_;
};

Outcome run(const std::filesystem::path& state, std::vector<std::string> arguments,
            const std::string& input = {}) {
  arguments.insert(arguments.begin(), {"--state", state.string()});
  return Program(std::move(arguments), input).finish();
}

struct Running {
  std::unique_ptr<Program> program;
  std::uint16_t agents = 0;
};

Running serve(const std::filesystem::path& state) {
  Running running;
  running.program = std::make_unique<Program>(std::vector<std::string>{
      "serve", "--state", state.string(), "--agents", "127.0.0.1:0", "--console", "127.0.0.1:0"});
  const std::string text = running.program->wait_for("console: https://");
  const std::size_t at = text.find("agents: https://127.0.0.1:");
  INFO(text);
  REQUIRE(at != std::string::npos);
  running.agents = static_cast<std::uint16_t>(std::stoi(text.substr(at + 26)));
  return running;
}

TEST_CASE("An answer that could not be written is no success") {
  test::TempDir folder;
  const std::string state = (folder / "state").string();
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  for (const std::string_view lost : {"> /dev/full", ">&-"}) {
    INFO(lost);
    const std::string command =
        fmt::format("{} --state {} counters {} 2>/dev/null", HUXIN_COLLECTOR, state, lost);
    CHECK(WEXITSTATUS(std::system(command.c_str())) == 2);
  }
}

TEST_CASE("A collector whose database is gone says so, and makes no empty one in its place") {
  test::TempDir folder;
  const auto state = folder / "state";
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  CHECK(run(state, {"verify"}).exit == 0);
  for (const std::string_view file : {"collector.db-wal", "collector.db-shm"})
    std::filesystem::remove(state / file);
  std::filesystem::resize_file(state / "collector.db", 0);
  for (const std::string verb : {"verify", "incidents", "serve"}) {
    INFO(verb);
    const Outcome empty = run(state, {verb});
    CHECK(empty.exit == 2);
    CHECK(empty.text.contains("collector.db is empty"));
  }
  std::filesystem::remove(state / "collector.db");
  const Outcome gone = run(state, {"verify"});
  CHECK(gone.exit == 2);
  CHECK(gone.text.contains("restore it from a backup"));
  CHECK_FALSE(std::filesystem::exists(state / "collector.db"));
}

TEST_CASE("A changed bundle.pub is refused by every verb, verify among them, and named") {
  test::TempDir folder;
  const auto state = folder / "state";
  const auto other = folder / "other";
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  REQUIRE(run(other, {"init", "--name", "localhost"}).exit == 0);
  const std::string ours = read_file(state / "bundle.pub").value();
  const std::string theirs = read_file(other / "bundle.pub").value();
  for (const std::string& put : {theirs, std::string("no key"), ours.substr(1)}) {
    REQUIRE(write_file_atomically(state / "bundle.pub", as_bytes(put)));
    for (const std::string verb : {"verify", "serve"}) {
      const Outcome refused = run(state, {verb});
      CHECK(refused.exit == 2);
      CHECK(refused.text.contains("bundle.pub is not the public half of bundle.key"));
    }
  }
  REQUIRE(write_file_atomically(state / "bundle.pub", as_bytes(ours)));
  CHECK(run(state, {"verify"}).exit == 0);
}

TEST_CASE("The verbs work beside a running server, and a killed one loses and doubles nothing") {
  constexpr int kIncidents = 2000;
  constexpr int kBatch = 25;
  test::TempDir folder;
  const auto state = folder / "state";
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  CHECK(run(state, {"init", "--name", "localhost"}).exit == 2);

  Running server = serve(state);
  const Outcome token = run(state, {"token", "create", "--branch", "南京路支行"});
  REQUIRE(token.exit == 0);
  const auto authority = *certs::Authority::open(state / "authority");
  test::Device device;
  record::EnrolRequest enrolment;
  enrolment.set_token(token.text.substr(0, token.text.find('\n')));
  enrolment.set_csr(std::string(as_text(device.request())));
  const test::Headers headers{{"Content-Type", "application/x-protobuf"}};
  {
    test::HttpsClient client(server.agents, authority->root());
    const test::Reply reply =
        client.send("POST", "/v1/enrol", headers, enrolment.SerializeAsString());
    REQUIRE(reply.status == 200);
    record::EnrolReply answer;
    REQUIRE(answer.ParseFromString(reply.body));
    device.adopt(answer.terminal(), Bytes(answer.certificate().begin(), answer.certificate().end()),
                 Bytes(answer.chain().begin(), answer.chain().end()));
  }

  std::vector<record::Record> links;
  for (int i = 0; i < kIncidents; ++i) links.push_back(device.append_incident());
  const auto identity = device.identity();
  std::size_t acknowledged = 0;
  int kills = 0;
  while (acknowledged < links.size()) {
    try {
      test::HttpsClient client(server.agents, authority->root(), &identity);
      while (acknowledged < links.size()) {
        const auto begin = links.begin() + static_cast<std::ptrdiff_t>(acknowledged);
        const auto end = begin + std::min<std::ptrdiff_t>(kBatch, links.end() - begin);
        const std::string body = device.batch({begin, end}).SerializeAsString();
        // Every fourteenth batch meets a server that is killed while it works on it.
        const bool kill =
            kills < 6 && acknowledged / kBatch == static_cast<std::size_t>(13 * (kills + 1));
        std::jthread killer;
        if (kill) {
          // A little later each time, so that the kill falls into different steps of the work.
          killer = std::jthread(
              [&program = *server.program, delay = std::chrono::milliseconds(2 * kills)] {
                std::this_thread::sleep_for(delay);
                program.kill_now();
              });
          ++kills;
        }
        const test::Reply reply = client.send("POST", "/v1/records", headers, body);
        INFO(reply.status << " " << reply.body);
        record::Ack ack;
        REQUIRE(reply.status == 200);
        REQUIRE(ack.ParseFromString(reply.body));
        REQUIRE(ack.error().empty());
        acknowledged = ack.accepted_through();
      }
    } catch (const boost::system::system_error&) {
      server.program->signal(SIGKILL);
      server = serve(state);
    }
  }
  CHECK(kills == 6);

  const Outcome verified = run(state, {"verify", "--json"});
  INFO(verified.text);
  CHECK(verified.exit == 0);
  const auto report = boost::json::parse(verified.text);
  CHECK(report.at("whole") == true);
  CHECK(report.at("records") == kIncidents);
  CHECK(run(state, {"incidents", "--limit", "1"}).text.contains("1 / 2000"));
  CHECK(server.program->signal(SIGTERM) == 0);
}

TEST_CASE("Wrong use is answered with 2 and the reason, in both languages") {
  test::TempDir folder;
  const Outcome none = run(folder / "none", {"verify"});
  CHECK(none.exit == 2);
  CHECK(none.text.contains("不存在 not_found"));
  CHECK(none.text.contains("huxin-collector init"));
  CHECK(run(folder / "none", {"no-such-verb"}).exit == 2);
  CHECK(run(folder / "none", {"--help"}).exit == 0);
  const Outcome help = run(folder / "none", {"--help"});
  CHECK(help.text.contains("退出码 Exit codes"));
}

TEST_CASE("Users, policies and counters from the command line") {
  test::TempDir folder;
  const auto state = folder / "state";
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  const Outcome added = run(state, {"user", "add", "li.wei", "--role", "officer"});
  CHECK(added.exit == 0);
  CHECK(added.text.contains("One-time password"));
  CHECK(run(state, {"user", "add", "li.wei", "--role", "officer"}).exit == 2);
  CHECK(run(state, {"user", "add", "x", "--role", "king"}).exit == 2);
  CHECK(run(state, {"user", "add", "wang", "--role", "system_admin", "--password-stdin"},
            "quite a long one\n")
            .exit == 0);
  CHECK(run(state, {"user", "disable", "wang"}).exit == 0);
  const Outcome users = run(state, {"user", "list"});
  CHECK(users.text.contains("must change"));
  CHECK(users.text.contains("disabled"));

  const Outcome coded =
      run(state, {"user", "add", "script", "--role", "compliance", "--password-stdin", "--totp"},
          "quite a long one\n");
  CHECK(coded.exit == 0);
  CHECK(coded.text.contains("TOTP secret"));
  CHECK(coded.text.contains("otpauth://totp/Huxin:script?secret="));
  CHECK(run(state, {"user", "list"}).text.contains("active"));
  CHECK(run(state, {"user", "totp-reset", "script"}).exit == 0);
  CHECK(run(state, {"user", "list"}).text.contains("must enrol TOTP"));
  CHECK(run(state, {"user", "totp-reset", "script", "--totp"}).text.contains("otpauth://"));
  CHECK(run(state, {"user", "totp-reset", "nobody"}).exit == 2);
  CHECK(run(state, {"user", "roles", "script", "--role", "auditor", "--role", "officer"}).exit ==
        2);
  CHECK(run(state, {"user", "roles", "script", "--role", "inspector"}).exit == 2);
  CHECK(run(state, {"user", "roles", "script", "--role", "inspector", "--until", "2030-01-31"})
            .exit == 0);
  CHECK(run(state, {"user", "list"}).text.contains("2030-02-01T00:00:00.000Z"));

  const std::string preset = HUXIN_SOURCE_DIR "/policy/presets/branch.yaml";
  CHECK(run(state, {"policy", "check", preset}).exit == 0);
  const auto broken = folder.write("broken.yaml", "id: [\n");
  const Outcome refused = run(state, {"policy", "check", broken.string()});
  CHECK(refused.exit == 1);
  CHECK(refused.text.contains("E0"));
  CHECK(run(state, {"policy", "publish", broken.string()}).exit == 1);

  REQUIRE(
      run(state,
          {"evidence", "keygen", "officer", "--out", folder.path().string(), "--passphrase-stdin"},
          "a long passphrase\n")
          .exit == 0);
  const std::string certificate = (folder / "officer.crt").string();
  const Outcome published = run(state, {"policy", "publish", preset, "--officer", certificate});
  INFO(published.text);
  CHECK(published.exit == 0);
  CHECK(published.text.contains("serial 1"));
  CHECK(published.text.contains("one officer alone can open evidence"));
  const Outcome same = run(
      state, {"policy", "publish", preset, "--officer", certificate, "--reviewer", certificate});
  CHECK(same.exit == 2);
  CHECK(same.text.contains("have the same key"));
  const Outcome second = run(state, {"policy", "publish", preset});
  CHECK(second.text.contains("serial 2"));
  CHECK(second.text.contains("officers 1"));
  CHECK(run(state, {"counters"}).exit == 0);
}

TEST_CASE("What the command line changes is in the audit log, which verify re-checks") {
  test::TempDir folder;
  const auto state = folder / "state";
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  REQUIRE(run(state, {"token", "create", "--branch", "East"}).exit == 0);
  CHECK(run(state, {"user", "disable", "nobody"}).exit == 2);
  const Outcome log = run(state, {"audit", "--json"});
  CHECK(log.exit == 0);
  std::vector<std::string> acts;
  std::istringstream lines(log.text);
  for (std::string line; std::getline(lines, line);) {
    const auto entry = boost::json::parse(line);
    CHECK(entry.at("origin") == "cli");
    acts.push_back(std::string(entry.at("what").as_string()) + ": " +
                   std::string(entry.at("result").as_string()));
  }
  CHECK(acts == std::vector<std::string>{"init: begun", "init: done", "token create: begun",
                                         "token create: done", "user disable: begun",
                                         "user disable: failed: not_found"});
  CHECK(run(state, {"audit", "--refused"}).text.contains("1 条 entries"));
  CHECK(run(state, {"audit", "--from", "yesterday"}).exit == 2);

  const Outcome whole = run(state, {"verify", "--json"});
  CHECK(whole.exit == 0);
  const auto audit = boost::json::parse(whole.text).at("audit");
  CHECK(audit.at("entries") == 6);
  const std::string noted = "6:" + std::string(audit.at("head").as_string());
  CHECK(run(state, {"verify", "--audit-head", noted}).exit == 0);
  CHECK(run(state, {"verify", "--audit-head", "6:" + std::string(64, '0')}).exit == 1);
  CHECK(run(state, {"verify", "--audit-head", "7:" + std::string(64, '0')}).exit == 1);
  CHECK(run(state, {"verify", "--audit-head", "6:12"}).exit == 2);

  auto intruder = certs::SealedDatabase::open(
                      state / "collector.db",
                      *(*certs::open_file_key_store(state / "keys"))->load("database.key"))
                      .value();
  CHECK_FALSE(intruder.execute("UPDATE audit SET who = 'x'"));
  REQUIRE(intruder.execute(
      "DROP TRIGGER audit_is_not_changed; UPDATE audit SET who = 'x' WHERE sequence = 4"));
  const Outcome broken = run(state, {"verify"});
  CHECK(broken.exit == 1);
  CHECK(broken.text.contains("first bad entry 4: hash mismatch"));
  REQUIRE(intruder.execute("DROP TABLE audit"));
  CHECK(run(state, {"token", "create", "--branch", "East"}).exit == 2);
  CHECK_FALSE(run(state, {"token", "create", "--branch", "East"}).text.contains("hx1."));
}

TEST_CASE("The role matrix is printed without a collector") {
  test::TempDir folder;
  const Outcome matrix = run(folder / "none", {"roles", "--json"});
  CHECK(matrix.exit == 0);
  std::istringstream lines(matrix.text);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto operation = boost::json::parse(line);
    if (operation.at("path") == "/audit")
      CHECK(operation.at("roles") == boost::json::array{"auditor"});
  }
  CHECK(count >= 20);
  CHECK(run(folder / "none", {"roles"}).text.contains("aml_reviewer"));
}

TEST_CASE("Terminals seal to the keys registered in the console, once there is one of each half") {
  test::TempDir folder;
  const auto home = folder / "state";
  REQUIRE(run(home, {"init", "--name", "localhost"}).exit == 0);
  const auto state = collector::State::open(home);
  REQUIRE(state);
  const auto enlist = [&](const std::string& name, std::string_view roles, bool disabled = false) {
    const ByteView text = as_bytes("correct horse battery");
    const auto made = certs::make_reviewer_key(name, Secret(Bytes(text.begin(), text.end())));
    const Bytes der = *certs::certificate_from_pem(made->certificate_pem);
    REQUIRE(state->store->save_user(
        {.name = name, .roles = *store::roles_from(roles), .disabled = disabled}));
    REQUIRE(state->store->reviewer_keys().add({to_hex(sha256(der)), name, der, "locked", {}, {}}));
    return folder.write(name + ".crt", made->certificate_pem).string();
  };
  const std::string preset = HUXIN_SOURCE_DIR "/policy/presets/branch.yaml";
  const std::string file = enlist("li.wei", "officer");
  CHECK(run(home, {"policy", "publish", preset}).text.contains("officers 0"));
  enlist("wang", "reviewer");
  enlist("both", "officer,reviewer");
  enlist("gone", "officer", true);
  enlist("admin", "system_admin");
  enlist("qian", "aml_reviewer");
  const Outcome published = run(home, {"policy", "publish", preset});
  INFO(published.text);
  CHECK(published.text.contains("officers 2"));
  CHECK(published.text.contains("reviewers 2"));
  for (const char* line : {"officer li.wei", "officer qian", "reviewer wang", "reviewer both"})
    CHECK(published.text.contains(line));
  CHECK_FALSE(published.text.contains("gone"));
  CHECK_FALSE(published.text.contains("admin"));
  CHECK(run(home, {"policy", "publish", preset, "--officer", file}).text.contains("officers 1"));
  const Outcome alone =
      run(home, {"policy", "publish", preset, "--officer", file, "--reviewer", file});
  CHECK(alone.exit == 2);
  CHECK(alone.text.contains("name two people"));
}

TEST_CASE("Sealed evidence takes a reviewer and an officer to open") {
  test::TempDir folder;
  const auto keygen = [&](const std::string& name) {
    REQUIRE(run(folder / "none",
                {"evidence", "keygen", name, "--out", folder.path().string(), "--passphrase-stdin"},
                "a long passphrase\n")
                .exit == 0);
    return *certs::certificate_from_pem(*read_file(folder / (name + ".crt")));
  };
  const auto sealer = certs::Sealer::make({keygen("officer")}, {keygen("reviewer")});
  REQUIRE(sealer);
  record::Evidence evidence;
  evidence.set_incident(std::string(16, 'i'));
  auto* finding = evidence.add_findings();
  finding->set_element(1);
  finding->set_value("planted value");
  const auto sealed = sealer->seal(as_bytes(evidence.SerializeAsString()));
  REQUIRE(sealed);
  folder.write("outer", as_text(*sealed));
  const auto open = [&](const std::string& name, const std::string& file,
                        const std::string& passphrase) {
    return run(folder / "none",
               {"evidence", "open", "--key", (folder / (name + ".key")).string(), "--cert",
                (folder / (name + ".crt")).string(), "--passphrase-stdin", "--out",
                (folder / "inner").string(), (folder / file).string()},
               passphrase + "\n");
  };
  CHECK(open("officer", "outer", "a long passphrase").exit == 2);
  CHECK(open("reviewer", "outer", "a wrong passphrase").exit == 2);
  const Outcome outer = open("reviewer", "outer", "a long passphrase");
  INFO(outer.text);
  CHECK(outer.exit == 0);
  CHECK_FALSE(outer.text.contains("planted value"));
  CHECK(open("reviewer", "inner", "a long passphrase").exit == 2);
  CHECK(open("officer", "inner", "a long passphrase").text.contains("planted value"));
}

TEST_CASE("Branches are imported whole or not at all, ranked, and reported on one page") {
  test::TempDir folder;
  const auto state = folder / "state";
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  const auto wrong =
      folder.write("wrong.csv", "code,name,parent,accountable\n1,甲,9,王\n1,乙,,李\n");
  const Outcome refused = run(state, {"assess", "import-branches", wrong.string()});
  CHECK(refused.exit == 2);
  CHECK(refused.text.contains("wrong.csv:2:3:"));
  CHECK(refused.text.contains("wrong.csv:3:1:"));
  CHECK(run(state, {"assess", "ranking", "--json"}).text.empty());

  const auto tree = folder.write("tree.csv", "机构代码,机构名称,上级机构,一把手\n1,甲支行,,王芳\n");
  REQUIRE(run(state, {"assess", "import-branches", tree.string()}).exit == 0);
  const auto staff = folder.write("staff.csv", "工号,姓名,机构代码\n7,张三,1\n");
  REQUIRE(run(state, {"assess", "import-staff", staff.string()}).exit == 0);
  const boost::json::value line =
      boost::json::parse(run(state, {"assess", "ranking", "--json"}).text);
  CHECK(line.at("code") == "1");
  CHECK(line.at("rank") == 0);  // nobody inspected it, and it has no terminal
  CHECK(line.at("points") == "0.00");
  CHECK(run(state, {"assess", "score", "1", "--json"}).exit == 0);
  CHECK(run(state, {"assess", "score", "2"}).exit == 2);
  CHECK(run(state, {"assess", "ranking", "--period", "2026-13"}).exit == 2);
  CHECK(run(state, {"assess", "close", "2999-01"}).exit == 2);
  const Outcome page = run(state, {"assess", "bulletin"});
  CHECK(page.text.starts_with("<!DOCTYPE html>"));
  CHECK(page.text.contains("王芳"));
  CHECK_FALSE(page.text.contains("张三"));
  CHECK(run(state, {"audit"}).text.contains("assess import-branches"));
}

TEST_CASE("A bank's own items and model are checked, published and listed") {
  test::TempDir folder;
  const auto state = folder / "state";
  REQUIRE(run(state, {"init", "--name", "localhost"}).exit == 0);
  for (const std::string kind : {"items", "model"}) {
    INFO(kind);
    std::string text = run(state, {"model", "show", kind}).text;
    const auto shipped = folder.write(kind + ".yaml", text);
    CHECK(run(state, {"model", "check", shipped.string()}).exit == 0);
    const auto changed = folder.write(kind + "-changed.yaml", text + "# a word\n");
    const Outcome taken = run(state, {"model", "check", changed.string()});
    CHECK(taken.exit == 1);
    CHECK(taken.text.contains("2026.1"));  // the shipped version's text is another

    const std::size_t at = text.find("\"2026.1\"");
    REQUIRE(at != std::string::npos);
    text.replace(at, 8, "甲行.1");
    const auto own = folder.write(kind + "-own.yaml", text);
    CHECK(run(state, {"model", "check", own.string()}).text.contains("甲行.1"));
    CHECK(run(state, {"model", "publish", own.string(), "--from", "2020-01"}).exit == 2);
    CHECK(run(state, {"model", "publish", own.string()}).exit == 0);
    CHECK(run(state, {"model", "publish", own.string(), "--from", "2999-01"}).exit == 0);
    CHECK(run(state, {"model", "show", kind}).text == text);
    const auto again = folder.write(kind + "-again.yaml", text + "# a word\n");
    const Outcome same = run(state, {"model", "publish", again.string()});
    CHECK(same.exit == 2);
    CHECK(same.text.contains("another version"));

    const auto broken = folder.write(kind + "-broken.yaml", text + "wieght: 3\n");
    const Outcome refused = run(state, {"model", "publish", broken.string()});
    CHECK(refused.exit == 1);
    CHECK(refused.text.contains(
        fmt::format("{}-broken.yaml:{}:1:", kind, std::ranges::count(text, '\n') + 1)));
  }
  const Outcome listed = run(state, {"model", "list"});
  CHECK(listed.text.contains("2999-01"));
  CHECK(listed.text.contains("shipped"));
  CHECK(run(state, {"model", "show", "clocks"}).exit == 2);
  CHECK(run(state, {"audit"}).text.contains("model publish"));
  CHECK(run(state, {"verify"}).exit == 0);
}

}  // namespace
}  // namespace huxin
