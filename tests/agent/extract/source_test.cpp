// Content of any length, seen through a window.
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "agent/extract/windows.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

/// Shows no byte more than it must, each time in other memory, and never goes back.
class Narrow final : public Source {
 public:
  explicit Narrow(std::string_view content) : content_(content) {}
  ByteView from(std::size_t begin, std::size_t least) override {
    REQUIRE(begin >= begin_);
    begin_ = begin;
    shown_ = std::make_unique<std::string>(content_.substr(begin, least + 1));
    return as_bytes(*shown_);
  }
  Whole whole(std::size_t limit) override {
    return {as_bytes(content_.substr(0, limit)), content_.size() > limit};
  }

 private:
  std::string_view content_;
  std::size_t begin_ = 0;
  std::unique_ptr<std::string> shown_;
};

Extracted extract_narrow(std::string_view content, std::string_view name, const Budget& budget) {
  Extracted extracted;
  Narrow source(content);
  extracted.outcome = extract(source, content.size(), name, budget, [&](text::Document&& document) {
    extracted.documents.push_back(std::move(document));
    return true;
  });
  return extracted;
}

constexpr std::string_view kHeading = "姓名,身份证号,手机号\n";

/// Two windows of a table and a half, a customer in the last row.
std::string long_list() {
  std::string list(kHeading);
  for (std::size_t row = 0; list.size() < kWindow * 5 / 8; ++row)
    list += fmt::format("网点{},,{}\n", row, row % 977);
  return list + "张三,11010519491231002X,13800138000\n";
}

std::string page_of(std::size_t rows) {
  std::string page = "<html><body><p>张三 11010519491231002X</p>";
  for (std::size_t row = 0; row < rows; ++row) page += fmt::format("<p>网点{}</p>", row);
  return page + "</body></html>";
}

constexpr Budget kSmall{.max_bytes = 100'000, .max_output = std::size_t{64} << 20U};

}  // namespace

