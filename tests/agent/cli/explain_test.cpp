// The built huxin-agent, its real workers in their cage, explaining real files.
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "tests/agent/cli/program.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent::cli {
namespace {

namespace json = boost::json;
using test::Ran;
using test::run;

const std::string kList = HUXIN_SOURCE_DIR "/tests/golden/customers.csv";
constexpr std::string_view kId = "11010519491231002X";

std::string keys(const json::object& object) {
  std::string all;
  for (const auto& [key, value] : object) all += std::string(key) + " ";
  return all;
}

/// The first trace of a fate.
const json::object& of_fate(const json::object& file, std::string_view fate) {
  for (const json::value& trace : file.at("traces").as_array()) {
    if (trace.as_object().at("fate").as_string() == fate) return trace.as_object();
  }
  FAIL("no trace is " << fate);
  return file;
}

}  // namespace

TEST_CASE("explain tells of each finding what decided, masked unless values are asked for") {
  const Ran masked = run("explain --json " + kList);
  INFO(masked.out);
  CHECK(masked.exit == 1);
  REQUIRE(masked.lines().size() == 1);
  const json::object file = masked.lines().front();
  CHECK(keys(file) == "path format bytes status reason total cut traces ");
  CHECK(file.at("status").as_string() == "inspected");
  CHECK_FALSE(file.at("cut").as_bool());
  const json::object& trace = of_fate(file, "reported");
  CHECK(keys(trace) ==
        "element name fate where offset length masked lead verdict label place base doubt score "
        "confidence threshold ");
  CHECK(trace.at("threshold").to_number<double>() == 0.5);
  CHECK_FALSE(masked.out.contains(kId));
  CHECK(run("explain --json --reveal " + kList).out.contains(kId));
}

TEST_CASE("explain reports exactly what scan finds, in documents of every format") {
  for (const std::string name : {"customers.csv", "customers.xlsx", "nested.zip"}) {
    const std::string path = HUXIN_SOURCE_DIR "/tests/golden/" + name;
    const json::object scanned = run("scan --json --reveal " + path).lines().at(0);
    const json::object explained = run("explain --json --reveal " + path).lines().at(0);
    const auto line = [](const json::value& of) {
      return std::string(of.at("element").as_string()) + " " +
             std::string(of.at("where").as_string()) + " " +
             std::string(of.at("value").as_string());
    };
    // What follows from other findings is told last by one, in its place by the other.
    std::multiset<std::string> found, reported;
    for (const json::value& finding : scanned.at("findings").as_array())
      found.insert(line(finding));
    for (const json::value& trace : explained.at("traces").as_array()) {
      if (trace.at("fate").as_string() == "reported") reported.insert(line(trace));
    }
    INFO(name);
    CHECK_FALSE(found.empty());
    CHECK(reported == found);
  }
}

TEST_CASE("explain names the check that a number fails, and its standard, in both languages") {
  const Ran ran = [] {
    const test::TempDir dir;
    return run("explain --json " + dir.write("typo.txt", "身份证号 110105194912310021\n").string());
  }();
  INFO(ran.out);
  CHECK(ran.exit == 0);
  const json::object file = ran.lines().at(0);
  const json::object& trace = of_fate(file, "failed_check");
  CHECK(keys(trace) == "element name fate where offset length masked reasons ");
  CHECK(trace.at("element").as_string() == "D01");
  const json::object& reason = trace.at("reasons").as_array().at(0).as_object();
  CHECK(reason.at("code").as_string() == "mod_11_2_fails");
  CHECK(std::string(reason.at("zh").as_string()).contains("GB 11643"));
  CHECK(std::string(reason.at("en").as_string()).contains("MOD 11-2"));
}

TEST_CASE("the table says in both languages what became of each candidate") {
  const test::TempDir dir;
  const std::string path =
      dir.write("order.txt", "订单号：13800138000\n手机号：13900139000\n").string();
  const Ran ran = run("explain " + path);
  INFO(ran.out);
  CHECK(ran.exit == 1);
  for (const std::string_view said : {"低于阈值 below the threshold", "上报 reported",
                                      "标签反对 label speaks against it: “订单号”",
                                      "之前 before it", "139****9000", "共 1 个文件"}) {
    CAPTURE(said);
    CHECK(ran.out.contains(said));
  }
  CHECK_FALSE(ran.out.contains("13900139000"));
}

TEST_CASE("a file with more candidates than can be read is cut, and says so") {
  const test::TempDir dir;
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "t=1712345678\n";
  const Ran ran = run("explain --json " + dir.write("log.txt", text).string());
  const json::object file = ran.lines().at(0);
  CHECK(ran.exit == 0);
  CHECK(file.at("cut").as_bool());
  CHECK(file.at("total").to_number<int>() == 5000);
  CHECK(file.at("traces").as_array().size() == 1000);
}

TEST_CASE("explain ends as scan does: nothing found, something found, an error") {
  const test::TempDir dir;
  CHECK(run("explain --json " + dir.write("clean.txt", "nothing here\n").string()).exit == 0);
  CHECK(run("explain --json " + kList).exit == 1);
  CHECK(run("explain --json " + (dir / "absent").string()).exit == 2);
  CHECK(run("explain 2>&1").exit == 2);
  CHECK(run("explain --help").out.contains("Say of each candidate why"));
}

}  // namespace huxin::agent::cli
