#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

const text::Document* table_in(const Extracted& extracted) {
  for (const text::Document& document : extracted.documents) {
    if (document.layout == text::Layout::kTable) return &document;
  }
  return nullptr;
}

TEST_CASE("arrays of JSON are rows of a table where a heading stands before them") {
  struct Case {
    std::string_view json;
    std::string_view reason;
  };
  const Case cases[] = {
      {R"([["姓名","手机"],["张伟","13800138000"],["李娜","13900139000"]])",
       "the first names them"},
      {R"({"columns":["姓名","手机"],"rows":[["张伟",13800138000],["李娜",13900139000]]})",
       "another key has the names"},
      {R"({"code":0,"data":{"header":["姓名","手机"],"total":2,
           "list":[["张伟","13800138000"],["李娜","13900139000"]]}})",
       "something stands between"},
      {"[\"姓名\",\"手机\"]\n[\"张伟\",\"13800138000\"]\n[\"李娜\",\"13900139000\"]\n",
       "rows are lines"},
  };
  for (const Case& each : cases) {
    INFO(each.reason);
    const Extracted extracted = extract_all(each.json, "t.json");
    const text::Document* const table = table_in(extracted);
    REQUIRE(table != nullptr);
    CHECK(table->text.contains("姓名\t手机\n张伟\t13800138000\n李娜\t13900139000"));
  }
}

TEST_CASE("a value that is missing keeps its column of a row free") {
  const Extracted extracted =
      extract_all(R"([["姓名","性别","手机"],["张伟",null,"13800138000"]])", "t.json");
  const text::Document* const table = table_in(extracted);
  REQUIRE(table != nullptr);
  REQUIRE(table->segments.size() == 5);
  CHECK(table->segments.back().column == 2);
}

TEST_CASE("arrays that are no rows are lists, and nothing of them is lost or said twice") {
  const std::string_view cases[] = {
      R"({"customers":["张伟","李娜"],"cards":["6200000000000005","6200000000000047"]})",
      R"([["张伟","13800138000"],["李娜","13900139000"]])",
      R"({"track":[[116.397128,39.916527],[121.473701,31.230416]]})",
      R"([["张伟","李娜"],{"a":"王芳"}])",
      R"(["张伟","李娜"])",
  };
  for (const std::string_view json : cases) {
    const Extracted extracted = extract_all(json, "t.json");
    CHECK(table_in(extracted) == nullptr);
    const std::string text = extracted.text();
    for (std::string_view value : {"张伟", "李娜", "6200000000000047", "39.916527", "王芳"}) {
      const std::size_t first = text.find(value);
      CHECK((first != std::string::npos) == json.contains(value));
      if (first != std::string::npos) CHECK(text.find(value, first + 1) == std::string::npos);
    }
  }
}

TEST_CASE("objects that are elements keep their brackets, members and fields do not") {
  struct Case {
    std::string_view json;
    std::string_view text;
  };
  const Case cases[] = {
      {R"([{"a":"x","b":{"c":"y"}},{"a":"z"}])", "a: x\nc: y\n}\n{\na: z\n}\n"},
      {R"({"a":"x","list":[{"b":"y"},{"b":"z"}]})", "a: x\n{\nb: y\n}\n{\nb: z\n}\n}\n"},
      {"{\"a\":\"x\"}\n{\"a\":\"y\"}\n", "a: x\n}\n{\na: y\n}\n"},
      {R"({"of":"x","form":[{"label":"姓名","value":"张伟"},{"label":"手机","value":"1"}]})",
       "of: x\n{\nlabel: 姓名\n姓名: 张伟\nlabel: 手机\n手机: 1\n}\n}\n"},
  };
  for (const Case& each : cases) CHECK(extract_all(each.json, "t.json").text() == each.text);
}

TEST_CASE("very many empty objects are no text of any length") {
  std::string json = R"([{"a":"x"})";
  for (int i = 0; i < 2'000'000; ++i) json += ",{}";
  const Extracted extracted = extract_all(json + R"(,{"a":"y"}])", "t.json");
  CHECK(extracted.text().ends_with("a: y\n}\n"));
  for (const text::Document& document : extracted.documents)
    CHECK(document.text.size() <= (std::size_t{4} << 20U) + 16);
}

TEST_CASE("an array of very many values is a list") {
  std::string json = "[";
  for (int i = 0; i < 5000; ++i) json += "\"value\",";
  const Extracted extracted = extract_all(json + "\"13800138000\"]", "t.json");
  CHECK(table_in(extracted) == nullptr);
  CHECK(extracted.text().contains("13800138000"));
}

TEST_CASE("a value whose name stands beside it goes by that name") {
  const Extracted extracted = extract_all(
      R"([{"label":"姓名","type":"text","value":"张伟"},{"value":"李娜"},{"key":"证号","val":7}])",
      "t.json");
  CHECK(extracted.text().contains("姓名: 张伟\n"));
  CHECK(extracted.text().contains("value: 李娜\n"));
  CHECK(extracted.text().contains("证号: 7\n"));
}

}  // namespace
}  // namespace huxin::extract::test
