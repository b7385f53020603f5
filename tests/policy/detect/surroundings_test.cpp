// Values that their label tells, in what people and programs write around label and value.
#include <random>

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/element_table.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;
using test::found;

struct Surroundings {
  const char* form;  ///< of the label and the value
  const char* why;
  bool marked = true;  ///< something that is looked for parts them
};

constexpr Surroundings kSurroundings[] = {
    {"{}：{}", "a colon"},
    {"客户{} ： {}，已核实", "a word before, spaces around"},
    {"{}（必填）：{}", "a note in brackets"},
    {"{}（与原件一致）* ：{}", "a note and a star"},
    {"*{}*：{}", "stars"},
    {"{}1：{}", "a number of the label's own"},
    {"{}为{}。", "a verb"},
    {"【{}】{}", "brackets", false},
    {"“{}”：“{}”", "quotes"},
    {"{}——{}", "a dash", false},
    {"{}→{}", "an arrow", false},
    {"{}（{}）", "the value in brackets"},
    {"{}如下：{}", "a word behind"},
    {"**{}**：{}", "bold, in Markdown"},
    {"| {} | {} |", "a row of a table, in Markdown"},
    {"| 1 | {} | {} | 已核 |", "…with more cells"},
    {"{}\t{}", "a tab"},
    {"{}\n{}\n", "on the next line"},
    {"本人{}：\n{}\n", "on the next line, behind a colon"},
};

// Where no mark stands, digits lead to the label: three right behind, or six anywhere.
bool leads_by_digits(std::string_view value) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    digits = value[i] >= '0' && value[i] <= '9' ? digits + 1 : 0;
    if (digits == 6 || (digits == 3 && i == 2)) return true;
  }
  return false;
}

TEST_CASE("a label tells its value in all that is written around them") {
  for (const test::Specimen& specimen : test::specimens()) {
    std::string_view label = specimen.label;
    if (label.empty()) continue;
    label.remove_suffix(std::string_view("：").size());
    for (const Surroundings& around : kSurroundings) {
      if (!around.marked && !leads_by_digits(specimen.value)) continue;
      const std::string text = fmt::format(fmt::runtime(around.form), label, specimen.value);
      CAPTURE(text, around.why);
      CHECK(found(text).contains(test::expected(specimen)));
    }
  }
}

// Keywords are looked for in windows around what was found, which are joined where they are near.
TEST_CASE("a label tells its value at any distance from other finds") {
  constexpr std::string_view kWords = "今天下了一场小雨，院子里的花都开了。\n";
  const auto specimens = test::specimens();
  std::mt19937 random(20261130);
  const auto words = [&] {
    std::string text;
    for (std::size_t lines = 4 + random() % 60; lines > 0; --lines) text += kWords;
    return text;
  };
  for (int round = 0; round < 200; ++round) {
    std::string text = words();
    std::vector<std::string> expected;
    for (int i = 0; i < 6; ++i) {
      const test::Specimen& specimen = specimens[random() % specimens.size()];
      text += fmt::format("{}{}\n", specimen.label, specimen.value) + words();
      expected.push_back(test::expected(specimen));
    }
    const std::string all = found(text);
    for (const std::string& each : expected) {
      CAPTURE(text, all, each);
      CHECK(all.contains(each));
    }
  }
}

}  // namespace
}  // namespace huxin::detect