TEST_CASE("what members hold at all levels together is no more than a file may be long") {
  std::minstd_rand random(1);  // a page that does not pack, so that no level is a bomb
  std::string page = page_of(1000) + "<p>";
  while (page.size() < 60'000) page += static_cast<char>('a' + (random() % 26));
  const std::string once = huxin::test::zip_of({{"page.html", page}});
  const std::string twice = huxin::test::zip_of({{"once.zip", once}});
  REQUIRE(once.size() > 30'000);
  Budget budget = kPatient;
  budget.max_bytes = page.size() + once.size();
  const Extracted fits = extract_all(twice, "twice.zip", budget);
  CHECK(fits.outcome.reason.empty());
  CHECK(fits.place_of("11010519491231002X").starts_with("twice.zip!once.zip!page.html"));
  budget.max_bytes -= 1;
  const Extracted cut = extract_all(twice, "twice.zip", budget);
  CHECK(cut.outcome.reason == "too_large");
  CHECK(cut.outcome.coverage == Coverage::kPartial);
  CHECK(cut.place_of("11010519491231002X").starts_with("twice.zip!once.zip!page.html"));
}

TEST_CASE("content of no known format is told by its beginning, and the rest left unread") {
  Budget budget = kPatient;
  budget.max_output = 300'000;
  const Extracted seen = extract_all(
      huxin::test::zip_of({{"z.bin", std::string(400'000, '\0')}, {"a.txt", "13800138000"}}),
      "a.zip", budget);
  CHECK(seen.outcome.reason == "unsupported");
  CHECK(seen.place_of("13800138000").starts_with("a.zip!a.txt"));
}

TEST_CASE("a list that is seen through a window gives what it gives as a whole") {
  const std::string list = long_list();
  const Extracted whole = extract_all(list, "list.csv");
  const Extracted narrow = extract_narrow(list, "list.csv", {});
  REQUIRE(whole.documents.size() == 3);
  REQUIRE(narrow.documents.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(narrow.documents[i].text == whole.documents[i].text);
    CHECK(narrow.documents[i].segments.size() == whole.documents[i].segments.size());
  }
  CHECK(narrow.place_of("11010519491231002X") == whole.place_of("11010519491231002X"));
  CHECK(narrow.span_of("11010519491231002X") == whole.span_of("11010519491231002X"));
}

TEST_CASE("a list longer than any limit of bytes is read to its end, its heading in each window") {
  const std::string list = long_list();
  Budget budget = kSmall;
  budget.max_output = list.size() / 2;  // of what is unpacked: nothing is
  const Extracted extracted = extract_narrow(list, "list.csv", budget);
  CHECK(extracted.outcome.coverage == Coverage::kInspected);
  CHECK(extracted.outcome.bytes == list.size());
  for (const text::Document& document : extracted.documents)
    CHECK(document.text.starts_with("姓名\t身份证号\t手机号\n"));
  const auto rows = std::ranges::count(list, '\n');
  CHECK(extracted.place_of("13800138000") == fmt::format("list.csv!C{}", rows));
}

TEST_CASE("of a list that takes too long the beginning is read, and which limit it met is told") {
  const std::string list = long_list();
  Budget budget = kSmall;
  budget.deadline = std::chrono::milliseconds(0);
  for (const std::size_t max_bytes : {kSmall.max_bytes, list.size()}) {
    budget.max_bytes = max_bytes;
    const Extracted extracted = extract_narrow(list, "list.csv", budget);
    CHECK(extracted.documents.size() == 1);
    CHECK(extracted.outcome.coverage == Coverage::kPartial);
    CHECK(extracted.outcome.reason == (max_bytes < list.size() ? "too_large" : "timeout"));
  }
}

TEST_CASE("JSON that is seen through a window gives what it gives as a whole, also broken") {
  std::string text = "[";
  for (std::size_t i = 0; text.size() < kWindow * 2; ++i)
    text += fmt::format("{{\"编号\": {}, \"备注\": \"{}\"}},{}", i, std::string(i % 977, 'a'),
                        i % 9 == 0 ? "\n" : "");
  text += "{\"手机号\": \"13800138000\"}]\n{\"卡号\": \"6200000000000005\"}";
  for (const std::string& tail :
       {std::string(), std::string(" , 身份证号\n11010519491231002X\n")}) {
    const std::string content = text + tail;
    const Extracted whole = extract_all(content, "a.json");
    const Extracted narrow = extract_narrow(content, "a.json", kSmall);
    CHECK(narrow.outcome.format == "json");
    CHECK(narrow.outcome.reason == (tail.empty() ? "" : "corrupt"));
    CHECK(narrow.text() == whole.text());
    CHECK(narrow.place_of("13800138000") == whole.place_of("13800138000"));
    CHECK(narrow.text().contains("6200000000000005"));
    CHECK(narrow.text().contains("11010519491231002X") == !tail.empty());
  }
}

TEST_CASE("of what is read by its structure the beginning is read, and the rest is told of") {
  const std::string page = page_of(50'000);
  for (const Extracted& extracted :
       {extract_narrow(page, "page.html", kSmall), extract_all(page, "page.html", kSmall)}) {
    CHECK(extracted.outcome.format == "html");
    CHECK(extracted.outcome.coverage == Coverage::kPartial);
    CHECK(extracted.outcome.reason == "too_large");
    CHECK(extracted.text().contains("11010519491231002X"));
    CHECK_FALSE(extracted.text().contains("网点49999"));
  }
}

TEST_CASE("of an archive that is too long the members at its beginning are read") {
  std::mt19937 random(7);
  std::string noise(200'000, '\0');
  for (char& byte : noise) byte = static_cast<char>(random());
  const std::string zip =
      huxin::test::zip_of({{"list.csv", std::string(kHeading) + "张三,11010519491231002X,1\n"},
                           {"noise", noise},
                           {"more.txt", "13800138000"}});
  const Extracted extracted = extract_narrow(zip, "a.zip", kSmall);
  CHECK(extracted.outcome.format == "zip");
  CHECK(extracted.outcome.coverage == Coverage::kPartial);
  CHECK(extracted.outcome.reason == "too_large");
  CHECK(extracted.place_of("11010519491231002X") == "a.zip!list.csv!B2");
  CHECK_FALSE(extracted.text().contains("13800138000"));
}

TEST_CASE("a member longer than a file may be is read to its end where it is a list") {
  const std::string list = long_list();
  const std::string zip = huxin::test::zip_of({{"list.csv", list}});
  Budget budget = kSmall;
  budget.max_bytes = zip.size();
  REQUIRE(budget.max_bytes < list.size());
  const Extracted extracted = extract_all(zip, "a.zip", budget);
  CHECK(extracted.outcome.coverage == Coverage::kInspected);
  CHECK(extracted.place_of("11010519491231002X") ==
        "a.zip!list.csv!B" + std::to_string(std::ranges::count(list, '\n')));
  budget.max_output = list.size() / 2;
  const Extracted stopped = extract_all(zip, "a.zip", budget);
  CHECK(stopped.outcome.coverage == Coverage::kPartial);
  CHECK(stopped.outcome.reason == "too_large");
}

TEST_CASE("a member longer than a file may be is read so far where it is a page") {
  const std::string zip = huxin::test::zip_of({{"page.html", page_of(50'000)}, {"a.txt", "末尾"}});
  Budget budget = kSmall;
  budget.max_bytes = zip.size();
  const Extracted extracted = extract_all(zip, "a.zip", budget);
  CHECK(extracted.outcome.coverage == Coverage::kPartial);
  CHECK(extracted.outcome.reason == "too_large");
  CHECK(extracted.place_of("11010519491231002X").starts_with("a.zip!page.html"));
  CHECK(extracted.place_of("末尾") == "a.zip!a.txt!L1");
}

}  // namespace huxin::extract::test
