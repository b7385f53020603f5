#include <sys/wait.h>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstdio>

#include "collector/state.hpp"
#include "policy/base/file.hpp"
#include "policy/frame/signed_frame.hpp"
#include "tests/collector/support/answer.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

namespace json = boost::json;

struct Outcome {
  int exit = -1;
  std::string text;
};

Outcome run(const std::string& arguments) {
  const std::string command = std::string(HUXIN_COLLECTOR) + " " + arguments + " 2>&1";
  FILE* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Outcome outcome;
  char part[4096];
  for (std::size_t size = 0; (size = ::fread(part, 1, sizeof part, pipe)) > 0;)
    outcome.text.append(part, size);
  const int status = ::pclose(pipe);
  outcome.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

/// A collector at rest with one destruction that a terminal carried out and certified.
struct Fixture {
  test::TempDir folder;
  std::filesystem::path home = folder / "state";
  Time now = SystemClock().now();
  std::string id, file;

  Fixture() {
    REQUIRE(collector::State::create(home, {"localhost"}, "Bank", now));
    auto state = *collector::State::open(home);
    test::Device device;
    device.enrol(*state.store, *state.authority, now);
    store::OrderDraft draft;
    draft.kind = store::OrderKind::kDestroy;
    draft.terminal = device.id();
    draft.reason = "保存期满\u202e";
    draft.executor = "li.wei";
    draft.method = "overwrite";
    draft.copies = "report";
    draft.targets = {{"/data/客户.csv", ""}};
    draft.expires = now + std::chrono::hours(24);
    id = *state.store->orders().draft(draft, now);
    const order::Order order{.id = *from_hex(id),
                             .terminal = device.id(),
                             .issued = now,
                             .expires = draft.expires,
                             .reason = draft.reason,
                             .executor = "li.wei",
                             .supervisor = "wang.fang",
                             .what = order::Destroy{.targets = {{"/data/客户.csv", {}}}}};
    const Bytes bytes = *order::sign(order, *state.keys->load("bundle.key"));
    REQUIRE(state.store->orders().approve(id, "wang.fang", bytes, now));
    file = test::certify(device, order, bytes, now);
    const auto batch = device.batch({device.append(test::answer_to(order, "done", file, now))});
    REQUIRE(state.store->accept(device.id(), device.sha256(), batch, now));
    write("certificate.json", file);
  }
  std::string path(const std::string& name) const { return (folder / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    REQUIRE(write_file_atomically(folder / name, as_bytes(text)));
  }
  std::string trust() const {
    return " --root " + (home / "authority/root.crt").string() + " --bundle-key " +
           (home / "bundle.pub").string();
  }
  Outcome verify(const std::string& name, const std::string& more = {}) const {
    return run("certificate verify " + path(name) + trust() + more);
  }
};

TEST_CASE(
    "A certificate is verified by the root and the orders' key alone, and told in both languages") {
  const Fixture f;
  const Outcome told = f.verify("certificate.json", " --state /nonexistent");
  INFO(told.text);
  CHECK(told.exit == 0);
  for (const char* part :
       {"证书有效 VERIFIED", "经办人 Executor：li.wei", "监销人 Supervisor：wang.fang",
        "覆写后删除 overwrite", "/data/客户.csv", "1024 字节 bytes", "已销毁 destroyed",
        "残留 Residue：1", "回收站 trash", "仅报告 reported", "原因 Reason：保存期满\\u202e"}) {
    INFO(part);
    CHECK(told.text.contains(part));
  }
  const Outcome by_state =
      run("certificate verify " + f.path("certificate.json") + " --state " + f.home.string());
  CHECK(by_state.text == told.text);
  const json::value machine = json::parse(f.verify("certificate.json", " --json").text);
  CHECK(machine.at("verified") == true);
  CHECK(machine.at("statement").at("supervisor") == "wang.fang");
}

TEST_CASE("A certificate that was changed in any part is refused") {
  const Fixture f;
  const json::object whole = json::parse(f.file).as_object();
  const auto changed = [&](std::string_view member,
                           const std::function<void(std::string&)>& change) {
    json::object copy = whole;
    std::string text(copy[member].as_string());
    change(text);
    copy[member] = text;
    return json::serialize(copy);
  };
  const auto swap = [](std::string_view from, std::string_view to) {
    return [from, to](std::string& text) {
      REQUIRE(text.contains(from));
      text.replace(text.find(from), from.size(), to);
    };
  };
  const auto flip = [](std::string& text) {
    char& c = text[text.size() / 2];
    c = c == 'A' ? 'B' : 'A';
  };
  struct Row {
    std::string file;
    const char* why;
  };
  const Row rows[] = {
      {changed("format", swap("1", "2")), "another format"},
      {changed("statement", swap("wang.fang", "zhao.minn")), "another supervisor"},
      {changed("statement", swap("li.wei", "li.wej")), "another executor"},
      {changed("statement", swap("客户", "内部")), "another file"},
      {changed("statement", swap("overwrite", "unlink")), "another method"},
      {changed("statement", swap("1024", "1025")), "another size"},
      {changed("statement", swap("destroyed", "failed")), "another result"},
      {changed("statement", swap("trash", "trust")), "another residue"},
      {changed("signature", flip), "another signature"},
      {changed("order", flip), "another order"},
      {changed("terminal_certificate", flip), "another certificate"},
      {f.file.substr(0, f.file.size() / 2), "half of it"},
      {"", "nothing"},
      {std::string(2U << 20U, ' '), "too large"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    f.write("tampered.json", row.file);
    const Outcome told = f.verify("tampered.json");
    INFO(told.text);
    CHECK(told.exit == 1);
    CHECK(told.text.contains("证书无效 REFUSED"));
    CHECK_FALSE(told.text.contains("VERIFIED"));
  }
  CHECK(json::parse(f.verify("tampered.json", " --json").text).at("verified") == false);
}

TEST_CASE("A certificate of another bank is refused; what cannot be read is an error") {
  const Fixture f;
  const Fixture other;
  CHECK(run("certificate verify " + f.path("certificate.json") + other.trust()).exit == 1);
  const auto key = *frame::make_signing_key();
  f.write("other.pub", std::string(as_text(key.public_key)));
  CHECK(f.verify("certificate.json", "").exit == 0);
  CHECK(run("certificate verify " + f.path("certificate.json") + " --state " + f.home.string() +
            " --bundle-key " + f.path("other.pub"))
            .exit == 1);
  CHECK(f.verify("absent.json").exit == 2);
  CHECK(run("certificate verify " + f.path("certificate.json") + " --state /nonexistent").exit ==
        2);
  CHECK(run("certificate verify").exit == 2);
}

TEST_CASE("Certificates are listed and exported as they came, and the export is written down") {
  const Fixture f;
  const std::string at = " --state " + f.home.string();
  CHECK(run("certificate list" + at).text.contains(f.id));
  CHECK(run("certificate export " + f.id + at).text == f.file);
  CHECK(run("certificate export " + f.id + " --out " + f.path("out.json") + at).exit == 0);
  CHECK(*read_file(f.folder / "out.json") == f.file);
  CHECK(run("certificate export " + std::string(32, '0') + at).exit == 2);
  CHECK(run("audit" + at).text.contains("certificate export"));
  const Outcome orders = run("order list --order-state done" + at);
  CHECK(orders.text.contains(f.id));
  CHECK(orders.text.contains("已完成 done"));
  CHECK(json::parse(run("order list --json" + at).text).at("certificate").at("verdict") ==
        "unchecked");
  CHECK_FALSE(run("order list --kind release" + at).text.contains(f.id));
  CHECK(run("order list --kind burn" + at).exit == 2);
}

}  // namespace
}  // namespace huxin
