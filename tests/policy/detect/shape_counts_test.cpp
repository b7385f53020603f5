#include "policy/detect/shape_counts.hpp"

#include <random>
#include <string>

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::found;

// Meter readings: random numbers of eleven digits, of which one in fifteen would pass for a mobile.
std::vector<std::string> readings(std::size_t count) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::uint64_t> number(10'000'000'000, 99'999'999'999);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(fmt::format("{}", number(random)));
  return all;
}

TEST_CASE("random numbers are no mobiles, however many would pass for one") {
  std::string lines;
  for (const std::string& reading : readings(200)) lines += reading + "\n";
  CHECK(found(lines).empty());
}

TEST_CASE("a block of random numbers does not lower a mobile in another paragraph") {
  std::string text = "请回电 13800138000 谢谢\n\n";
  for (const std::string& reading : readings(200)) text += reading + "\n";
  CHECK(found(text) == "D27=13800138000");
  CHECK(found(text + "\n请回电 13912345678 谢谢\n") == "D27=13800138000 D27=13912345678");
}

TEST_CASE("a column of random numbers does not lower the mobiles of another column") {
  std::vector<std::vector<std::string>> rows;
  std::string expected;
  const auto random = readings(60);
  for (std::size_t i = 0; i < random.size(); ++i) {
    const std::string mobile = fmt::format("138001380{:02}", i);
    rows.push_back({random[i], mobile});
    expected += (i == 0 ? "D27=" : " D27=") + mobile;
  }
  CHECK(test::summary(test::inspect(test::table(rows))) == expected + " D86=10");
}

TEST_CASE("figures side by side in a report are judged by their company") {
  std::string report = "Filesystem 1K-blocks Used\n";
  const auto random = readings(200);
  for (std::size_t i = 0; i + 1 < random.size(); i += 2)
    report += fmt::format("/dev/sd{} {} {}\n", i, random[i], random[i + 1]);
  CHECK(found(report).empty());
  // Of a list with its own numbers beside them, all of one column pass.
  CHECK(found("10023 13800138000 开户\n10024 13912345678 挂失\n") ==
        "D27=13800138000 D27=13912345678");
}

}  // namespace
}  // namespace huxin::detect
