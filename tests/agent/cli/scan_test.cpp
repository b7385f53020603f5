// The built huxin-agent, run as people and scripts run it, on the published test vectors.
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "policy/text/printable.hpp"
#include "tests/agent/cli/program.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::agent::cli {
namespace {

namespace json = boost::json;
using test::Ran;
using test::run;

const std::string kGolden = HUXIN_SOURCE_DIR "/tests/golden/";

const json::object* find(const json::object& file, std::string_view value) {
  for (const json::value& finding : file.at("findings").as_array()) {
    if (finding.as_object().at("value").as_string() == value) return &finding.as_object();
  }
  return nullptr;
}

/// One of those that hold the test vectors: beside them lie a corpus and what makes them all.
bool is_golden_document(std::string_view path) {
  const std::string_view name = path.substr(kGolden.size());
  return !name.contains('/') && !name.starts_with("make") && !name.ends_with(".md") &&
         !name.ends_with(".py") && !name.ends_with(".tsv");
}

constexpr std::string_view kId = "11010519491231002X";

}  // namespace

TEST_CASE("scan gives one object a file, keys in their published order, values only when asked") {
  const Ran masked = run("scan --json " + kGolden + "customers.xlsx");
  CHECK(masked.exit == 1);
  REQUIRE(masked.lines().size() == 1);
  const json::object file = masked.lines().front();
  std::string keys;
  for (const auto& [key, value] : file) keys += std::string(key) + " ";
  CHECK(keys == "path format bytes status reason customers findings ");
  keys.clear();
  for (const auto& [key, value] : file.at("findings").as_array().at(0).as_object())
    keys += std::string(key) + " ";
  CHECK(keys == "element name level confidence where offset length masked ");
  CHECK_FALSE(masked.out.contains(kId));
  CHECK(masked.out.contains("1****************X"));
  CHECK(file.at("format").as_string() == "xlsx");
  CHECK(file.at("status").as_string() == "inspected");
  CHECK(file.at("reason").is_null());
  CHECK(run("scan --json --reveal " + kGolden + "customers.xlsx").out.contains(kId));
}

TEST_CASE("offset and length are bytes of the original, in every encoding") {
  for (const std::string name : {"customers.csv", "customers.gb18030.csv", "customers.utf16.csv"}) {
    const std::string content = read_file(kGolden + name).value();
    const Ran ran = run("scan --json --reveal " + kGolden + name);
    INFO(name << " " << ran.out);
    REQUIRE(ran.lines().size() == 1);
    const json::object file = ran.lines().front();
    CHECK(file.at("customers").to_number<int>() == 2);
    const json::object* const id = find(file, kId);
    REQUIRE(id != nullptr);
    std::string bytes = content.substr(id->at("offset").to_number<std::size_t>(),
                                       id->at("length").to_number<std::size_t>());
    std::erase(bytes, '\0');  // UTF-16 of ASCII
    CHECK(bytes == kId);
    CHECK(id->at("where").as_string() == name + "!B2");
  }
}

TEST_CASE("standard input, nested archives, pages and documents are read") {
  CHECK(run("scan --json - < " + kGolden + "nested.zip")
            .out.contains("-!客户.zip!customers.xlsx!customers!B2"));
  const Ran all = run("scan --json --reveal --jobs 2 " + kGolden);
  CHECK(all.exit == 1);
  int documents = 0;
  for (const json::object& file : all.lines()) {
    const std::string path(file.at("path").as_string());
    INFO(path);
    if (!is_golden_document(path)) continue;
    ++documents;
    const bool encrypted = path.contains("encrypted");
    CHECK((file.at("status").as_string() == "inspected") != encrypted);
    if (encrypted) CHECK(file.at("reason").as_string() == "encrypted");
    if (!encrypted) CHECK((find(file, kId) != nullptr) != path.contains("clean."));
  }
  CHECK(documents >= 10);
}

TEST_CASE("a policy that asks for it has the text of pictures recognised, at its place") {
  const test::TempDir dir;
  const std::string policy = R"(
policy: {id: branch, version: '1', mode: simulate}
inspection: {deadline: 60s, pictures: {ocr: true}}
rules:
  - {id: seen, zh: 发现, en: seen, when: {channel: file, findings: 1}, action: audit}
)";
  const std::string picture = kGolden + "pictures/card.jpg";
  const Ran off = run("scan --json --reveal " + picture);
  CHECK(off.exit == 0);
  CHECK(off.out.contains("\"unsupported\""));
  const Ran on = run("scan --json --reveal --policy " + dir.write("ocr.yaml", policy).string() +
                     " " + picture + " 2>&1");
  if (on.out.contains("missing: ")) SKIP(on.out);
  INFO(on.out);
  REQUIRE(on.lines().size() == 1);
  const json::object file = on.lines().front();
  const json::object* const id = find(file, kId);
  REQUIRE(id != nullptr);
  CHECK(id->at("where").as_string() == "card.jpg!L6");
}

