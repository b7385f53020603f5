#include <ctime>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::inspect;

#ifdef HUXIN_SANITIZED
constexpr std::size_t kSize = std::size_t{1} << 20U;
#else
constexpr std::size_t kSize = std::size_t{4} << 20U;
#endif

std::string repeated(std::string_view unit, std::size_t size = kSize) {
  std::string text;
  text.reserve(size + unit.size());
  while (text.size() < size) text += unit;
  return text;
}

// Of this thread's own time, so that a busy machine does not count.
double seconds(const std::string& text) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  };
  const double begin = now();
  inspect(text);
  return now() - begin;
}

TEST_CASE("hostile text takes time in proportion to its length") {
  test::detector();
  for (const std::string_view unit : {"7",
                                      "1-",
                                      "1 ",
                                      "1234-",
                                      "1234567 ",
                                      "@",
                                      "a@",
                                      "a@a.",
                                      "@a.a.a.a.",
                                      "\xE5\x8F\xB7",
                                      "1\xE5\x8F\xB7",
                                      "北京市",
                                      "密码:",
                                      "姓名",
                                      "-----BEGIN PRIVATE KEY-----",
                                      "A1 ",
                                      "AAAA 1234 ",
                                      "13800138000,",
                                      "6200000000000005=",
                                      ";",
                                      "(010)",
                                      "卡号",
                                      "\t",
                                      "\n",
                                      "card ",
                                      "INSERT INTO t VALUES (1);\n",
                                      "张13800138000 ",
                                      "票号 12345678\n",
                                      "账号：123456789012\n",
                                      "姓名\n张伟\n",
                                      "姓名？\n",
                                      "证件类型：台胞证 号码：",
                                      "QQ 12345678 | 87654321 | ",
                                      "GB82 "}) {
    CAPTURE(unit);
    const std::string quarter = repeated(unit, kSize / 4);
    const double small = seconds(quarter);
    const double large = seconds(repeated(unit));
    // Four times the text: a quadratic step would take sixteen times as long.
    CHECK(large < 0.2 + small * 9);
  }
}

TEST_CASE("sixteen megabytes of one digit or of digits and hyphens are inspected in seconds") {
  constexpr std::size_t kLarge = std::size_t{16} << 20U;
  CHECK(seconds(repeated("7", kLarge)) < 20);
  CHECK(seconds(repeated("1-", kLarge)) < 60);
  CHECK(seconds(std::string(kLarge, '\0')) < 20);
}

TEST_CASE("NULs are text like any other") {
  std::string text(kSize, '\0');
  text += "13800138000";
  text += std::string(1, '\0');
  CHECK(test::summary(inspect(text)) == "D27=13800138000");
}

TEST_CASE("a number is found wherever a chunk of the text is cut") {
  for (const std::size_t around : {std::size_t{256} << 10U, std::size_t{512} << 10U}) {
    for (std::size_t shift = 0; shift < 40; ++shift) {
      std::string text(around - shift, 'x');
      text += ",11010519491231002X,";
      text += std::string(300, 'y');
      CAPTURE(around, shift);
      REQUIRE(test::summary(inspect(text)) == "D01=11010519491231002X");
    }
  }
}

TEST_CASE("random bytes made of the pieces of elements are inspected without harm") {
  std::mt19937 random(7);
  const std::vector<std::string> pieces{"1",           "6200", "0000",        "-",
                                        " ",           ".",    "X",           "@",
                                        "a.com",       "号",   "室",          "北京市",
                                        "姓名",        "张",   "三",          ":",
                                        "密码",        "CVN2", ";",           "=",
                                        "?",           "D",    "-----BEGIN ", "PRIVATE KEY-----",
                                        "\n",          "\t",   "(",           ")",
                                        "GB82",        "138",  "00138000",    "11010519491231002X",
                                        "\u200B",      "１",   "订单号",      "\xE2\x80",
                                        "个人基本信息"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t i = random() % 200; i > 0; --i) text += pieces[random() % pieces.size()];
    const auto inspection = inspect(text, 0.01);
    std::size_t last = 0;
    for (const Finding& finding : inspection.findings) {
      if (finding.element == catalog::ElementId{69}) continue;
      REQUIRE(finding.span.begin >= last);
      REQUIRE(finding.span.end <= text.size());
      REQUIRE(finding.span.begin < finding.span.end);
      last = finding.span.end;
    }
  }
}

}  // namespace
}  // namespace huxin::detect
