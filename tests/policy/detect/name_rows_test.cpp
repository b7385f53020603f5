#include "policy/detect/name_rows.hpp"

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

// Names a hundred bytes apart on a line that has no end, each before a number. What is looked at
// around a number is cut to 160 bytes on either side: one number in two is looked at, and the parts
// overlap.
std::string unbroken_list() {
  std::string text;
  for (const char* name : {"林鸿飞", "蔡惠兰", "段禾秀", "宋静怡", "曹惠兰", "鲁秉坤", "陈建国",
                           "周晓梅", "刘海洋", "李文娜"})
    text += std::string(name) + " 997809450367517968325" + std::string(69, '.');
  return text;
}

std::vector<std::size_t> numbers_of(std::string_view text) {
  std::vector<std::size_t> numbers;
  for (std::size_t at = text.find(" 9"); at != std::string_view::npos; at = text.find(" 9", at + 1))
    numbers.push_back(at + 1);
  return numbers;
}

std::string names_of(const std::string& text, std::span<const Candidate> candidates) {
  text::Document document;
  document.text = text;
  std::vector<text::Segment> segments;
  std::vector<Candidate> names;
  names_in_rows(Layout(document, segments), numbers_of(text), candidates, 0.5, names);
  std::string all;
  for (const Candidate& name : names) all += text.substr(name.span.begin, name.span.size()) + " ";
  return all;
}

TEST_CASE("a name that is known counts for every part of a line that it stands in") {
  const std::string text = unbroken_list();
  CHECK(names_of(text, {}) == "林鸿飞 蔡惠兰 宋静怡 鲁秉坤 周晓梅 ");
  const std::size_t known = text.find("蔡惠兰");
  const Candidate name{.span = {known, known + 9}, .kind = Kind::kName};
  CHECK(names_of(text, {&name, 1}) == "宋静怡 鲁秉坤 周晓梅 ");
}

TEST_CASE("numbers that are known take no name from their line") {
  const std::string text = unbroken_list();
  std::vector<Candidate> numbers;
  for (const std::size_t number : numbers_of(text))
    numbers.push_back({.span = {number, number + 21}, .kind = Kind::kPassbookAccount});
  CHECK(names_of(text, numbers) == names_of(text, {}));
}

}  // namespace
}  // namespace huxin::detect