TEST_CASE("the exit code tells nothing found, something found and an error apart; the error wins") {
  const test::TempDir dir;
  const std::string clean = dir.write("clean.txt", "nothing here\n").string();
  CHECK(run("scan --json " + clean).exit == 0);
  CHECK(run("scan --json " + clean + " " + kGolden + "customers.csv").exit == 1);
  CHECK(run("scan --json " + kGolden + "customers.csv " + (dir / "absent").string()).exit == 2);
  CHECK(run("scan --json --jobs 0 " + clean + " 2>&1").exit == 2);
  CHECK(run("scan 2>&1").exit == 2);
  const std::string policy = dir.write("bad.yaml", "rules: [").string();
  CHECK(run("scan --policy " + policy + " " + clean + " 2>&1").exit == 2);
}

TEST_CASE(
    "what cannot be read is named, special files are never opened, odd names stay valid JSON") {
  const test::TempDir dir;
  REQUIRE(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
  std::filesystem::create_symlink("/etc/passwd", dir / "link");
  dir.write("a\nb\x1B[31m\xFF.txt", "手机号 13800138000");
  const Ran ran = run("scan --json " + dir.path().string());
  INFO(ran.out);
  REQUIRE(ran.lines().size() == 2);
  CHECK(std::string(ran.lines()[0].at("path").as_string()).ends_with("a\\nb\\x1b[31m\\xff.txt"));
  CHECK(ran.lines()[1].at("reason").as_string() == "special_file");
  CHECK(ran.exit == 1);
}

TEST_CASE("names inside a file can neither drive the terminal nor forge a line of the answer") {
  const test::TempDir dir;
  const std::string name = "a\n{\"path\":\"b\"}\x1b[2J\u202E\u009B.txt";
  dir.write("list.zip", test::zip_of({{name, "手机号 13800138000\n"}}));
  for (const std::string form : {"", "--json "}) {
    const Ran ran = run("scan " + form + (dir / "list.zip").string());
    INFO(ran.out);
    CHECK(ran.exit == 1);
    CHECK(text::printable(ran.out.substr(0, ran.out.find('\n'))) ==
          ran.out.substr(0, ran.out.find('\n')));
    for (const std::string_view hidden : {"\x1b", "\u202E", "\u009B"})
      CHECK_FALSE(ran.out.contains(hidden));
    CHECK(std::ranges::count(ran.out, '\n') == (form.empty() ? 5 : 1));
  }
}

TEST_CASE("an answer that is not written whole, and an input that is not there, are errors") {
  struct Case {
    std::string arguments;
    int exit;
    std::string_view reason;
  };
  const std::string list = kGolden + "customers.csv";
  const std::string many = list + " " + list + " " + list + " " + list + " " + list + " " + list;
  const Case cases[] = {
      {"scan --json " + list + " > /dev/full", 2, "the disk is full when all is written out"},
      {"scan --json " + many + " > /dev/full", 2, "the disk is full on the way"},
      {"scan " + list + " >&-", 2, "standard output is closed"},
      {"scan --json - <&-", 2, "standard input is closed: nothing was inspected, so not clean"},
      {"scan --json --stats " + list + " 2> /dev/full", 1, "only the figures are lost"},
      {"scan --json --stats " + list + " 2>&-", 1, "only the figures are lost"},
      {"scan --min-confidence nan " + list + " 2>&1", 2, "not a number is no least confidence"},
  };
  for (const Case& c : cases) {
    INFO(c.reason);
    CHECK(run(c.arguments).exit == c.exit);
  }
  CHECK(run("scan --jobs 0 x 2>&1").out.contains("用法错误 wrong use: --jobs"));
}

TEST_CASE("the table is for people: Chinese first, masked, with a summary") {
  const Ran ran = run("scan --stats " + kGolden + "customers.csv 2>&1");
  CHECK(ran.exit == 1);
  CHECK(ran.out.contains("脱敏值 masked"));
  CHECK(ran.out.contains(kGolden + "customers.csv：2 位客户 customers\n"));
  CHECK(ran.out.contains("1****************X"));
  CHECK(ran.out.contains("共 1 个文件"));
  CHECK(ran.out.contains("MB/s="));
  CHECK_FALSE(ran.out.contains(kId));
  CHECK(run("--help").out.contains("护信"));
  // A long place keeps its end, which says the cell.
  const test::TempDir dir;
  const std::string name(60, 'x');
  dir.write(name + ".csv", read_file(kGolden + "customers.csv").value());
  CHECK(run("scan " + dir.path().string()).out.contains("xxx.csv!D3 "));
}

}  // namespace huxin::agent::cli
